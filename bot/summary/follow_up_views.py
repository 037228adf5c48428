"""What a summary opens with: the action items, and what became of the dimension that each was to bring forward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.actions.views import whose
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import LONGEST_SECTION, Block, escape_within, section
from rubric import Change, ChangeKind
from storage.kinds import ActionState
from storage.models import ActionItem


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An action item that a summary tells of."""

    item: ActionItem
    change: Change | None
    """Of its dimension since the round that it was taken from; None where it was taken from none."""
    level: int | None
    """What this round prints for its dimension."""


def follow_ups(found: Sequence[FollowUp], *, today: date, most: int, longest: int) -> list[Block]:
    """Open items first, then those that were done and dropped; at most `most` of each, of `longest` characters."""
    return [
        block
        for state, heading in (
            (ActionState.OPEN, _("Open action items")),
            (ActionState.DONE, _("Done since the last summary")),
            (ActionState.DROPPED, _("Dropped since the last summary")),
        )
        if (block := _group(heading, [each for each in found if each.item.state is state], today, most, longest))
    ]


def what_became(each: FollowUp) -> str | None:
    """How the item's dimension stands against when it was taken on; None where not both rounds print one level."""
    change = each.change
    if change is None or change.kind in {ChangeKind.FIRST, ChangeKind.NOT_COMPARABLE}:
        return None
    said = {
        ChangeKind.SAME: _("still level {level}"),
        ChangeKind.MOVED: _("level {before} → {level}"),
        ChangeKind.WITHIN_ONE: _("level {before} → {level}, within one answer"),
        ChangeKind.NEW_TEAM: _("no comparison, half the team is new"),
        ChangeKind.NEW_WORDING: _("no comparison, the wording changed"),
    }[change.kind]
    return _("{dimension} since then: {change}").format(
        dimension=each.item.dimension, change=said.format(before=change.before, level=each.level)
    )


def _group(heading: str, found: Sequence[FollowUp], today: date, most: int, longest: int) -> Block | None:
    if not found:
        return None
    shown, text = 0, f"*{heading}*"
    for each in found[:most]:
        lines = f"\n• {_line(each, today=today, longest=longest)}"
        if len(text) + len(lines) > LONGEST_SECTION - 100:
            break
        text, shown = text + lines, shown + 1
    left = len(found) - shown
    if left:
        text += "\n" + ngettext("and {n} more", "and {n} more", left).format(n=left)
    return section(text)


def _line(each: FollowUp, *, today: date, longest: int) -> str:
    item = each.item
    facts = [whose(item, today=today)] if item.state is ActionState.OPEN else []
    if item.why:
        facts.append(_("because: {why}").format(why=escape_within(item.why, longest)))
    became = what_became(each)
    if became is not None:
        facts.append(became)
    text = escape_within(item.text, longest)
    return f"{text}\n    {' · '.join(facts)}" if facts else text
