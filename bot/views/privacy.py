"""What is kept about a person, said plainly."""

from bot.i18n import _
from bot.views.check_in import NOTES_FROM
from bot.views.message import Message, section


def privacy_text(*, minimum: int) -> Message:
    """Who sees what, what is stored, and what no rule can prevent."""
    confidential = _(
        "*In a confidential check-in* nobody sees your answers: not your team, not its managers, not the admins. While "
        "the round is open they are stored with your name, so that you can change them. When it closes, all answers "
        "and the times of your taps are deleted in one step. What stays is that you took part, and for each question "
        "how many chose which level, where at least {minimum} did. Notes stay without your name, in random order, and "
        "are shown where at least {notes_from} answered."
    ).format(minimum=minimum, notes_from=max(NOTES_FROM, minimum))
    named = _("*In a named check-in* your team sees your name beside your answers. You are told before you answer.")
    limits = _(
        "*What we can't prevent:* people who tell each other their answers can work out more, and a note can give its "
        "writer away by what it says. Whoever runs this app can read its database while a round is open, and backups "
        "made then keep what they hold."
    )
    stored = _(
        "*Beside that* the app stores what Slack says of you: name, time zone, whether you are a guest, an admin or "
        "deactivated; and what you asked of it: until when you are away, and whether you are to be asked at all. "
        "Answers and notes never reach its logs."
    )
    return Message(
        _("What is stored about you, and who sees it."),
        [section(text) for text in (confidential, named, limits, stored)],
    )
