"""The model as people read it, and whether its questions fit into a message."""

from datetime import UTC, datetime

from bot.check_ins.explaining_views import choosing
from bot.check_ins.views import CheckIn, prompt
from bot.kit.i18n import _
from bot.schedule.cadence import time_zones
from bot.slack.blocks import (
    MOST_BYTES,
    Message,
    context,
    escape,
    escape_within,
    first_that_fits,
    header,
    section,
    size,
)
from bot.slack.wording import title
from rubric import Dimension, Rubric
from storage.answers import OwnAnswer
from storage.kinds import Privacy

LONGEST_TEAM_NAME = 80
LONGEST_ELEMENT = 1900
"""Of a context block: Slack takes 2000 characters."""


def rubric_text(rubric: Rubric) -> Message:
    """All dimensions with their questions and levels; beneath them, where there is room, each level as a whole."""
    levels = [
        header(rubric.name),
        section(choosing(rubric)),
        *(section(_dimension(dimension)) for dimension in rubric.dimensions),
    ]
    as_a_whole = [
        section(_("*Each level as a whole*, in the words of the source. Not a description of this team.")),
        *(context(_paragraph(level, text)) for level, text in enumerate(rubric.paragraphs, start=1)),
    ]
    end = [context(_("Source: {source}").format(source=escape(rubric.source)))]
    blocks = first_that_fits(([*levels, *as_a_whole, *end], [*levels, *end]))
    names = "; ".join(title(dimension) for dimension in rubric.dimensions)
    return Message(f"{escape(rubric.name)}: {names}", blocks)


def check_size(rubric: Rubric) -> str | None:
    """What to change where the model doesn't fit into one message, drawn as large as it can get; else None."""
    prompts = (
        _prompt_size(rubric, privacy=privacy, changing=changing) for privacy in Privacy for changing in (True, False)
    )
    largest = max(*prompts, size(rubric_text(rubric).blocks))
    if largest <= MOST_BYTES:
        return None
    return _(
        "The questions of “{model}” make a message of {size} bytes, and {most} is the most that Slack takes safely: "
        "shorten names, questions or level texts, or leave out a dimension."
    ).format(model=rubric.name, size=largest, most=MOST_BYTES)


def _dimension(dimension: Dimension) -> str:
    levels = (f"{level}. {escape(text)}" for level, text in enumerate(dimension.levels, start=1))
    return "\n".join((f"*{title(dimension)}*", escape(dimension.question), *levels))


def _paragraph(level: int, text: str) -> str:
    """`Level 2: Teams ask others.`; a text that begins with its level stands as it is."""
    label = _("Level {level}").format(level=level)
    shown = escape_within(text, LONGEST_ELEMENT)
    return shown if shown.casefold().startswith(label.casefold()) else f"{label}: {shown}"


def _prompt_size(rubric: Rubric, *, privacy: Privacy, changing: bool) -> int:
    """With the longest of everything that differs between check-ins: name, ids, and each choice made."""
    answers = {
        dimension.key: OwnAnswer(max(range(1, rubric.highest + 1), key=lambda level: _bytes(dimension, level)), None)
        for dimension in rubric.dimensions
    }
    drawn = prompt(
        CheckIn(
            team="\N{CITYSCAPE}" * LONGEST_TEAM_NAME,
            round_id=10**18 - 1,
            rubric=rubric,
            privacy=privacy,
            minimum=100,
            closes_at=datetime(2030, 9, 25, tzinfo=UTC),
            time_zone=max(time_zones(), key=len),
            render=10**9 - 1,
            answers=answers,
            changing=changing,
        )
    )
    return size(drawn.blocks)


def _bytes(dimension: Dimension, level: int) -> int:
    return len(dimension.levels[level - 1].encode())
