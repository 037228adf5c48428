"""An export's tables: every column beside what it means, so that the data dictionary can't drift from the data. Pure.

Rows are made from `rubric.Summary`, so that a file tells no more than the summaries did.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bot.charts.profile_words import printed, withheld
from bot.kit.i18n import _
from rubric import Agreement, ChangeKind, Dimension, Reading, Rubric, Summary

Cell = str | int | bool | date | None
"""None: not shown, or there is none."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ExportedRound:
    """One closed round, as far as it may be shown."""

    team: str
    number: int
    closed_on: date
    """The date of the close on the team's clock: no time of day."""
    privacy: str
    rubric: Rubric
    summary: Summary
    notes: Mapping[str, Sequence[str]]
    """By dimension, where they may be shown; never with a name."""
    withheld: bool = False
    """Nothing of it is printed, however many answered."""


@dataclass(frozen=True, slots=True)
class ExportedAction:
    """One action item, without its owner."""

    team: str
    dimension: str
    dimension_name: str | None
    text: str
    state: str
    due_on: date | None
    ended_on: date | None
    why: str | None
    needs_leadership: bool


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[str, ...]
    meanings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class _Column(Generic[Row]):
    name: str
    means: str
    value: Callable[[Row], Cell]


_Asked = tuple[ExportedRound, Dimension, Reading]
_Noted = tuple[ExportedRound, Dimension, str]


def tables(rounds: Sequence[ExportedRound], actions: Sequence[ExportedAction]) -> tuple[Table, ...]:
    """The tables `rounds`, `notes` and `actions`; rounds and actions stay in the order in which they are given."""
    asked = [(each, dimension, printed(each.summary, dimension)) for each in rounds for dimension in
             each.rubric.dimensions]  # fmt: skip
    noted = [(each, dimension, text) for each in rounds for dimension in each.rubric.dimensions for text in
             each.notes.get(dimension.key, ())]  # fmt: skip
    highest = max((each.rubric.highest for each in rounds), default=0)
    return (
        _table("rounds", [*_round_columns(), *_result_columns(), *_count_columns(highest), *_change_columns()], asked),
        _table("notes", _note_columns(), noted),
        _table("actions", _action_columns(), actions),
    )


def about() -> tuple[str, ...]:
    """What holds for the whole export."""
    return (
        _("The rounds table has one row for each closed round and dimension. Open and cancelled rounds are not in it."),
        _(
            "It tells what the summaries told, and no more. An empty cell is something that was not shown or does not "
            "exist."
        ),
        _("There are no names of people in it, neither of named rounds nor of the owners of action items."),
        _("Levels are ordered, they are no quantities: do not average them. Compare teams with care."),
        _("In CSV files, what a spreadsheet could take for a formula has an apostrophe before it."),
    )


def dictionary(exported: Sequence[Table]) -> Table:
    """The meaning of every column, as a table itself."""
    general: list[tuple[Cell, ...]] = [(None, None, sentence) for sentence in about()]
    columns: list[tuple[Cell, ...]] = [
        (table.name, name, meaning)
        for table in exported
        for name, meaning in zip(table.columns, table.meanings, strict=True)
    ]
    return Table("dictionary", ("table", "column", "meaning"), ("", "", ""), [*general, *columns])


def _table(name: str, columns: Sequence[_Column[Row]], rows: Sequence[Row]) -> Table:
    return Table(
        name,
        tuple(column.name for column in columns),
        tuple(column.means for column in columns),
        [tuple(column.value(row) for column in columns) for row in rows],
    )


def _round_columns() -> list[_Column[_Asked]]:
    return [
        _Column("team", _("The team's name today."), lambda row: row[0].team),
        _Column("round", _("The round's number within its team."), lambda row: row[0].number),
        _Column("closed_on", _("The date of its close, on the team's clock."), lambda row: row[0].closed_on),
        _Column("privacy", _("`confidential` or `named`, as the round opened."), lambda row: row[0].privacy),
        _Column("asked", _("Members who were asked."), lambda row: row[0].summary.asked),
        _Column("took_part", _("Members who answered at least one question."), lambda row: row[0].summary.took_part),
        _Column("dimension", _("The dimension's letter in the model."), lambda row: row[1].key),
        _Column("dimension_name", _("Its name in the model."), lambda row: row[1].name),
        _Column("model", _("The model's name."), lambda row: row[0].rubric.name),
        _Column(
            "model_version", _("Two rounds of one version had the same wording."), lambda row: row[0].rubric.version,
        ),
    ]  # fmt: skip


def _result_columns() -> list[_Column[_Asked]]:
    return [
        _Column(
            "result",
            _(
                "`level`, `level or above` (the two highest shown as one), `split` (no level), `too few answers`, or "
                "why nothing of the round is shown: `{withheld}`"
            ).format(withheld=withheld()),
            lambda row: withheld() if row[0].withheld else _result(row[2]),
        ),
        _Column("level", _("The level more than half of the answers reach."), lambda row: row[2].level),
        _Column("split_from", _("The lowest level given, where the team is split."), lambda row: _end(row[2].split, 0)),
        _Column("split_to", _("The highest level given, where the team is split."), lambda row: _end(row[2].split, 1)),
        _Column("agreement", _("`mostly agree`, `views differ` or `split`."), lambda row: _word(row[2].agreement)),
        _Column("answered", _("Answers without “can't say”."), lambda row: row[2].answered),
        _Column("cant_say", _("How many said “can't say”."), lambda row: row[2].cant_say),
        _Column("at_least", _("At least this many answers are at this level."), lambda row: row[2].at_least),
        _Column("could_be_from", _("The level if all who did not answer had chosen 1."),
                lambda row: _end(row[2].could_be, 0)),
        _Column("could_be_to", _("The level if all who did not answer had chosen the highest."),
                lambda row: _end(row[2].could_be, 1)),
    ]  # fmt: skip


def _count_columns(highest: int) -> list[_Column[_Asked]]:
    def count(level: int) -> Callable[[_Asked], Cell]:
        return lambda row: (row[2].counts or ())[level - 1 : level][0] if len(row[2].counts or ()) >= level else None

    means = _("Answers at level {level}, where counts may be shown.")
    return [_Column(f"count_{level}", means.format(level=level), count(level)) for level in range(1, highest + 1)]


def _compares(reading: Reading) -> bool:
    return reading.change.before is not None and reading.change.kind is not ChangeKind.OTHER_PEOPLE


def _change_columns() -> list[_Column[_Asked]]:
    return [
        _Column(
            "change",
            _(
                "Since the team's round before: `same`, `moved`, `uncertain` (few people can make that difference), or "
                "why that can't be said. `first`: there is none."
            ),
            lambda row: str(row[2].change.kind) if _result(row[2]) != "too few answers" else None,
        ),
        _Column(
            "changed_from",
            _("The level then, where the two compare."),
            lambda row: row[2].change.before if _compares(row[2]) else None,
        ),
        _Column(
            "changed_from_or_above",
            _("Whether that level was shown as one with the highest."),
            lambda row: row[2].change.before_or_above if _compares(row[2]) else None,
        ),
        _Column("changed_at_least", _("At least so many people chose another level."), lambda row: row[2].change.least),
    ]


def _note_columns() -> list[_Column[_Noted]]:
    return [
        _Column("team", _("The team's name today."), lambda row: row[0].team),
        _Column("round", _("The round's number within its team."), lambda row: row[0].number),
        _Column("dimension", _("The dimension that the note is about."), lambda row: row[1].key),
        _Column("note", _("What somebody wrote. The order tells nothing."), lambda row: row[2]),
    ]


def _action_columns() -> list[_Column[ExportedAction]]:
    return [
        _Column("team", _("The team's name today."), lambda row: row.team),
        _Column("dimension", _("The dimension that it is for."), lambda row: row.dimension),
        _Column("dimension_name", _("Its name in the model."), lambda row: row.dimension_name),
        _Column("action", _("What the team has taken on."), lambda row: row.text),
        _Column("state", _("`open`, `done` or `dropped`."), lambda row: row.state),
        _Column("due_on", _("The date by which it is to be done."), lambda row: row.due_on),
        _Column("ended_on", _("The date on which it was done or dropped."), lambda row: row.ended_on),
        _Column("why", _("Why it was dropped."), lambda row: row.why),
        _Column("needs_leadership", _("Whether it is beyond what the team can do by itself."),
                lambda row: row.needs_leadership),
    ]  # fmt: skip


def _result(reading: Reading) -> str:
    if reading.split is not None:
        return "split"
    if reading.level is None:
        return "too few answers"
    return "level or above" if reading.or_above else "level"


def _end(ends: tuple[int, int] | None, place: int) -> int | None:
    return ends[place] if ends is not None else None


def _word(word: Agreement | None) -> str | None:
    words = {Agreement.ALIGNED: "mostly agree", Agreement.MIXED: "views differ", Agreement.SPLIT: "split"}
    return words[word] if word is not None else None
