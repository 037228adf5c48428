"""What a person is told when something went wrong, and what the log keeps of it."""

import logging
from uuid import uuid4

from slack_sdk.errors import SlackApiError

from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.kit.logs import where
from bot.slack import refusals, sentences
from bot.slack.calls import CALL_FAILED, refusal_of, verdict_on, word_of
from bot.slack.client import WorkspaceUnknownError
from bot.slack.ids import UnreadableError

log = logging.getLogger(__name__)


def not_installed() -> str:
    return _("This app isn't installed in your workspace any more. Ask a workspace admin to install it again.")


def sentence_of(error: Exception) -> str:
    """One sentence for the person.

    An expected refusal speaks for itself, and one of Slack's by what it is about. Anything else gets a reference, which
    the log has beside the place; not the error's message, which may quote what someone wrote.
    """
    if isinstance(error, UserError):
        return error.sentence
    if isinstance(error, CALL_FAILED):
        needed = refusal_of(error).needed if isinstance(error, SlackApiError) else ""
        word = word_of(error)
        sentence = refusals.to_who_waits(word, verdict_on(error), needed=needed)
        if sentence is not None:
            place = where(error)
            log.warning("Slack refused somebody who waits: %s, %s", word, place)
            return sentence
    if isinstance(error, UnreadableError):
        return _("That button is from an older version of this message. Type `/maturity checkin` for a new one.")
    if isinstance(error, WorkspaceUnknownError):
        return not_installed()
    reference = uuid4().hex[:8]
    log.error("fault %s: %s", reference, where(error))
    return sentences.fault(reference).text
