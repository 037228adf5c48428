"""How many a team asks, and what one can do that is too small: what the form and its confirmation say."""

from dataclasses import dataclass

from bot.kit.i18n import _, ngettext
from bot.slack.wording import listed
from storage.kinds import Privacy


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many are asked, and how many aren't, by the reason."""

    asked: int
    guests: int = 0
    elsewhere: int = 0
    """People of other organisations."""
    apps: int = 0
    """Others than this one."""
    deactivated: int = 0
    has_this_app: bool = False
    is_rough: bool = False
    """So many that nobody looked who they are."""


def who_is_asked(found: HeadCount) -> str:
    """`8 people are asked. Not asked: 1 guest and this app.`, in numbers alone."""
    if found.is_rough:
        return _("About {n} people are asked; guests, apps and people of other organisations are not.").format(
            n=f"{found.asked:,}"
        )
    if found.asked == 0:
        said = _("Nobody would be asked.")
    else:
        said = ngettext("{n} person is asked.", "{n} people are asked.", found.asked).format(n=found.asked)
    left_out = [
        text.format(n=number)
        for number, text in (
            (found.guests, ngettext("{n} guest", "{n} guests", found.guests)),
            (
                found.elsewhere,
                ngettext("{n} person of another organisation", "{n} people of other organisations", found.elsewhere),
            ),
            (found.deactivated, ngettext("{n} deactivated person", "{n} deactivated people", found.deactivated)),
            (found.apps, ngettext("{n} other app", "{n} other apps", found.apps)),
        )
        if number
    ]
    if found.has_this_app:
        left_out.append(_("this app"))
    if not left_out:
        return said
    return said + " " + _("Not asked: {people}.").format(people=listed(left_out))


def too_small(found: HeadCount, *, privacy: Privacy, minimum: int) -> str:
    """What a team can do that is too small for a confidential summary; nothing for any other."""
    if privacy is not Privacy.CONFIDENTIAL or found.is_rough or found.asked >= minimum:
        return ""
    return _(
        "*Too few for a confidential summary*: it needs {n} answers, so it would never show anything. Ask more people, "
        "or choose Named."
    ).format(n=minimum)
