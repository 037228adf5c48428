"""Every kind of message that can be owed, and every file that somebody can ask for; each beside its feature."""

from collections.abc import Mapping

from bot import action_items, check_in_messages, pictures_asked
from bot.delivery import file_message
from bot.delivery.drafts import Kinds
from bot.exports import asked as exported
from bot.exports import own
from bot.files import Drawing
from bot.results import digests, picture
from bot.results import messages as result_messages
from bot.teams import messages as team_messages
from storage.kinds import DeliveryKind

FILES: Mapping[str, Drawing] = {
    exported.EXPORT: exported.draw,
    own.MY_DATA: own.draw,
    picture.SUMMARY: picture.draw,
    pictures_asked.TREND: pictures_asked.draw_trend,
    pictures_asked.OVERVIEW: pictures_asked.draw_overview,
}
"""How each file that somebody can ask for is drawn, by the `what` of its delivery."""


def kinds(drawings: Mapping[str, Drawing] = FILES) -> Kinds:
    """Each kind of delivery; `drawings` are the files that somebody can ask for."""
    return {
        DeliveryKind.PROMPT: check_in_messages.PROMPT,
        DeliveryKind.REFRESH: check_in_messages.REFRESH,
        DeliveryKind.REMINDER: check_in_messages.REMINDER,
        DeliveryKind.CLOSING: check_in_messages.CLOSING,
        DeliveryKind.SUMMARY: result_messages.SUMMARY,
        DeliveryKind.PICTURE: result_messages.PICTURE,
        DeliveryKind.SHARE: result_messages.SHARE,
        DeliveryKind.NOTICE: team_messages.NOTICE,
        DeliveryKind.FILE: file_message.kind(drawings),
        DeliveryKind.ACTION_DUE: action_items.ACTION_DUE,
        DeliveryKind.DIGEST: digests.DIGEST,
    }
