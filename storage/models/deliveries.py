"""What is owed to Slack, and how much of it Slack takes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import DeliveryKind, DeliveryState
from storage.models.base import Base, SlackId, workspace_key

POSTS_DUE = "next_attempt_at IS NOT NULL AND kind NOT IN ('file', 'picture')"
"""Of claims.Lane.POSTS: what stands in the other lane, however much, isn't read."""
FILES_DUE = "next_attempt_at IS NOT NULL AND kind IN ('file', 'picture')"
"""Of claims.Lane.FILES, likewise."""


class Delivery(Base):
    """A message that we owe Slack: what to send and to whom, never rendered blocks."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_deliveries_next_attempt_at", "next_attempt_at", sqlite_where=text(POSTS_DUE),
              postgresql_where=text(POSTS_DUE)),
        Index("ix_deliveries_files", "next_attempt_at", sqlite_where=text(FILES_DUE), postgresql_where=text(FILES_DUE)),
        Index("ix_deliveries_workspace_id", "workspace_id", "next_attempt_at",
              sqlite_where=text("next_attempt_at IS NOT NULL"), postgresql_where=text("next_attempt_at IS NOT NULL")),
        Index("ix_deliveries_ended_on", "ended_on", sqlite_where=text("ended_on IS NOT NULL"),
              postgresql_where=text("ended_on IS NOT NULL")),
        Index("ix_deliveries_round_id", "round_id"),
        Index("ix_deliveries_team_id", "team_id"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Goes into the message's metadata."""
    workspace_id: Mapped[str] = workspace_key()
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

    workspace_id: Mapped[str] = workspace_key(primary_key=True)
    method: Mapped[str] = mapped_column(String(40), primary_key=True)
    spent_until_us: Mapped[int] = mapped_column(BigInteger)
    """The theoretical arrival time, in microseconds since the epoch."""
    share: Mapped[int] = mapped_column(default=1000, server_default=text("1000"))
    """Thousandths of the allowance that it gets: halved when Slack says "too many", and creeping back."""
    blocked_until_us: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    """Nothing goes before then: Slack's Retry-After."""
