"""The tables. Every row reaches its workspace by a column or a foreign key.

Relationships are not declared: queries say what they join, and return what they load.
"""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.kinds import (
    ActionState,
    ChannelLoss,
    DeliveryKind,
    DeliveryState,
    MemberSource,
    Privacy,
    RoundState,
    RoundStep,
    TeamStep,
    Whose,
)
from storage.types import UtcDateTime


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: UtcDateTime(),
        StrEnum: Enum(
            StrEnum, native_enum=False, length=20, values_callable=lambda kind: [str(each.value) for each in kind]
        ),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


SlackId = String(32)
"""A Slack id: T..., C..., U..., W..., S... No meaning is read from it."""


def _workspace(*, primary_key: bool = False) -> Mapped[str]:
    return mapped_column(SlackId, ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=primary_key)


class Workspace(Base):
    """Slack's tenant, in which this app is or was installed."""

    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    """Slack's address of the workspace, with a closing slash: permalinks begin with it."""
    bot_user_id: Mapped[str] = mapped_column(SlackId)
    bot_id: Mapped[str] = mapped_column(SlackId)
    minimum: Mapped[int] = mapped_column(default=4)
    """Smallest group a result is shown for; an admin may raise it, never lower it."""
    installed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    """Since when Slack refuses our token, or the app is uninstalled: nothing is sent."""


class Installation(Base):
    """The OAuth grant of a workspace, one encrypted document. Absent where the token comes from the environment."""

    __tablename__ = "installations"

    workspace_id: Mapped[str] = _workspace(primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)


class OAuthState(Base):
    """A way into a workspace that doesn't exist here yet: the one table without a workspace."""

    __tablename__ = "oauth_states"

    state: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime]


class RubricVersion(Base):
    """A rubric that a round of this workspace was asked with, whole."""

    __tablename__ = "rubrics"

    workspace_id: Mapped[str] = _workspace(primary_key=True)
    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    document: Mapped[str] = mapped_column(Text)


class Admin(Base):
    """A person named by `/maturity admins add`; Slack's own admins and owners are known from `people`."""

    __tablename__ = "admins"

    workspace_id: Mapped[str] = _workspace(primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)


class Person(Base):
    """What Slack said of someone, and what they asked of us."""

    __tablename__ = "people"

    workspace_id: Mapped[str] = _workspace(primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_deactivated: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime]
    """When Slack said so."""
    dm_channel: Mapped[str | None] = mapped_column(SlackId)
    away_until: Mapped[date | None]
    """The last day on which they aren't asked."""
    opted_out: Mapped[bool] = mapped_column(default=False)
    """True since "Stop asking me", until they ask to be asked again."""

    @property
    def is_full_member(self) -> bool:
        """Whether they can have a say in a team: no bot, no guest, not deactivated."""
        return not (self.is_bot or self.is_guest or self.is_deactivated)


class Team(Base):
    """The people assessed together, their channel and their schedule."""

    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("workspace_id", "channel_id"),
        Index("ix_teams_next_step_at", "next_step_at", sqlite_where=text("next_step_at IS NOT NULL"),
              postgresql_where=text("next_step_at IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    channel_id: Mapped[str] = mapped_column(SlackId)
    name: Mapped[str] = mapped_column(Text)
    source: Mapped[MemberSource] = mapped_column(default=MemberSource.CHANNEL)
    usergroup_id: Mapped[str | None] = mapped_column(SlackId)
    every_weeks: Mapped[int | None]
    """1, 2, 4 or 13; None: monthly."""
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


class Round(Base):
    """One occurrence for one team, with the settings it opened with."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("team_id", "slot_date"),
        UniqueConstraint("team_id", "number"),
        ForeignKeyConstraint(["workspace_id", "rubric_version"], ["rubrics.workspace_id", "rubrics.version"]),
        Index("ix_rounds_one_open", "team_id", unique=True, sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
        Index("ix_rounds_next_step_at", "next_step_at", sqlite_where=text("next_step_at IS NOT NULL"),
              postgresql_where=text("next_step_at IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    number: Mapped[int]
    """1, 2, 3, ... of this team; cancelled rounds keep theirs."""
    slot_date: Mapped[date | None]
    """The local date it was scheduled for; None: a manager started it."""
    state: Mapped[RoundState] = mapped_column(default=RoundState.OPEN)
    privacy: Mapped[Privacy]
    minimum: Mapped[int]
    rubric_version: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    next_step: Mapped[RoundStep | None]
    next_step_at: Mapped[datetime | None]
    channel_id: Mapped[str] = mapped_column(SlackId)
    """Where its summary goes, or went."""
    summary_ts: Mapped[str | None] = mapped_column(String(32))
    picture_file_id: Mapped[str | None] = mapped_column(SlackId)
    picture_shown: Mapped[bool] = mapped_column(default=False)
    """True once Slack took a message with that picture."""


class RoundMember(Base):
    """A member who is asked in a round: their check-in."""

    __tablename__ = "round_members"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    opens_at: Mapped[datetime]
    """When their prompt is due: the round's opening, or their own clock's."""
    render: Mapped[int] = mapped_column(default=0)
    """How often the check-in was drawn anew; part of its block ids, since clients keep a selection by block id."""
    channel_id: Mapped[str | None] = mapped_column(SlackId)
    message_ts: Mapped[str | None] = mapped_column(String(32))
    completed_at: Mapped[datetime | None]
    """When every dimension had an answer; erased at the close."""
    took_part: Mapped[bool] = mapped_column(default=False)
    """Known from the close on."""
    nudges: Mapped[int] = mapped_column(default=0)
    """Reminders that are used up."""
    quiet_until: Mapped[datetime | None]
    """No reminder before then: it was put off, or one came a moment ago. Erased at the close."""
    skipped: Mapped[bool] = mapped_column(default=False)


class Answer(Base):
    """One member's level for one dimension, while the round is open (or for good, in a named round)."""

    __tablename__ = "answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "user_id"], ["round_members.round_id", "round_members.user_id"], ondelete="CASCADE"
        ),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(String(1), primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    level: Mapped[int | None]
    """None: "can't say"."""
    tapped_us: Mapped[int] = mapped_column(BigInteger)
    """Slack's action_ts in microseconds: an older tap never overwrites a newer one."""
    note: Mapped[str | None] = mapped_column(Text)


class RoundCount(Base):
    """How many chose a level (0: "can't say"), for dimensions with at least the minimum of answers; nobody's name."""

    __tablename__ = "round_counts"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(1), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    answers: Mapped[int]


class RoundNote(Base):
    """A note of a closed round. Its random id is its order, so that no order tells who wrote it."""

    __tablename__ = "round_notes"
    __table_args__ = (Index("ix_round_notes_round_id", "round_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    dimension: Mapped[str] = mapped_column(String(1))
    text: Mapped[str] = mapped_column(Text)


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
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
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


class AuditEntry(Base):
    """Something that a manager or admin did; it outlives the team that it was done to."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_workspace_id", "workspace_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(SlackId)
    """audit.OPERATOR for whoever runs the program."""
    what: Mapped[str] = mapped_column(String(40))
    """A value of kinds.Deed."""
    team_name: Mapped[str | None] = mapped_column(Text)
    """The team's name then; None: the workspace as a whole."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Never an answer or a note."""


class Delivery(Base):
    """A message that we owe Slack: what to send and to whom, never rendered blocks."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_deliveries_next_attempt_at", "next_attempt_at", sqlite_where=text("next_attempt_at IS NOT NULL"),
              postgresql_where=text("next_attempt_at IS NOT NULL")),
        Index("ix_deliveries_workspace_id", "workspace_id", "next_attempt_at",
              sqlite_where=text("next_attempt_at IS NOT NULL"), postgresql_where=text("next_attempt_at IS NOT NULL")),
        Index("ix_deliveries_ended_on", "ended_on", sqlite_where=text("ended_on IS NOT NULL"),
              postgresql_where=text("ended_on IS NOT NULL")),
        Index("ix_deliveries_round_id", "round_id"),
        Index("ix_deliveries_team_id", "team_id"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Goes into the message's metadata."""
    workspace_id: Mapped[str] = _workspace()
    key: Mapped[str] = mapped_column(String(120))
    """What it is, once per workspace: `round:12:prompt:U1`."""
    kind: Mapped[DeliveryKind]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    user_id: Mapped[str | None] = mapped_column(SlackId)
    """Whom it is for; None: the channel."""
    channel_id: Mapped[str | None] = mapped_column(SlackId)
    """Where it goes; a direct message's is kept before its first send."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the kind needs beside: a notice's reason, a sharer's name. Never an answer or a note."""
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.PENDING)
    maybe_sent: Mapped[bool] = mapped_column(default=False)
    """True from the claim until Slack's answer is known."""
    attempt: Mapped[int] = mapped_column(default=0)
    looked_up: Mapped[int] = mapped_column(default=0)
    """How often its message was looked for since its fate became unknown, and not found."""
    next_attempt_at: Mapped[datetime | None]
    """When a worker looks at it next (while sending: when its lease runs out); None: ended."""
    ended_on: Mapped[date | None]
    """The day, in UTC, on which it was sent, failed or skipped: from then on it is kept for a while."""
    again_at: Mapped[datetime | None]
    """From when it is to be sent once more, asked for while it was on its way."""
    expires_at: Mapped[datetime | None]
    lease_owner: Mapped[UUID | None]
    first_attempt_at: Mapped[datetime | None]
    message_ts: Mapped[str | None] = mapped_column(String(32))
    last_error: Mapped[str | None] = mapped_column(String(200))


class DeliveryLimit(Base):
    """How far an allowance of messages, a workspace's or a channel's, is spent, for all workers together (GCRA)."""

    __tablename__ = "delivery_limits"

    workspace_id: Mapped[str] = _workspace(primary_key=True)
    method: Mapped[str] = mapped_column(String(40), primary_key=True)
    spent_until_us: Mapped[int] = mapped_column(BigInteger)
    """The theoretical arrival time, in microseconds since the epoch."""
    share: Mapped[int] = mapped_column(default=1000, server_default=text("1000"))
    """Thousandths of the allowance that it gets: halved when Slack says "too many", and creeping back."""
    blocked_until_us: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    """Nothing goes before then: Slack's Retry-After."""
