"""What admins set for the whole workspace: a modal that Home and `/maturity admins` open, and who is an admin."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.kit.i18n import _
from bot.slack.blocks import Block, Message, actions, button, context, input_block, modal, option, section
from bot.slack.ids import Do, UnreadableError, View
from bot.slack.wording import mentions
from rubric import SMALLEST_MINIMUM

MOST = 100
"""A group that large hides everyone; what is more is a slip."""
MINIMUMS = (SMALLEST_MINIMUM, 5, 6, 7, 8, 9, 10, 12, 15, 20)
"""On offer; one that is set already stays on offer."""


def settings_button() -> dict[str, Any]:
    """What opens the modal, from a message or from Home."""
    return button(_("Change settings"), do=Do.ADMIN_SETTINGS)


def settings_modal(*, minimum: int) -> Block:
    """The settings as they are."""
    offered = {number: option(str(number), str(number)) for number in sorted({*MINIMUMS, minimum})}
    return modal(
        title=_("Settings for everyone"),
        blocks=[
            input_block(
                _("Smallest group that a result is shown for"),
                {
                    "type": "static_select",
                    "action_id": Do.MINIMUM,
                    "options": list(offered.values()),
                    "initial_option": offered[minimum],
                },
                block_id=Do.MINIMUM,
            ),
            context(
                _(
                    "Confidential teams: a question that fewer people answered shows no result. The larger the group, "
                    "the better it hides who chose what; a team smaller than it never gets a level. "
                    "{least} is the least that is safe. Open rounds keep what they opened with."
                ).format(least=SMALLEST_MINIMUM)
            ),
        ],
        callback_id=View.ADMIN_SETTINGS,
        submit=_("Save"),
        close=_("Cancel"),
    )


def read_minimum(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> int:
    """The number that was chosen; UnreadableError for what wasn't on offer."""
    try:
        chosen = str(values[Do.MINIMUM][Do.MINIMUM]["selected_option"]["value"])
    except (KeyError, TypeError) as error:
        raise UnreadableError("not a modal of ours") from error
    if re.fullmatch("[0-9]{1,4}", chosen) is None or not SMALLEST_MINIMUM <= int(chosen) <= MOST:
        raise UnreadableError("not a number on offer")
    return int(chosen)


def minimum_saved(*, minimum: int) -> str:
    return _("Saved: from the next rounds on, a result is shown where {minimum} or more answered.").format(
        minimum=minimum
    )


def admins(named: Sequence[str], *, minimum: int) -> Message:
    """Who is an admin here, and what admins have set."""
    said = _("The admins and owners of the Slack workspace are admins here.") + " "
    if not named:
        said += _("`/maturity admins add @person` names another one.")
    else:
        said += _("Named here as well: {admins}. `/maturity admins remove @person` undoes that.").format(
            admins=mentions(named)
        )
    smallest = _("A result is shown where {minimum} or more answered.").format(minimum=minimum)
    return Message(f"{said} {smallest}", [section(said), context(smallest), actions(settings_button())])
