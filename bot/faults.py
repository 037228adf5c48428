"""What a person is told when something went wrong, and what the log keeps of it."""

import logging
from uuid import uuid4

from bot.errors import UserError
from bot.i18n import _
from bot.ids import UnreadableError
from bot.logs import where
from bot.slack import WorkspaceUnknownError
from bot.views import notices

log = logging.getLogger(__name__)


def not_installed() -> str:
    return _("This app isn't installed in your workspace any more. Ask a workspace admin to install it again.")


def sentence_of(error: Exception) -> str:
    """One sentence for the person.

    An expected refusal speaks for itself. Anything else gets a reference, which the log has beside the place; not the
    error's message, which may quote what someone wrote.
    """
    if isinstance(error, UserError):
        return error.sentence
    if isinstance(error, UnreadableError):
        return _("That button is from an older version of this message. Type `/maturity checkin` for a new one.")
    if isinstance(error, WorkspaceUnknownError):
        return not_installed()
    reference = uuid4().hex[:8]
    log.error("fault %s: %s", reference, where(error))
    return notices.fault(reference).text
