"""Teams, their people, and what they have taken on."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import ActionState, ChannelLoss, MemberSource, Privacy, TeamStep, Whose
from storage.models.base import Base, SlackId, row_key, workspace_key


class Team(Base):
    """The people assessed together, their channel and their schedule."""

    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("workspace_id", "channel_id"),
        Index("ix_teams_next_step_at", "next_step_at", "id", sqlite_where=text("next_step_at IS NOT NULL"),
              postgresql_where=text("next_step_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = row_key()
    workspace_id: Mapped[str] = workspace_key()
    channel_id: Mapped[str] = mapped_column(SlackId)
    name: Mapped[str] = mapped_column(Text)
    source: Mapped[MemberSource] = mapped_column(default=MemberSource.CHANNEL)
    usergroup_id: Mapped[str | None] = mapped_column(SlackId)
    every_weeks: Mapped[int | None]
    """1, 2, 4, 13, 26 or 52; None: monthly."""
    monthly_nth: Mapped[int | None]
    """1 to 4, or -1 for the last; None: by weeks."""
    weekday: Mapped[str] = mapped_column(String(9))
    local_time: Mapped[time]
    time_zone: Mapped[str] = mapped_column(String(64))
    anchor: Mapped[date]
    """A date in a week that the n-weekly cycle hits."""
    clock: Mapped[Whose] = mapped_column(default=Whose.TEAM)
    window_days: Mapped[int] = mapped_column(default=3)
    """Working days from opening to close."""
    privacy: Mapped[Privacy] = mapped_column(default=Privacy.CONFIDENTIAL)
    reminders: Mapped[bool] = mapped_column(default=True)
    country: Mapped[str | None] = mapped_column(String(8))
    subdivision: Mapped[str | None] = mapped_column(String(16))
    own_days_off: Mapped[list[str]] = mapped_column(default=list)
    """ISO dates."""
    created_at: Mapped[datetime]
    next_slot_date: Mapped[date | None]
    """The local date of the round that `next_step` works towards; None: a manager's "start now"."""
    next_round_at: Mapped[datetime | None]
    """When that round opens; None while paused, also when a manager has one round started all the same."""
    planned_at: Mapped[datetime | None]
    """When that round should have opened, had it not to wait for a round of nearly the same people; None: it hasn't.

    It stays while the team is paused, so that the round isn't lost by that.
    """
    next_step: Mapped[TeamStep | None]
    next_step_at: Mapped[datetime | None]
    """When a worker looks at this team next; None: not at all."""
    skipped_until: Mapped[datetime | None]
    """When the last round would have opened that a manager left out: none is planned up to then."""
    started_by: Mapped[str | None] = mapped_column(SlackId)
    """The manager behind a "start now", who is told what came of it."""
    roster_read_at: Mapped[datetime | None]
    channel_lost: Mapped[ChannelLoss | None]
    """Why its channel can't be posted to, as its managers were told; None: it can, as far as we know."""


class Manager(Base):
    """A person who may change a team and see its summaries."""

    __tablename__ = "managers"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)


class ChosenPerson(Base):
    """A person picked by hand, for teams whose source is `people`."""

    __tablename__ = "chosen_people"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)


class RosterMember(Base):
    """A member of a team as last read from Slack, whoever they are; who is asked is decided at the opening."""

    __tablename__ = "rosters"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)


class ActionItem(Base):
    """What a team has taken on to reach the next level of one dimension."""

    __tablename__ = "action_items"
    __table_args__ = (
        Index("ix_action_items_team_id", "team_id", "state"),
        Index("ix_action_items_round_id", "round_id"),
        Index("ix_action_items_once", "team_id", "action_key", unique=True,
              sqlite_where=text("state = 'open' AND action_key IS NOT NULL"),
              postgresql_where=text("state = 'open' AND action_key IS NOT NULL")),
        Index("ix_action_items_request", "team_id", "request", unique=True,
              sqlite_where=text("request IS NOT NULL"), postgresql_where=text("request IS NOT NULL")),
        Index("ix_action_items_owner", "workspace_id", "owner_id", sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
        Index("ix_action_items_remind_at", "remind_at", sqlite_where=text("remind_at IS NOT NULL"),
              postgresql_where=text("remind_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = row_key()
    workspace_id: Mapped[str] = workspace_key()
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id", ondelete="SET NULL"))
    """The round whose summary it was taken from, or the last one before it was written."""
    dimension: Mapped[str] = mapped_column(String(1))
    action_key: Mapped[str | None] = mapped_column(String(20))
    """Of the rubric's library: `B2.1`. None: the team's own."""
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[str | None] = mapped_column(SlackId)
    due_on: Mapped[date | None]
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN)
    why: Mapped[str | None] = mapped_column(Text)
    """For what reason it was dropped."""
    needs_leadership: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str] = mapped_column(SlackId)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    """When its owner is asked what became of it; None: not again."""
    request: Mapped[str | None] = mapped_column(SlackId)
    """The modal that it was made by: Slack may bring the same one twice."""
