"""An export opened by other programs: no cell runs, every column is explained, and it tells what was printed."""

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.exports.formats import Format, as_csv, written
from bot.exports.tables import ExportedAction, ExportedRound, Table, tables
from rubric import Tally, load, summarise
from tests.rubric import models

HOSTILE = (
    '=HYPERLINK("https://example.org","Click")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\tTabbed",
    "\rReturned",
    "\n=1+1",
    "＝1+1",  # noqa: RUF001 - a spreadsheet takes it for =
    "<!channel> & <@U1>",
    "Emoji \N{OFFICE BUILDING} and\nlines, \"quotes\"; 'apostrophes'",
    "https://example.org/",
    "007",
    "a\x07bell",
)
FEW = Tally((1, 2, 0, 0))
FOUR = Tally((0, 0, 1, 3))
MOST = Tally((0, 5, 1, 0), 1)
FULL = Tally((0, 2, 2, 1))
SPLIT = Tally((3, 0, 0, 3))


def a_round(*, team: str = "Permits", number: int = 1, notes: Any = None, **more: Any) -> ExportedRound:
    """A round that had one of each: too few, four, most, everything, split."""
    model = load()
    summary = summarise(
        model, tallies={"A": FEW, "B": FOUR, "C": MOST, "D": FULL, "E": SPLIT}, asked=8, took_part=7, minimum=4,
        confidential=True, **more,
    )  # fmt: skip
    return ExportedRound(team, number, date(2026, 10, 9), "confidential", model, summary, notes or {})


def an_action(text: str, **more: Any) -> ExportedAction:
    usual: dict[str, Any] = {
        "team": "Permits", "dimension": "A", "dimension_name": "Engage society", "state": "open",
        "due_on": date(2026, 11, 3), "ended_on": None, "why": None, "needs_leadership": True,
    }  # fmt: skip
    return ExportedAction(text=text, **usual | more)


def unzipped(content: bytes) -> dict[str, list[dict[str, str]]]:
    """Every file of the archive, read as a spreadsheet reads CSV."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
        }


def sheets(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """Every sheet of the workbook: a cell and its type, by its column's name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        heads, *rows = sheet.iter_rows()
        found[sheet.title] = [{str(head.value): cell for head, cell in zip(heads, row, strict=True)} for row in rows]
    return found


def test_each_dimension_tells_what_the_summary_told_and_leaves_the_rest_empty() -> None:
    rows = unzipped(written(tables([a_round()], []), Format.CSV))["rounds.csv"]
    few, four, most, full, split = ({name: value for name, value in row.items() if value} for row in rows)
    about = {"team", "round", "closed_on", "privacy", "asked", "took_part", "dimension", "dimension_name", "model",
             "model_version", "result"}  # fmt: skip
    assert few.keys() == about
    assert few["result"] == "too few answers"
    assert four.keys() == {*about, "level", "change"}
    assert (four["result"], four["level"], four["change"]) == ("level or above", "3", "first")
    assert most.keys() == {*about, "level", "answered", "cant_say", "at_least", "change"}
    assert (most["level"], most["answered"], most["at_least"]) == ("2", "6", "4")
    assert full.keys() == {
        *about, "level", "agreement", "answered", "cant_say", "count_1", "count_2", "count_3", "count_4",
        "could_be_from", "could_be_to", "change",
    }  # fmt: skip
    assert [full[f"count_{level}"] for level in range(1, 5)] == ["0", "2", "2", "1"]
    assert (full["could_be_from"], full["could_be_to"]) == ("2", "3")
    assert (split["result"], split["split_from"], split["split_to"]) == ("split", "1", "4")
    assert "level" not in split
    assert (few["closed_on"], few["asked"], few["took_part"]) == ("2026-10-09", "8", "7")


def test_a_change_is_told_as_the_summary_told_it() -> None:
    before = a_round().summary
    rows = json.loads(written(tables([a_round(number=2, previous=before, in_either=7)], []), Format.JSON))["rounds"]
    assert [row["change"] for row in rows] == [None, "mostly other people answered", "same", "same", "not comparable"]
    assert [row["changed_from"] for row in rows] == [None, None, 2, 3, None]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_runs_as_a_formula_in_a_csv_file(text: str) -> None:
    found = unzipped(written(tables([a_round(team=text, notes={"C": [text]})], [an_action(text)]), Format.CSV))
    cells = {found["rounds.csv"][0]["team"], found["notes.csv"][0]["note"], found["actions.csv"][0]["action"]}
    (cell,) = cells
    assert cell.replace("'", "") == text.replace("'", "")
    assert cell[0] not in "=+-@\t\r\n＝"  # noqa: RUF001


UNSEEN = (
    "\u00a0\u2028\ufeff\x00\x07\x1b\x7f\u00ad\u034f\u061c\u180e\u200b\u200f"
    "\u202e\u2060\u2066\u3164\ufe0f\U000e0001\U000e0100"
)
SIGNS = "=+-@＝＋－＠"  # noqa: RUF001 - full-width ones are signs, too
BITS = st.text(st.sampled_from([*SIGNS, *";,\t\r\n\"' x|!", *UNSEEN]), max_size=10)


@given(st.lists(BITS, min_size=2, max_size=2))
@example(["\u202e=1+1", "x;\u00ad\x07@SUM(1)"])
@example(["x;=cmd|' /C calc'!A0;", "x\t＝1"])  # noqa: RUF001
@example(["x -", ""])
@example(["x =cmd|' /C calc'!A0", 'x - y "-2+3"'])
def test_a_cell_is_inert_however_a_spreadsheet_splits_the_file(texts: list[str]) -> None:
    table = Table("notes", ("team", "note"), ("", ""), [tuple(texts)])
    content = as_csv(table)
    for separator in (",", ";", "\t", " "):
        cells = [cell for line in content.splitlines() for cell in line.split(separator)]
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator):
            cells += row
        for cell in (each.strip(f' "{UNSEEN}') for each in cells):
            is_mere_sign = separator == " " and not cell.strip(SIGNS)  # a dash between words
            assert is_mere_sign or not cell.startswith(tuple(SIGNS)), (cell, content)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_a_string_in_a_workbook(text: str) -> None:
    found = sheets(written(tables([a_round(team=text, notes={"C": [text]})], [an_action(text)]), Format.XLSX))
    for cell in (found["rounds"][0]["team"], found["notes"][0]["note"], found["actions"][0]["action"]):
        assert cell.data_type == "s"
        assert unescape(cell.value) == text
        assert cell.hyperlink is None


@pytest.mark.parametrize("text", HOSTILE)
def test_json_keeps_every_text_as_it_was_written(text: str) -> None:
    found = json.loads(written(tables([a_round(team=text, notes={"C": [text]})], [an_action(text)]), Format.JSON))
    assert found["rounds"][0]["team"] == found["notes"][0]["note"] == found["actions"][0]["action"] == text


def test_numbers_and_truths_have_their_type() -> None:
    (action, *_), (first, *_rest) = (sheets(written(tables([a_round()], [an_action("Ask")]), Format.XLSX))[name]
                                     for name in ("actions", "rounds"))  # fmt: skip
    assert action["needs_leadership"].value is True
    assert (first["asked"].value, first["level"].value) == (8, None)
    found = json.loads(written(tables([a_round()], [an_action("Ask")]), Format.JSON))
    assert found["actions"][0] == {
        "team": "Permits", "dimension": "A", "dimension_name": "Engage society", "action": "Ask", "state": "open",
        "due_on": "2026-11-03", "ended_on": None, "why": None, "needs_leadership": True,
    }  # fmt: skip
    archived = unzipped(written(tables([], [an_action("Ask"), an_action("Tell", needs_leadership=False)]), Format.CSV))
    assert [row["needs_leadership"] for row in archived["actions.csv"]] == ["yes", "no"]


def test_a_date_is_a_date_in_a_workbook() -> None:
    found = sheets(written(tables([a_round()], [an_action("Ask")]), Format.XLSX))
    for cell, day in ((found["rounds"][0]["closed_on"], 9), (found["actions"][0]["due_on"], 3)):
        assert (cell.is_date, cell.value.day, cell.number_format) == (True, day, "yyyy-mm-dd")
    assert found["actions"][0]["ended_on"].value is None


def test_a_workbook_can_be_read_and_printed_as_it_is() -> None:
    long = "We met Legal on Mondays. " * 8
    exported = tables([a_round(team="T" * 80, notes={"C": [long, "Short", "1\n2\n3"]})], [an_action("Ask")])
    book = openpyxl.load_workbook(io.BytesIO(written(exported, Format.XLSX)))
    staying = {sheet.title: sheet.freeze_panes for sheet in book.worksheets}
    assert staying == {"rounds": "C2", "notes": "C2", "actions": "B2", "dictionary": "C2"}
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
            "landscape", 0, "$1:$1",
        )  # fmt: skip
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [book["notes"].row_dimensions[line].height / 15 for line in (2, 3, 4)] == [4, 3, 3], "80 letters are three"
    assert {book["actions"].row_dimensions[2].height, book["dictionary"].row_dimensions[7].height} == {None}, (
        "the usual"
    )
    assert book["rounds"].column_dimensions["C"].width > len("2026-10-09")


def test_the_dictionary_explains_every_column_in_every_format() -> None:
    exported = tables([a_round(notes={"C": ["A note"]})], [an_action("Ask")])
    columns = {(table.name, column) for table in exported for column in table.columns}
    in_json = json.loads(written(exported, Format.JSON))
    assert {(table, column) for table, meanings in in_json["dictionary"].items() for column in meanings} == columns
    in_csv = unzipped(written(exported, Format.CSV))["dictionary.csv"]
    in_xlsx = sheets(written(exported, Format.XLSX))["dictionary"]
    assert {(row["table"], row["column"]) for row in in_csv if row["table"]} == columns
    assert {(row["table"].value, row["column"].value) for row in in_xlsx if row["table"].value} == columns
    meanings = [row["meaning"] for row in in_csv]
    assert all(meanings)
    assert [row["meaning"].value for row in in_xlsx] == meanings
    assert any("no names of people" in meaning for meaning in meanings)
    assert in_json["about"] == [row["meaning"] for row in in_csv if not row["table"]]


def test_a_wider_model_brings_its_own_columns_and_a_smaller_one_leaves_them_empty() -> None:
    wide = models.model(dimensions="A", levels=5)
    tallies = {wide.dimensions[0].key: Tally((2, 1, 1, 1, 2))}
    summary = summarise(wide, tallies=tallies, asked=7, took_part=7, minimum=4, confidential=True)
    other = ExportedRound("Roads", 1, date(2026, 10, 9), "confidential", wide, summary, {})
    rows = json.loads(written(tables([a_round(), other], []), Format.JSON))["rounds"]
    assert [row["count_5"] for row in rows] == [None, None, None, None, None, 2]


@pytest.mark.parametrize("form", Format)
def test_the_same_tables_give_the_same_bytes(form: Format) -> None:
    def once() -> bytes:
        return written(tables([a_round(notes={"C": ["A note"]})], [an_action("Ask")]), form)

    assert once() == once()


@pytest.mark.parametrize("form", Format)
def test_an_empty_export_can_be_opened(form: Format) -> None:
    content = written(tables([], []), form)
    if form is Format.JSON:
        found = json.loads(content)
        assert found["rounds"] == found["notes"] == found["actions"] == []
    else:
        opened: Any = unzipped(content) if form is Format.CSV else sheets(content)
        assert len(opened) == 4


def test_tables_hold_no_column_that_names_people() -> None:
    found: tuple[Table, ...] = tables([a_round()], [an_action("Ask")])
    assert not {"owner", "user", "name", "member"} & {column for table in found for column in table.columns}
