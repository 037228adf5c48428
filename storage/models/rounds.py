"""Rounds, their check-ins, and what was answered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rubric import PRINTING_RULES
from storage.kinds import Privacy, RoundState, RoundStep
from storage.models.base import Base, SlackId, row_key, workspace_key
from storage.types import RowId

NAMELESS = "erased-"
"""How the stand-in begins for a member who was erased from a round."""


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
    )  # fmt: skip

    id: Mapped[int] = row_key()
    workspace_id: Mapped[str] = workspace_key()
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
    printing_rules: Mapped[int] = mapped_column(default=PRINTING_RULES)
    """The rules by which it is printed for ever: those that held when it opened."""
    withheld: Mapped[bool] = mapped_column(default=False)
    """Nothing is printed: most who answered also answered elsewhere a few days before."""
    joined: Mapped[int] = mapped_column(default=0)
    """How many are asked who weren't in the team's last closed round."""
    departed: Mapped[int] = mapped_column(default=0)
    """How many aren't asked who were in it; both 0 in the first."""

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be answered: neither ended nor over, though a worker may not have closed it yet."""
        return self.state is RoundState.OPEN and now < self.closes_at


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

    round_id: Mapped[int] = mapped_column(RowId, primary_key=True)
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


class RecentlyAsked(Base):
    """Somebody whom a round asked a few days ago, or asks now; it outlives team, round and erasure, and no answer.

    It is there for one question: whether another round would ask nearly the same people.
    """

    __tablename__ = "recently_asked"
    __table_args__ = (
        Index("ix_recently_asked_user_id", "workspace_id", "user_id"),
        Index("ix_recently_asked_opened_at", "opened_at"),
    )

    round_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    workspace_id: Mapped[str] = workspace_key()
    privacy: Mapped[Privacy]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    took_part: Mapped[bool] = mapped_column(default=False)
    """Known from the close on."""
