"""Action items as people read them: a team's list, what an owner is asked when one is due, and what was done."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    MOST_BYTES,
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    escape_within,
    first_that_fits,
    one_line,
    option,
    section,
    size,
)
from bot.slack.ids import Do
from bot.slack.wording import short_date
from storage.kinds import ActionState
from storage.models import ActionItem

MOST_LISTED = 40
"""Items that a list shows at most: a message has 50 blocks."""


def whose(item: ActionItem, *, today: date, is_brief: bool = False) -> str:
    """`@Ana, due 3 November 2026, overdue by 2 days, needs leadership`; `is_brief` without the date of one overdue."""
    facts = [f"<@{item.owner_id}>" if item.owner_id else _("nobody owns it")]
    if item.due_on is not None:
        late = (today - item.due_on).days
        when = _("due {date}").format(date=short_date(item.due_on))
        if late == 0:
            facts.append(_("due today"))
        elif late < 0 or not is_brief:
            facts.append(when)
        if late > 0:
            facts.append(ngettext("overdue by {n} day", "overdue by {n} days", late).format(n=late))
    if item.needs_leadership:
        facts.append(_("needs leadership"))
    return ", ".join(facts)


def action_list(
    team: str, items: Sequence[ActionItem], *, team_id: int, today: date, may_change: Collection[int]
) -> Message:
    """A team's open items, each with a menu for who may change it (`may_change` are ids); as many as have room."""
    name = escape(one_line(team))
    if items:
        said = ngettext("*{team}* has {n} open action item.", "*{team}* has {n} open action items.", len(items))
        heading = said.format(team=name, n=len(items))
    else:
        heading = _("*{team}* has no open action items. Summaries suggest some; adopt one, or add your own.").format(
            team=name
        )
    start = [section(heading)]
    end = [actions(button(_("Add an action"), do=Do.ADD_ACTION, value=str(team_id)))]

    def drawings() -> Iterator[list[Block]]:
        most = min(len(items), MOST_LISTED)
        while True:
            listed = [_listed(item, today=today, may_change=item.id in may_change) for item in items[:most]]
            left = len(items) - most
            more = ngettext(
                "{n} more that is due later has no room here.", "{n} more that are due later have no room here.", left
            )
            yield [*listed, context(more.format(n=left))] if left else listed
            if not most:
                return
            most -= 1

    listed = first_that_fits(drawings(), limit=MOST_BYTES - size([*start, *end])) if items else []
    return Message(heading, [*start, *listed, *end])


def _listed(item: ActionItem, *, today: date, may_change: bool) -> Block:
    text = f"*{item.dimension}.* {escape_within(item.text, 600)}\n{whose(item, today=today)}"
    if not may_change:
        return section(text)
    menu: dict[str, Any] = {
        "type": "overflow",
        "action_id": Do.ACTION_MENU,
        "options": [
            option(_("Done"), f"done:{item.id}"),
            option(_("Edit"), f"edit:{item.id}"),
            option(_("Drop"), f"drop:{item.id}"),
        ],
    }
    return section(text, accessory=menu, block_id=f"action:{item.id}")


def due(team: str, item: ActionItem, *, today: date) -> Message:
    """What an owner is asked on the day an action is due."""
    late = (today - item.due_on).days if item.due_on is not None else 0
    name = escape(one_line(team))
    if late > 0:
        asked = ngettext(
            "Your action for *{team}* was due {n} day ago. What became of it?",
            "Your action for *{team}* was due {n} days ago. What became of it?",
            late,
        ).format(team=name, n=late)
    else:
        asked = _("Your action for *{team}* is due today. What became of it?").format(team=name)
    buttons = actions(
        button(_("Done"), do=Do.ACTION_DONE, value=str(item.id), style="primary"),
        button(_("Still on it"), do=Do.ACTION_STILL_ON, value=str(item.id)),
        button(_("Drop"), do=Do.ACTION_DROP, value=str(item.id)),
    )
    return Message(asked, [section(_quoting(asked, item)), buttons])


def without_owner(team: str, item: ActionItem) -> Message:
    """To a manager on the day an action is due whose owner can't be asked."""
    name = escape(one_line(team))
    if item.owner_id is None:
        asked = _("An action for *{team}* is due, and nobody owns it. Give it to someone, or end it.").format(team=name)
    else:
        asked = _(
            "An action for *{team}* is due, and its owner {person} can't be asked any more. "
            "Give it to someone else, or end it."
        ).format(team=name, person=f"<@{item.owner_id}>")
    buttons = actions(
        button(_("Edit"), do=Do.ACTION_EDIT, value=str(item.id), style="primary"),
        button(_("Done"), do=Do.ACTION_DONE, value=str(item.id)),
        button(_("Drop"), do=Do.ACTION_DROP, value=str(item.id)),
    )
    return Message(asked, [section(_quoting(asked, item)), buttons])


def given(team: str, item: ActionItem, *, by: str | None) -> Message:
    """To someone who was made an action's owner by somebody else; None: who was erased since."""
    if by is None:
        said = _("You were given an action of *{team}*, due {date}. You will be asked about it on that day.")
    else:
        said = _("{person} gave you an action of *{team}*, due {date}. You will be asked about it on that day.")
    said = said.format(
        person=f"<@{by}>", team=escape(one_line(team)), date=short_date(item.due_on) if item.due_on else ""
    )
    return Message(said, [section(_quoting(said, item))])


def owned_until(item: ActionItem) -> str:
    """What is said when an action was adopted, added or edited."""
    return _("{person} owns this, due {date}: {action}").format(
        person=f"<@{item.owner_id}>",
        date=short_date(item.due_on) if item.due_on else "",
        action=_short(item),
    )


def adopted_already(item: ActionItem) -> str:
    """What is said to the second one who adopts an action."""
    if item.owner_id is None or item.due_on is None:
        return _("The team has this action already: {action}").format(action=_short(item))
    return _(
        "The team has this action already: {person} owns it, due {date}. `/maturity actions` lists what is open."
    ).format(person=f"<@{item.owner_id}>", date=short_date(item.due_on))


def ended(item: ActionItem) -> str:
    """What is said of an action that is done or dropped."""
    if item.state is ActionState.DONE:
        return _("Done: {action} The next summary tells the team.").format(action=_short(item))
    return _("Dropped: {action} The next summary tells the team, and it is not suggested again.").format(
        action=_short(item)
    )


def moved(item: ActionItem) -> str:
    """What is said when an owner is still on it."""
    return _("Now due {date}: {action}").format(
        date=short_date(item.due_on) if item.due_on else "", action=_short(item)
    )


def _short(item: ActionItem) -> str:
    text = escape_within(item.text, 1000)
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."


def _quoting(said: str, item: ActionItem) -> str:
    return f"{said}\n>{escape_within(item.text, 1500)}"
