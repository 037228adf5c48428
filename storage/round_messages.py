"""The messages that a round owes. Each has one key: what has a key already isn't owed twice."""

from datetime import datetime

from storage.deliveries import Owed
from storage.keys import prompt_key, refresh_key, summary_key
from storage.kinds import DeliveryKind
from storage.models import Round


def prompt(opened: Round, user_id: str, *, due: datetime) -> Owed:
    """The check-in of one member; nobody is asked after the close."""
    return Owed(
        key=prompt_key(opened.id, user_id),
        kind=DeliveryKind.PROMPT,
        due=due,
        user_id=user_id,
        team_id=opened.team_id,
        round_id=opened.id,
        expires_at=opened.closes_at,
    )


CHANGING = "changing"
"""In a redrawing's details: its reader is changing answers, so it shows the questions although all are answered."""


def refresh(round_id: int, user_id: str, *, due: datetime, changing: bool = False) -> Owed:
    """The change of a check-in into what it should show by then."""
    return Owed(
        key=refresh_key(round_id, user_id),
        kind=DeliveryKind.REFRESH,
        due=due,
        user_id=user_id,
        round_id=round_id,
        details={CHANGING: True} if changing else {},
    )


def closing(ended: Round, user_id: str, *, due: datetime) -> Owed:
    """The change of a check-in into the word that its round has ended."""
    return Owed(
        key=f"round:{ended.id}:closing:{user_id}",
        kind=DeliveryKind.CLOSING,
        due=due,
        user_id=user_id,
        team_id=ended.team_id,
        round_id=ended.id,
    )


def summary(closed: Round, *, due: datetime) -> Owed:
    """The summary in the team's channel."""
    return Owed(
        key=summary_key(closed.id),
        kind=DeliveryKind.SUMMARY,
        due=due,
        channel_id=closed.channel_id,
        team_id=closed.team_id,
        round_id=closed.id,
    )


def picture(closed: Round, *, due: datetime) -> Owed:
    """The change of a summary that shows its picture, and everything else as it is then."""
    return Owed(
        key=f"round:{closed.id}:picture",
        kind=DeliveryKind.PICTURE,
        due=due,
        channel_id=closed.channel_id,
        team_id=closed.team_id,
        round_id=closed.id,
    )


def digest(closed: Round, user_id: str, *, due: datetime) -> Owed:
    """What a manager of several teams hears of this one."""
    return Owed(
        key=f"round:{closed.id}:digest:{user_id}",
        kind=DeliveryKind.DIGEST,
        due=due,
        user_id=user_id,
        team_id=closed.team_id,
        round_id=closed.id,
    )
