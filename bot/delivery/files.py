"""A file for one person: asked for, drawn when it is sent, and shared into their direct message with the app."""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.kit.rubrics import Rubrics
from storage import deliveries, people
from storage.deliveries import Owed
from storage.kinds import DeliveryKind
from storage.models import Delivery


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file as its reader gets it: its bytes, or a picture still to be drawn from its SVG."""

    filename: str
    title: str
    comment: str
    """The message that brings it: finished mrkdwn."""
    content: bytes = b""
    svg: str | None = None
    alt_text: str = ""
    """Of a picture: all that it says, in at most `bot.charts.profile_words.LONGEST_ALT_TEXT` characters."""


Drawing = Callable[[AsyncSession, Delivery, Rubrics, datetime], Awaitable[FileDraft | None]]
"""Draws one kind of file as it is now; None where it isn't wanted any more, or its reader may no longer have it."""


MOST_UNDER_WAY = 8
"""Files of one person at a time: two overviews in pictures."""
LONGEST_PART = 40
_SPELT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
"""Letters of Latin alphabets that are no plain letter with a mark."""


def file_name(whose: str, what: str, *, on: date, suffix: str) -> str:
    """`permits-rounds-2026-11-25.csv`: small letters, digits and hyphens, which every system takes.

    `whose` is a team's name as it is typed; `team` stands for one in another alphabet.
    """
    spelt = unicodedata.normalize("NFKD", whose.casefold().translate(_SPELT))
    safe = re.sub("[^a-z0-9]+", "-", "".join(each for each in spelt if not unicodedata.combining(each)))
    return f"{safe.strip('-')[:LONGEST_PART].rstrip('-') or 'team'}-{what}-{on.isoformat()}.{suffix}"


async def today_of(session: AsyncSession, delivery: Delivery, now: datetime) -> date:
    """The date where the reader of a delivery is."""
    reader = await people.get(session, workspace_id=delivery.workspace_id, user_id=delivery.user_id or "")
    return now.astimezone(ZoneInfo(people.zone_of(reader))).date()


async def owe(
    session: AsyncSession,
    *,
    workspace_id: str,
    user_id: str,
    what: str,
    asked_by: str,
    now: datetime,
    team_id: int | None = None,
    **details: str | int | None,
) -> bool:
    """Owe somebody a file; False where it is owed already.

    `what` is a key of `bot.program.messages.FILES`, `details` are what it takes, never an answer.

    UserError where somebody has as many on their way as one may: others wait for theirs, too.

    `asked_by` is Slack's id of the request: one that comes twice is owed one file.
    """
    message = Owed(
        key=f"file:{what}:{user_id}:{asked_by}"[:120],
        kind=DeliveryKind.FILE,
        due=now,
        user_id=user_id,
        team_id=team_id,
        details={"what": what, **details},
    )
    if not await deliveries.owe(session, workspace_id=workspace_id, messages=[message]):
        return False
    if await deliveries.files_under_way(session, workspace_id=workspace_id, user_id=user_id) > MOST_UNDER_WAY:
        raise UserError(_("Files that you asked for are still on their way. Ask again once they have come."))
    return True
