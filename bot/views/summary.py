"""The result of a closed round, to be read in ten seconds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.i18n import _, ngettext
from bot.ids import Do
from bot.views import readings
from bot.views.message import (
    LONGEST_SECTION,
    MOST_BYTES,
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    escape_within,
    first_that_fits,
    header,
    local_time,
    one_line,
    section,
    shorten,
    size,
)
from bot.views.readings import Names
from bot.views.words import effort, listed, month_and_year, title
from rubric import Discussion, Rubric, Step, Summary

LONGEST_ALT_TEXT = 2000
KEPT_FOR_NOTES = 1500
"""Bytes that names and paragraphs leave to the notes, where there are any."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file at Slack that shows the profile."""

    file_id: str
    alt_text: str


@dataclass(frozen=True, slots=True)
class SummaryCard:
    """Everything a summary message is drawn from."""

    team: str
    channel_id: str | None
    """Where the team's results go; None where it doesn't matter."""
    number: int
    closed_on: date
    """The date of the close on the team's clock."""
    summary: Summary
    rubric: Rubric
    notes: Mapping[str, Sequence[str]]
    """By dimension: those that may be printed, in the order to print them."""
    names: Mapping[str, Names] | None
    """Who chose what, by dimension; None in a confidential round."""
    picture: Picture | None
    alt_text: str
    """The profile in words (charts/words.py): what notifications and screen readers get."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is drawn of what can be left out."""

    names: int
    """Names a level."""
    paragraph: bool = True
    sources: bool = True


_ROOMS = (
    _Room(names=100),
    _Room(names=20),
    _Room(names=8),
    _Room(names=3),
    _Room(names=0),
    _Room(names=0, paragraph=False),
    _Room(names=0, paragraph=False, sources=False),
)
_NOTES = ((500, 50), (300, 12), (200, 6), (140, 3), (100, 1))
"""Characters a note and notes a dimension, richest first."""


def round_name(number: int, closed_on: date) -> str:
    """`Round 6, October 2026`: what a picture and a list call a round."""
    return _("Round {number}, {month}").format(number=number, month=month_and_year(closed_on))


def summary(card: SummaryCard, *, share_value: str | None = None, shared_by: str | None = None) -> Message:
    """The summary; with `share_value` for one person alone, who may share it; `shared_by` is who did."""
    start = _start(card, shared_by=shared_by)
    end = [] if share_value is None else [actions(button(_("Share with the channel"), do=Do.SHARE, value=share_value))]
    outer = size(start) + size(end)
    noted = [dimension.key for dimension in card.rubric.dimensions if card.notes.get(dimension.key)]
    middle = first_that_fits(
        (_results(card, room=room) for room in _ROOMS),
        limit=MOST_BYTES - outer - (KEPT_FOR_NOTES if noted else 0),
    )
    notes = first_that_fits(_notes(card, noted), limit=MOST_BYTES - outer - size(middle)) if noted else []
    return Message(escape(one_line(card.alt_text)), [*start, *middle, *notes, *end])


def no_summary_yet(
    team: str, *, time_zone: str, closes_at: datetime | None = None, next_round_at: datetime | None = None
) -> Message:
    """A team that has no closed round; `closes_at` of the open one, or when the next one opens, if either is known."""
    said = _("*{team}* has no summary yet.").format(team=escape(one_line(team)))
    if closes_at is not None:
        when = _("The first follows the round that is open; it closes {time}.")
        said += " " + when.format(time=local_time(closes_at, zone=time_zone))
    elif next_round_at is not None:
        when = _("The first follows the round that opens {time}.")
        said += " " + when.format(time=local_time(next_round_at, zone=time_zone))
    else:
        said += " " + _("Start a round with `/maturity start`.")
    return Message(said, [section(said)])


def _start(card: SummaryCard, *, shared_by: str | None) -> list[Block]:
    name = _("{team}: round {number}, {month}").format(
        team=one_line(card.team), number=card.number, month=month_and_year(card.closed_on)
    )
    asked = card.summary.asked
    answered = ngettext("{answered} of {n} answered.", "{answered} of {n} answered.", asked).format(
        answered=card.summary.took_part, n=asked
    )
    said = [answered]
    if shared_by is not None:
        said.append(_("Shared by {person}.").format(person=f"<@{shared_by}>"))
    blocks = [header(name), context(" ".join(said))]
    if card.picture is not None:
        alt_text = shorten(one_line(card.picture.alt_text), LONGEST_ALT_TEXT)
        blocks.append({"type": "image", "slack_file": {"id": card.picture.file_id}, "alt_text": alt_text})
    return blocks


def _results(card: SummaryCard, *, room: _Room) -> list[Block]:
    blocks = [section(_reading(card, key=reading.dimension, room=room)) for reading in card.summary.readings]
    blocks += _what_to_work_on(card, room=room)
    blocks.append(_whole_team(card, room=room))
    return blocks


def _reading(card: SummaryCard, *, key: str, room: _Room) -> str:
    reading = card.summary[key]
    lines = [
        readings.headline(card.rubric[key], reading),
        readings.facts(reading, asked=card.summary.asked, took_part=card.summary.took_part),
    ]
    names, most = (card.names or {}).get(key), room.names
    text = "\n".join(line for line in lines if line)
    while names and most:
        with_names = f"{text}\n{readings.who(names, most=most)}"
        if len(with_names) <= LONGEST_SECTION:
            return with_names
        most //= 2
    return text


def _what_to_work_on(card: SummaryCard, *, room: _Room) -> list[Block]:
    found = card.summary
    blocks = [section(_step(card.rubric, step, sources=room.sources)) for step in found.work_on]
    if found.work_on:
        judgment = _("The lowest levels come first. That a practice fits a step is a judgment, not a tested effect.")
        blocks.append(context(f"{_passed_over(card)} {judgment}" if found.outcome_passed_over else judgment))
    if found.discuss:
        blocks.append(section(_cut("\n".join(_discussion(card.rubric, each) for each in found.discuss))))
    return [header(_("What to work on")), *blocks] if blocks else []


def _step(rubric: Rubric, step: Step, *, sources: bool) -> str:
    dimension = rubric[step.dimension]
    if step.level == rubric.highest:
        aim = _("to stay at level {level}, {text}")
        target = step.level
    else:
        aim = _("towards level {level}, {text}")
        target = step.level + 1
    aim = aim.format(level=target, text=escape(dimension.levels[target - 1]))
    lines = [f"*{title(dimension)}*: {aim}"]
    for action in dimension.actions[step.level]:
        if action.key in step.actions:
            lines.append(f"• {escape(action.text)}")
            cost = effort(action.effort)
            source = _("Source: {source}.").format(source=escape(action.source))
            lines.append(f"    {cost} {source}" if sources else f"    {cost}")
    return _cut("\n".join(lines))


def _discussion(rubric: Rubric, discussion: Discussion) -> str:
    name = f"*{title(rubric[discussion.dimension])}*"
    return _("{dimension}: split, so talk about it. {question}").format(
        dimension=name, question=escape(discussion.question)
    )


def _passed_over(card: SummaryCard) -> str:
    """Why the lowest dimension isn't among those to work on: it comes of the others."""
    lowest = min(reading.level for reading in card.summary.readings if reading.level is not None)
    chosen = {step.dimension for step in card.summary.work_on}
    names = [
        title(dimension)
        for dimension in card.rubric.dimensions
        if dimension.outcome and dimension.key not in chosen and card.summary[dimension.key].level == lowest
    ]
    return ngettext(
        "{names} stands at the lowest level, but it comes of the other dimensions: work on those first.",
        "{names} stand at the lowest level, but they come of the other dimensions: work on those first.",
        len(names),
    ).format(names=listed(names))


def _whole_team(card: SummaryCard, *, room: _Room) -> Block:
    level = card.summary.stands_on
    if level is None:
        return context(_("No level for the team as a whole while a dimension is split or has too few answers."))
    said = readings.stands_on(card.rubric, level, or_above=card.summary.stands_on_or_above)
    if not room.paragraph:
        return section(said)
    return section(_cut(f"{said}\n>{escape(one_line(card.rubric.paragraphs[level - 1]))}"))


def _notes(card: SummaryCard, noted: Sequence[str]) -> Iterator[list[Block]]:
    """The notes drawn ever shorter; last, how many there are."""
    heading = header(_("Notes"))
    order = [context(_("Without names, in random order."))] if card.names is None else []
    for longest, most in _NOTES:
        sections = [
            section(_some(f"*{title(card.rubric[key])}*", card.notes[key], longest=longest, most=most)) for key in noted
        ]
        yield [heading, *order, *sections]
    number = sum(len(card.notes[key]) for key in noted)
    yield [context(ngettext("{n} note has no room here.", "{n} notes have no room here.", number).format(n=number))]


def _some(heading: str, notes: Sequence[str], *, longest: int, most: int) -> str:
    """As many notes as may stand in one section, and how many more there are."""
    text, shown = heading, 0
    for note in notes[:most]:
        line = f"\n• {escape_within(note, longest)}"
        if len(text) + len(line) > LONGEST_SECTION - 100:
            break
        text, shown = text + line, shown + 1
    more = len(notes) - shown
    if more:
        text += "\n" + ngettext("and {n} more note", "and {n} more notes", more).format(n=more)
    return text


def _cut(text: str) -> str:
    return shorten(text, LONGEST_SECTION)
