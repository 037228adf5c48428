"""Every kind of message that can be owed, and every file that somebody can ask for; each beside its feature."""

from collections.abc import Mapping

from bot.actions import items
from bot.check_ins import messages as check_in_messages
from bot.delivery import file_message
from bot.delivery.drafts import Kinds
from bot.delivery.files import Drawing
from bot.exports import requested as exported
from bot.overview import digest, picture_files
from bot.privacy import my_data
from bot.summary import messages as result_messages
from bot.summary import picture_file
from bot.teams import messages as team_messages
from storage.kinds import DeliveryKind

FILES: Mapping[str, Drawing] = {
    exported.EXPORT: exported.draw,
    my_data.MY_DATA: my_data.draw,
    picture_file.SUMMARY: picture_file.draw,
    picture_files.TREND: picture_files.draw_trend,
    picture_files.OVERVIEW: picture_files.draw_overview,
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
        DeliveryKind.ACTION_DUE: items.ACTION_DUE,
        DeliveryKind.DIGEST: digest.DIGEST,
    }
