"""All that may be told of a closed round, for who wants to know: long facts, names in a named round, notes."""

from collections.abc import Iterator, Sequence

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    LONGEST_SECTION,
    Block,
    context,
    escape,
    escape_within,
    first_that_fits,
    modal,
    one_line,
    section,
    shorten,
)
from bot.slack.ids import View
from bot.slack.wording import title
from bot.summary import dimension_views
from bot.summary.views import SummaryCard, answered, credited, for_some, nothing_shown, summary_name, tells_nothing

MOST_BYTES = 200_000
"""Of the blocks; Slack takes a view of 250 kB."""
MOST_BLOCKS = 100
LONGEST_NOTE = 500
NAMES = (100, 20, 8, 3, 0)
"""Names a level, richest first."""


def details(card: SummaryCard) -> Block:
    """The details of a summary as a modal: exactly what its message is made from, in full."""
    noted = [dimension.key for dimension in card.rubric.dimensions if card.notes.get(dimension.key)]
    blocks = first_that_fits(_drawings(card, noted), limit=MOST_BYTES)
    return modal(title=_("Details"), blocks=blocks, callback_id=View.DETAILS, close=_("Close"))


def _drawings(card: SummaryCard, noted: Sequence[str]) -> Iterator[list[Block]]:
    """Ever fewer notes and names."""
    fixed = 3 + len(card.rubric.dimensions)
    sections = (MOST_BLOCKS - fixed) // max(1, len(noted))
    while True:
        for most in NAMES:
            yield _blocks(card, noted, names=most, sections=sections)
        if sections <= 1:
            return
        sections //= 2


def _blocks(card: SummaryCard, noted: Sequence[str], *, names: int, sections: int) -> list[Block]:
    name = escape(summary_name(card.team, card.number, card.closed_on))
    blocks = [section(f"*{name}.* {answered(card)}")]
    if tells_nothing(card):
        return [*blocks, section(f"{nothing_shown(card)} {for_some(card)}".strip())]
    for dimension in card.rubric.dimensions:
        blocks.append(section(_reading(card, dimension.key, names=names)))
        if dimension.key in noted:
            blocks += _notes(card, dimension.key, sections=sections)
    if card.summary.next_level is not None:
        heading = _("What the next level looks like ({source}). Not a description of this team.").format(
            source=credited(card.rubric)
        )
        text = escape(one_line(card.rubric.paragraphs[card.summary.next_level - 1]))
        blocks.append(section(shorten(f"*{heading}*\n>{text}", LONGEST_SECTION)))
    return [*blocks, context(" ".join(_explained(card, noted)))]


def _explained(card: SummaryCard, noted: Sequence[str]) -> list[str]:
    """What the words mean, and why less is told here than there: a sentence each."""
    readings = card.summary.readings
    said = [_("A team's level is the highest one that more than half of the answers reach.")]
    if any(reading.agreement is not None for reading in readings):
        said.append(
            _(
                "“Mostly agree”, “views differ” and “split” say how close the answers lie, by the consensus measure of "
                "Tastle and Wierman; where one ends and the next begins is our choice."
            )
        )
    if any(reading.missing and reading.firm for reading in readings):
        said.append(_("“Firm” means the missing answers couldn't change the level."))
    if noted and card.names is None:
        said.append(_("Notes are shown without names, in random order."))
    if card.is_for_some:
        said.append(for_some(card))
    if card.names is None:
        said.append(
            _(
                "Where few people answered, or nearly all alike, less is shown, so that nobody's answer can be "
                "worked out."
            )
        )
    return said


def _reading(card: SummaryCard, key: str, *, names: int) -> str:
    reading = card.summary[key]
    lines = [
        dimension_views.heading(card.rubric[key], reading),
        dimension_views.facts(reading, asked=card.summary.asked, took_part=card.summary.took_part),
    ]
    chosen, most = (card.names or {}).get(key), names
    text = "\n".join(line for line in lines if line)
    while chosen and most:
        with_names = f"{text}\n{dimension_views.who(chosen, most=most)}"
        if len(with_names) <= LONGEST_SECTION:
            return with_names
        most //= 2
    return text


def _notes(card: SummaryCard, key: str, *, sections: int) -> list[Block]:
    """The notes of a dimension, in as many sections as there may be; the rest counted."""
    texts = [_("Notes on {dimension}:").format(dimension=title(card.rubric[key]))]
    notes, shown = card.notes[key], 0
    for note in notes:
        line = f"\n• {escape_within(note, LONGEST_NOTE)}"
        if len(texts[-1]) + len(line) > LONGEST_SECTION - 100:
            if len(texts) == sections:
                break
            texts.append("")
            line = line.lstrip("\n")
        texts[-1] += line
        shown += 1
    left = len(notes) - shown
    if left:
        texts[-1] += "\n" + ngettext(
            "{n} more note has no room here.", "{n} more notes have no room here.", left
        ).format(n=left)
    return [section(text) for text in texts]
