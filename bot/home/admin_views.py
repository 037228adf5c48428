"""The part of App Home that admins of the workspace see."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.admins.views import settings_button
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import Block, actions, context, escape_within, header, section, sections
from bot.slack.ids import COMMAND
from bot.slack.wording import mentions

MOST_LISTED = 20
"""Teams whose managers are named."""
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """A team, and who manages it."""

    name: str
    managers: Sequence[str]
    """User ids; none of a team whose managers have all gone."""


@dataclass(frozen=True, slots=True)
class AdminPart:
    """What an admin is shown of the whole workspace."""

    admins: Sequence[str]
    """User ids."""
    minimum: int
    teams: int
    looked_after: Sequence[LookedAfter] = ()
    """Some of the teams, those without a manager first."""


def admin_blocks(found: AdminPart) -> list[Block]:
    """Who the admins are, the smallest group shown, how many teams there are, and who manages them."""
    number = ngettext(
        "{n} team is set up in this workspace.", "{n} teams are set up in this workspace.", found.teams
    ).format(n=found.teams)
    if found.teams:
        number += " " + _("`{command} overview` shows all of them.").format(command=COMMAND)
    else:
        number = _("No team is set up in this workspace yet.")
    minimum = _("Results are shown where at least {minimum} answered.").format(minimum=found.minimum)
    lines = [number, minimum, _admins(found.admins)]
    blocks = [header(_("For admins")), section("\n".join(lines)), *sections(map(_looked_after, found.looked_after))]
    more = found.teams - len(found.looked_after)
    if found.looked_after and more > 0:
        said = ngettext(
            "and {n} more team: `{command} managers` and its name says who manages it",
            "and {n} more teams: `{command} managers` and a name says who manages one of them",
            more,
        )
        blocks.append(context(said.format(n=more, command=COMMAND)))
    return [*blocks, actions(settings_button())]


def _looked_after(team: LookedAfter) -> str:
    name = escape_within(team.name, LONGEST_NAME)
    if not team.managers:
        said = _("•  *{team}* has no manager. To become one: `{command} managers add @me` and its name.")
        return said.format(team=name, command=COMMAND)
    return _("•  *{team}*: managed by {managers}").format(team=name, managers=mentions(team.managers))


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
