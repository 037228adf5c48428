"""What a notice says beside its team: kept with it until it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Self

from storage.kinds import NoticeReason


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """The reason for a notice, and what is to be known of it. Each reason has a few of these, and the others none."""

    reason: NoticeReason
    error: str = "unknown"
    """Slack's code, or ours."""
    needed: str = ""
    """A scope that a setting keeps from us."""
    asked: int = 0
    """How many a round asks."""
    round_id: int | None = None
    channel: str | None = None
    """Where a summary was shared."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Members of whom Slack doesn't say who they are, with its word for that."""
    user: str | None = None
    """Who did it, or whom it is about."""
    at: datetime | None = None
    zone: str = "UTC"
    was: date | None = None
    """The date that a round was planned for."""
    country: str = ""
    failed: Mapping[str, int] = field(default_factory=dict)
    """How many couldn't be asked, by Slack's word. Counted when the notice is drawn, as the next is."""
    who: Sequence[str] = ()
    """Who they are."""
    can_extend: bool = True
    """Whether a round may be kept open longer."""

    def payload(self) -> dict[str, Any]:
        """What is kept of them."""
        found: dict[str, Any] = {"reason": self.reason}
        texts = {
            "error": self.error if self.error != "unknown" else None,
            "needed": self.needed,
            "asked": self.asked,
            "round_id": self.round_id,
            "channel": self.channel,
            "people": dict(self.people),
            "user": self.user,
            "country": self.country,
        }
        found |= {name: value for name, value in texts.items() if value}
        if self.at is not None:
            found |= {"at": int(self.at.timestamp()), "zone": self.zone}
        if self.was is not None:
            found["was"] = self.was.isoformat()
        if not self.can_extend:
            found["can_extend"] = False
        return found

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> Self:
        """What was kept of them, by this version or another."""
        at, was, round_id, user = (payload.get(name) for name in ("at", "was", "round_id", "user"))
        return cls(
            reason=NoticeReason(payload["reason"]),
            error=str(payload.get("error") or "unknown"),
            needed=str(payload.get("needed") or ""),
            asked=int(payload.get("asked", 0)),
            round_id=int(round_id) if round_id is not None else None,
            channel=str(payload["channel"]) if payload.get("channel") else None,
            people=dict(payload.get("people") or {}),
            user=str(user) if user is not None else None,
            at=datetime.fromtimestamp(int(at), UTC) if at is not None else None,
            zone=str(payload.get("zone", "UTC")),
            was=date.fromisoformat(was) if was is not None else None,
            country=str(payload.get("country", "")),
            can_extend=bool(payload.get("can_extend", True)),
        )
