"""The part of App Home that admins of the workspace see."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import _, ngettext
from bot.ids import COMMAND
from bot.views.admin_settings import settings_button
from bot.views.message import Block, actions, header, section
from bot.views.words import mentions


@dataclass(frozen=True, slots=True)
class AdminPart:
    """What an admin is shown of the whole workspace."""

    admins: Sequence[str]
    """User ids."""
    minimum: int
    teams: int


def admin_blocks(found: AdminPart) -> list[Block]:
    """Who the admins are, the smallest group shown, and how many teams there are."""
    number = ngettext(
        "{n} team is set up in this workspace.", "{n} teams are set up in this workspace.", found.teams
    ).format(n=found.teams)
    if found.teams:
        number += " " + _("`{command} overview` shows all of them.").format(command=COMMAND)
    else:
        number = _("No team is set up in this workspace yet.")
    minimum = _("Results are shown where at least {minimum} answered.").format(minimum=found.minimum)
    lines = [number, minimum, _admins(found.admins)]
    return [header(_("For admins")), section("\n".join(lines)), actions(settings_button())]


def look_after() -> str:
    """To an admin who is in no team, and manages none: what to do all the same."""
    return _(
        "You are in no team, so nobody asks you. As an admin you look after every team:\n"
        "•  `{command} overview` shows where they stand.\n"
        "•  `{command} summary` and `{command} settings` with a team's name show and change one.\n"
        "•  `{command} managers add @me` and a team's name makes you its manager.\n"
        "•  `{command} setup` in a channel begins with another team."
    ).format(command=COMMAND)


def _admins(user_ids: Sequence[str]) -> str:
    said = _("Admins here: {admins}. `{command} admins` names another one.")
    return said.format(admins=mentions(user_ids), command=COMMAND)
