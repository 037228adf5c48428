"""More ideas: the library's actions for the level that each dimension prints, those to work on first."""

from collections.abc import Iterator, Sequence

from bot.kit.i18n import _
from bot.slack.blocks import Block, context, escape, first_that_fits, header, modal, section
from bot.slack.ids import View, suggestion
from bot.slack.wording import effort_in_short, listed, title
from bot.summary.advice_views import aim, passed_over, suggested
from bot.summary.details_views import MOST_BLOCKS, MOST_BYTES
from bot.summary.views import SummaryCard
from rubric import Action, Step
from storage.kinds import ActionState


def more_ideas(card: SummaryCard) -> Block:
    """A summary's ideas as a modal: each action with its effort, its source, and a button that adopts it."""
    blocks = first_that_fits(_drawings(card), limit=MOST_BYTES)[:MOST_BLOCKS]
    return modal(title=_("More ideas"), blocks=blocks, callback_id=View.IDEAS, close=_("Close"))


def _drawings(card: SummaryCard) -> Iterator[list[Block]]:
    """With ever fewer actions for each dimension."""
    most = max(len(actions) for dimension in card.rubric.dimensions for actions in dimension.actions.values())
    for number in range(most, 0, -1):
        drawn = _blocks(card, most=number)
        if len(drawn) <= MOST_BLOCKS or number == 1:
            yield drawn


def _blocks(card: SummaryCard, *, most: int) -> list[Block]:
    first = {step.dimension: step for step in card.summary.work_on}
    others = [
        Step(reading.dimension, reading.level, ())
        for reading in card.summary.readings
        if reading.level is not None and reading.dimension not in first
    ]
    blocks: list[Block] = []
    for heading, steps in ((_("To work on first"), tuple(first.values())), (_("The other dimensions"), tuple(others))):
        if steps:
            blocks.append(header(heading))
            for step in steps:
                blocks += _step(card, step, most=most)
    without = [title(card.rubric[each.dimension]) for each in card.summary.readings if each.level is None]
    notes = [_("Which action fits which level is a judgment; its effect hasn't been tested.")]
    if said := passed_over(card.rubric, card.summary):
        notes.insert(0, said)
    if without:
        notes.insert(
            0, _("No actions for {names}: without a level there is no next step.").format(names=listed(without))
        )
    return [*blocks, context(" ".join(notes))]


def _step(card: SummaryCard, step: Step, *, most: int) -> Sequence[Block]:
    """What the step leads to and the actions for it; what the team did or dropped isn't offered again."""
    dimension = card.rubric[step.dimension]
    target = min(step.level + 1, card.rubric.highest)
    lines = f"*{aim(card.rubric, step)}*\n{escape(dimension.levels[target - 1])}"
    offered = [action for action in dimension.actions[step.level] if _is_offered(card, step, action)]
    if not offered:
        return [section(f"{lines}\n{_('The team has done or dropped every action for this level.')}")]
    return [
        section(lines),
        *(
            suggested(
                action,
                card.taken_on.get(action.key),
                value=suggestion(card.round_id, action.key),
                today=card.day,
                after=_("{effort} · Source: {source}").format(
                    effort=effort_in_short(action.effort), source=escape(action.source)
                ),
            )
            for action in offered[:most]
        ),
    ]


def _is_offered(card: SummaryCard, step: Step, action: Action) -> bool:
    item = card.taken_on.get(action.key)
    return action.key in step.actions or item is None or item.state is ActionState.OPEN
