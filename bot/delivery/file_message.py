"""The message that brings a file to whoever asked for it, and what they are told where it can't come."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.drafts import Draft, Kind
from bot.delivery.files import Drawing
from bot.kit.i18n import _
from bot.kit.rubrics import Rubrics
from bot.slack import refusals
from bot.slack.blocks import Message
from bot.slack.sentences import plain_message
from storage import deliveries
from storage.deliveries import Owed
from storage.kinds import DeliveryKind, NoticeReason
from storage.models import Delivery


def kind(drawings: Mapping[str, Drawing]) -> Kind:
    """The kind of message that brings one of these files, by the `what` of its details."""
    return Kind(partial(_draw, drawings), failed=_failed)


async def _draw(
    drawings: Mapping[str, Drawing], session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime
) -> Draft | None:
    file = await drawings[delivery.details["what"]](session, delivery, rubrics, now)
    return Draft(Message(file.comment), file=file) if file is not None else None


async def _failed(session: AsyncSession, delivery: Delivery, *, error: str, now: datetime) -> None:
    notice = Owed(
        key=f"file:{delivery.id}:failed",
        kind=DeliveryKind.NOTICE,
        due=now,
        user_id=delivery.user_id,
        details={"reason": NoticeReason.FILE_FAILED, "error": error},
    )
    await deliveries.owe(session, workspace_id=delivery.workspace_id, messages=[notice])


def file_failed(reason: str) -> Message:
    """To whoever asked for a file that can't be sent. `reason` is Slack's error code, or what we know of it."""
    not_allowed = _("This workspace does not allow such files: ask a workspace admin to allow them.")
    mends = {
        "file_uploads_disabled": not_allowed,
        "file_uploads_except_images_disabled": not_allowed,
        "file_type_not_allowed": _(
            "This workspace does not allow files of this type: ask for another one, or a workspace admin to allow it."
        ),
        "file_upload_size_restricted": _("It is larger than this workspace allows: ask for a single team."),
        "storage_limit_reached": _("This workspace has no room for more files: some must be deleted first."),
    }
    mend = mends.get(reason) or refusals.mend(reason) + " " + _("Ask for it again in an hour.")
    return plain_message(_("The file that you asked for could not be sent to you.") + " " + mend)
