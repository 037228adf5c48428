"""What a summary opens with: the action items, and what became of the dimension that each was to bring forward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.actions.views import whose
from bot.charts.profile_words import level_before
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import LONGEST_SECTION, Block, escape_within, modal, section
from bot.slack.ids import View
from rubric import Change, ChangeKind
from storage.kinds import ActionState
from storage.models import ActionItem

MOST_LISTED = 40
"""Items of each kind, in the list of all."""
LONGEST = 200
"""Characters of an item there."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An action item that a summary tells of."""

    item: ActionItem
    change: Change | None
    """Of its dimension since the round that it was taken from; None where it was taken from none."""
    level: int | None
    """What this round prints for its dimension."""


def due(found: Sequence[FollowUp], *, today: date, most: int, longest: int) -> list[Block]:
    """What a summary opens with: open items that are due or overdue; at most `most`, of `longest` characters.

    A single one says by itself that it is, and needs no heading.
    """
    late = [each for each in found if _is_due(each.item, today)]
    if len(late) == 1:
        return [section(_brief(late[0], today=today, longest=longest, who="*{whose}*"))]
    block = _group(_("Due or overdue"), [_brief(each, today=today, longest=longest) for each in late], most=most)
    return [block] if block is not None else []


def action_items(found: Sequence[FollowUp], *, today: date) -> Block:
    """All of them as a modal: open items first, then those that were done and dropped."""
    groups = (
        (ActionState.OPEN, _("Open action items")),
        (ActionState.DONE, _("Done since the last summary")),
        (ActionState.DROPPED, _("Dropped since the last summary")),
    )
    blocks = [
        block
        for state, heading in groups
        if (block := _group(heading, [_line(each, today=today) for each in found if each.item.state is state]))
    ]
    nothing = section(_("The team has no action items. Summaries suggest some; adopt one, or add your own."))
    return modal(title=_("Action items"), blocks=blocks or [nothing], callback_id=View.FOLLOW_UPS, close=_("Close"))


def _is_due(item: ActionItem, today: date) -> bool:
    return item.state is ActionState.OPEN and item.due_on is not None and item.due_on <= today


def what_became(each: FollowUp) -> str | None:
    """How the item's dimension stands against when it was taken on; only a real change is set down to it."""
    change = each.change
    if change is None or change.kind is not ChangeKind.MOVED or change.before is None or each.level is None:
        return None
    way = (
        _("{dimension} is up from {before} since then")
        if each.level > change.before
        else _("{dimension} is down from {before} since then")
    )
    return way.format(dimension=each.item.dimension, before=level_before(change))


def _group(heading: str, found: Sequence[str], *, most: int = MOST_LISTED) -> Block | None:
    if not found:
        return None
    shown, text = 0, f"*{heading}*"
    for each in found[:most]:
        lines = f"\n• {each}"
        if len(text) + len(lines) > LONGEST_SECTION - 100:
            break
        text, shown = text + lines, shown + 1
    left = len(found) - shown
    if left:
        text += "\n" + ngettext("and {n} more", "and {n} more", left).format(n=left)
    return section(text)


def _brief(each: FollowUp, *, today: date, longest: int, who: str = "{whose}") -> str:
    """One that is due, in as few lines as it takes."""
    became = what_became(each)
    owner = who.format(whose=whose(each.item, today=today, is_brief=True))
    said = f"{owner}: {escape_within(each.item.text, longest)}"
    return f"{said} · {became}" if became is not None else said


def _line(each: FollowUp, *, today: date) -> str:
    item = each.item
    facts = [whose(item, today=today)] if item.state is ActionState.OPEN else []
    if item.why:
        facts.append(_("because: {why}").format(why=escape_within(item.why, LONGEST)))
    became = what_became(each)
    if became is not None:
        facts.append(became)
    text = escape_within(item.text, LONGEST)
    return f"{text}\n    {' · '.join(facts)}" if facts else text
