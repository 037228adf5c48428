"""A sentence as a message, as a modal, or in the place of a form."""

from bot.kit.i18n import _
from bot.slack.blocks import LONGEST_SECTION, Block, Message, inert, modal, section, within
from bot.slack.ids import View


def plain_message(text: str) -> Message:
    """A sentence of ours, or a few, with nothing to tap: finished mrkdwn, in which names are escaped already.

    What is longer than Slack takes is cut: half an answer is more than silence.
    """
    return Message(text, [section(within(text, LONGEST_SECTION))])


def refusal(sentence: str) -> Message:
    """What somebody asked for can't be done: the sentence says why and what to do.

    It may quote what was typed, escaped or not; mentions in it stay.
    """
    return plain_message(inert(sentence))


def message_modal(sentence: str, *, title: str | None = None) -> Block:
    """A sentence as a modal, in place of a form or of what can't be shown; cut like a message's."""
    said = within(inert(sentence), LONGEST_SECTION)
    return modal(title=title or _("Check-ins"), blocks=[section(said)], callback_id=View.MESSAGE, close=_("Close"))


def done_modal(message: Message, *, title: str) -> Block:
    """A message in the place of a form, which closes with it."""
    drawn = modal(title=title, blocks=message.blocks, callback_id=View.MESSAGE, close=_("Done"))
    return drawn | {"clear_on_close": True}


def fault(reference: str) -> Message:
    """An error of ours, with the reference under which it was logged."""
    return plain_message(
        _(
            "That did not work, through an error on our side. Try again in a minute. "
            "If it stays, give this reference to whoever runs this app: `{reference}`."
        ).format(reference=reference)
    )
