"""A file for one person: asked for, drawn when it is sent, and shared into their direct message with the app.

What each file is stands beside its feature, as a class derived from this one.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.files import FileDraft
from bot.delivery.message import Context, Draft, Failure, OwedMessage, Sending
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices.facts import NoticeFacts
from bot.notices.messages import Notice
from bot.slack.blocks import Message
from storage import deliveries, people
from storage.kinds import DeliveryKind, NoticeReason
from storage.models import Delivery

MOST_UNDER_WAY = 8
"""Files of one person at a time: two overviews in pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMessage(OwedMessage):
    """The message that brings a file to whoever asked for it."""

    kind = DeliveryKind.FILE
    sending = Sending.FILE
    is_to_be_known = True
    what: ClassVar[str]
    """Which file it is: a word of its own."""

    user_id: str

    @classmethod
    def key_of(cls, user_id: str, *, request: str) -> str:
        """Of one file; `request` is Slack's id of the request: one that comes twice is owed one file."""
        return f"file:{cls.what}:{user_id}:{request}"[:120]

    def payload(self) -> Mapping[str, Any]:
        return {"what": self.what, **self.asked_for()}

    def asked_for(self) -> Mapping[str, Any]:
        """What it takes beside its columns."""
        return {}

    @classmethod
    def reads(cls, row: Delivery) -> bool:
        return row.kind is cls.kind and row.details.get("what") == cls.what

    @abstractmethod
    async def file(self, context: Context) -> FileDraft | None:
        """The file as it is now; None where it isn't wanted any more, or its reader may no longer have it."""

    async def draw(self, context: Context) -> Draft | None:
        found = await self.file(context)
        return Draft(Message(found.comment), file=found) if found is not None else None

    async def failed(self, context: Context, failure: Failure) -> None:
        """Whoever asked for it is told what they can do."""
        notice = Notice(
            workspace_id=self.workspace_id,
            key=f"file:{failure.delivery_id}:failed",
            user_id=self.user_id,
            facts=NoticeFacts(reason=NoticeReason.FILE_FAILED, error=failure.error),
        )
        owed = [notice.row(due=context.now)]
        await deliveries.owe(context.session, workspace_id=self.workspace_id, messages=owed)

    async def today(self, context: Context) -> date:
        """The date where its reader is."""
        reader = await people.get(context.session, workspace_id=self.workspace_id, user_id=self.user_id)
        return context.now.astimezone(ZoneInfo(people.zone_of(reader))).date()


async def owe(session: AsyncSession, message: FileMessage, *, now: datetime) -> bool:
    """Owe somebody a file; False where it is owed already.

    UserError where somebody has as many on their way as one may: others wait for theirs, too.
    """
    workspace_id = message.workspace_id
    if not await deliveries.owe(session, workspace_id=workspace_id, messages=[message.row(due=now)]):
        return False
    if await deliveries.files_under_way(session, workspace_id=workspace_id, user_id=message.user_id) > MOST_UNDER_WAY:
        raise UserError(_("Files that you asked for are still on their way. Ask again once they have come."))
    return True
