"""What a summary suggests: a first action for each dimension to work on, and what to talk about."""

from collections.abc import Mapping
from datetime import date

from bot.actions.views import whose
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import Block, button, escape, escape_within, one_line, section, shorten
from bot.slack.ids import Do, suggestion
from bot.slack.wording import listed, title
from rubric import Action, Discussion, Rubric, Step, Summary
from storage.kinds import ActionState
from storage.models import ActionItem

TakenOn = Mapping[str, ActionItem]
"""By key, what the team has made of actions of the library."""
OWN_WORDS = 100
"""Characters of the words that a team gave an action that it adopted."""


def what_to_work_on(
    rubric: Rubric, found: Summary, *, round_id: int, taken_on: TakenOn, today: date, questions: int
) -> list[Block]:
    """Each dimension to work on with one action, and the questions of split ones in so many characters."""
    blocks = [
        suggested(
            action := _first(rubric, step, taken_on),
            taken_on.get(action.key),
            value=suggestion(round_id, action.key),
            today=today,
            before=f"*{aim(rubric, step)}*",
        )
        for step in found.work_on
    ]
    if found.discuss:
        said = "\n".join(_discussion(rubric, each) for each in found.discuss)
        blocks.append(section(shorten(said, questions)))
    return blocks


def aim(rubric: Rubric, step: Step) -> str:
    """`To reach level 2 in C. Work across disciplines`."""
    name = title(rubric[step.dimension])
    if step.level == rubric.highest:
        return _("To stay at level {level} in {dimension}").format(dimension=name, level=step.level)
    return _("To reach level {next} in {dimension}").format(dimension=name, next=step.level + 1)


def suggested(
    action: Action, item: ActionItem | None, *, value: str, today: date, before: str = "", after: str = ""
) -> Block:
    """An action with a button that adopts it; one that the team has, or has done, with whose it is instead."""
    said = [before, escape(action.text), after]
    if item is None or item.state is ActionState.DROPPED:
        return section(_lines(said), accessory=button(_("Adopt"), do=Do.ADOPT, value=value))
    own_words = _own_words(action, item)
    if item.state is ActionState.DONE:
        done = f"*{_('Done')}*"
        return section(_lines([*said, f"{done}: {own_words}" if own_words else done]))
    facts = [own_words, whose(item, today=today)]
    return section(_lines([*said, f"*{_('Adopted')}*: {' · '.join(fact for fact in facts if fact)}"]))


def passed_over(rubric: Rubric, found: Summary) -> str | None:
    """Why an outcome isn't among those to work on: it follows from the others."""
    if not found.outcome_passed_over:
        return None
    chosen = {step.dimension for step in found.work_on}
    names = [
        title(dimension)
        for dimension in rubric.dimensions
        if dimension.outcome and dimension.key not in chosen and found[dimension.key].level is not None
    ]
    return ngettext(
        "{names} follows from the other dimensions, so work on those first.",
        "{names} follow from the other dimensions, so work on those first.",
        len(names),
    ).format(names=listed(names))


def _first(rubric: Rubric, step: Step, taken_on: TakenOn) -> Action:
    """The first of the step's actions that the team hasn't done or dropped since; where it has all, the first."""
    actions = [action for action in rubric[step.dimension].actions[step.level] if action.key in step.actions]
    ended = {key for key, item in taken_on.items() if item.state is not ActionState.OPEN}
    return next((action for action in actions if action.key not in ended), actions[0])


def _own_words(action: Action, item: ActionItem) -> str:
    """What the team calls an action, where it has other words for it: by those it is recognised."""
    if one_line(item.text) == one_line(action.text):
        return ""
    return _("“{text}”").format(text=escape_within(item.text, OWN_WORDS))


def _discussion(rubric: Rubric, discussion: Discussion) -> str:
    """The range stands above, in the picture or the lines."""
    return _("*Talk about {dimension}*: {question}").format(
        dimension=title(rubric[discussion.dimension]), question=escape(discussion.question)
    )


def _lines(said: list[str]) -> str:
    return "\n".join(line for line in said if line)
