"""What a summary suggests: the dimensions to work on with their actions, and what to talk about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.actions.views import whose
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    Block,
    button,
    context,
    escape,
    escape_within,
    header,
    one_line,
    section,
    shorten,
)
from bot.slack.ids import Do, suggestion
from bot.slack.wording import effort_in_short, listed, title
from rubric import Action, Discussion, Rubric, Step, Summary
from storage.kinds import ActionState
from storage.models import ActionItem


@dataclass(frozen=True, slots=True)
class WordRoom:
    """How much is drawn of what can be shorter."""

    sources: bool
    """Whether each action says where it is from."""
    questions: int
    """Characters of all questions to discuss."""
    own_words: int
    """Characters of the words that a team gave an action that it adopted."""


def what_to_work_on(
    rubric: Rubric,
    found: Summary,
    *,
    round_id: int,
    taken_on: Mapping[str, ActionItem],
    today: date,
    room: WordRoom,
) -> list[Block]:
    """Each dimension to work on with its actions, why the lowest isn't among them, and the questions of split ones.

    `taken_on`, by key, is what the team has made of actions that are suggested.
    """
    blocks: list[Block] = []
    for step in found.work_on:
        blocks.append(section(_aim(rubric, step)))
        for action in rubric[step.dimension].actions[step.level]:
            if action.key in step.actions:
                value = suggestion(round_id, action.key)
                blocks.append(_suggested(action, taken_on.get(action.key), value=value, today=today, room=room))
    if found.outcome_passed_over:
        blocks.append(context(_passed_over(rubric, found)))
    if found.discuss:
        questions = "\n".join(_discussion(rubric, each) for each in found.discuss)
        blocks.append(section(shorten(questions, room.questions)))
    return [header(_("What to work on")), *blocks] if blocks else []


def _aim(rubric: Rubric, step: Step) -> str:
    dimension = rubric[step.dimension]
    if step.level == rubric.highest:
        aim = _("to stay at level {level}, {text}")
        target = step.level
    else:
        aim = _("towards level {level}, {text}")
        target = step.level + 1
    aim = aim.format(level=target, text=escape(dimension.levels[target - 1]))
    return f"*{title(dimension)}*: {aim}"


def _suggested(action: Action, item: ActionItem | None, *, value: str, today: date, room: WordRoom) -> Block:
    """An action with a button that adopts it; one that the team has, or has done, with whose it is instead."""
    facts = [effort_in_short(action.effort)]
    if room.sources:
        facts.append(_("Source: {source}").format(source=escape(action.source)))
    said = f"{escape(action.text)}\n{' · '.join(facts)}"
    if item is None or item.state is ActionState.DROPPED:
        return section(said, accessory=button(_("Adopt"), do=Do.ADOPT, value=value))
    own_words = _own_words(action, item, longest=room.own_words)
    if item.state is ActionState.DONE:
        done = f"*{_('Done')}*"
        return section(f"{said}\n{done}: {own_words}" if own_words else f"{said}\n{done}")
    facts = [own_words, whose(item, today=today)]
    return section(f"{said}\n*{_('Adopted')}*: {' · '.join(fact for fact in facts if fact)}")


def _own_words(action: Action, item: ActionItem, *, longest: int) -> str:
    """What the team calls an action, where it has other words for it: by those it is recognised."""
    if one_line(item.text) == one_line(action.text):
        return ""
    return _("“{text}”").format(text=escape_within(item.text, longest))


def _discussion(rubric: Rubric, discussion: Discussion) -> str:
    name = f"*{title(rubric[discussion.dimension])}*"
    return _("{dimension}: split, so talk about it. {question}").format(
        dimension=name, question=escape(discussion.question)
    )


def _passed_over(rubric: Rubric, found: Summary) -> str:
    """Why the lowest dimension isn't among those to work on: it follows from the others."""
    lowest = min(reading.level for reading in found.readings if reading.level is not None)
    chosen = {step.dimension for step in found.work_on}
    names = [
        title(dimension)
        for dimension in rubric.dimensions
        if dimension.outcome and dimension.key not in chosen and found[dimension.key].level == lowest
    ]
    return ngettext(
        "{names} stands at the lowest level, but it follows from the other dimensions: work on those first.",
        "{names} stand at the lowest level, but they follow from the other dimensions: work on those first.",
        len(names),
    ).format(names=listed(names))
