"""Tables written as CSV, JSON or a workbook, with their data dictionary. Pure; the same tables give the same bytes."""

import csv
import io
import json
import re
import textwrap
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bot.charts.parts import LOOK
from bot.exports.tables import Cell, Table, about, dictionary


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


_UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
"""What shows nothing, so that nobody can say who will leave it out before a sign."""
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫−"  # noqa: RUF001 - full-width and small signs are taken for formulas, too
FORMULA = re.compile(
    rf"(?P<before>(?:^|[;,\t\r\n\v\f|\x1c-\x1e\x85\u2028\u2029])[{_UNSEEN}\"]*(?=[{_SIGNS}])"
    rf"|(?<!\s)\s[{_UNSEEN}\"]*(?=[{_SIGNS}]+(?:[^ {_SIGNS}]|\Z)))"
)
"""Where text begins that a spreadsheet may run as a formula (OWASP, "CSV Injection").

That is where a cell begins, also for a spreadsheet that splits at semicolons, tabs or lines, whatever quotes say. One
that splits at spaces, as LibreOffice may be told to, runs only what has none: a dash between two spaces stays.
"""
SUFFIX = {Format.CSV: "zip", Format.JSON: "json", Format.XLSX: "xlsx"}
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's dates have no zone
"""When every workbook says it was made: the bytes tell what they hold and nothing else."""
LONG = frozenset({"note", "action", "why", "meaning"})
"""Columns of sentences."""
WIDEST, WIDE = 60, 38
"""Characters of a workbook's column of sentences, and of any other."""
MANY = 12
"""Columns from which a printed page is too narrow for all."""
LINE = 15
"""Points of a line in a workbook."""
MOST_LINES = 20
"""Of a row: beyond that there is no reading it in a cell."""
STAYING = {"rounds": 2, "notes": 2, "actions": 1, "dictionary": 2}
"""How many columns of a sheet stay when it is moved to the left: those that say what a row is about."""


def written(tables: Sequence[Table], form: Format) -> bytes:
    """The tables and their dictionary as one file of this format.

    CSV has no place for a second table nor for a word about its columns: there it is an archive of one file each.
    """
    return {Format.CSV: _archive, Format.JSON: _json, Format.XLSX: _workbook}[form](tables)


def as_csv(table: Table) -> str:
    """One table, safe to open in a spreadsheet."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(table.columns)
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return lines.getvalue()


def _safe(cell: Cell) -> str | int | None:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, str):
        return cell
    return FORMULA.sub(r"\g<before>'", f"'{cell}" if cell.startswith(("\t", "\r", "\n")) else cell)


def _archive(tables: Sequence[Table]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for table in (*tables, dictionary(tables)):
            # Excel reads a CSV file as UTF-8 only where it begins with a byte order mark.
            content = as_csv(table).encode("utf-8-sig")
            archive.writestr(zipfile.ZipInfo(f"{table.name}.csv"), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _json(tables: Sequence[Table]) -> bytes:
    meanings = {table.name: dict(zip(table.columns, table.meanings, strict=True)) for table in tables}
    rows = {
        table.name: [
            {name: cell.isoformat() if isinstance(cell, date) else cell
             for name, cell in zip(table.columns, row, strict=True)}
            for row in table.rows
        ]
        for table in tables
    }  # fmt: skip
    document = {"about": about(), "dictionary": meanings, **rows}
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _workbook(tables: Sequence[Table]) -> bytes:
    packed = io.BytesIO()
    # Nothing is taken for a formula, a link or a number: cells hold what they are given.
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": EPOCH})
        heading = workbook.add_format(
            {"bold": True, "font_color": LOOK.plain, "bg_color": LOOK.edge, "valign": "vcenter", "align": "left"}
        )
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        # To the left like the headings: they are grades and marks, nobody adds them up.
        number = workbook.add_format({"valign": "top", "align": "left"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        for table in (*tables, dictionary(tables)):
            sheet = workbook.add_worksheet(table.name)
            widths = _lay_out(sheet, table)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, heading)
            for line, row in enumerate(table.rows, start=1):
                # Said, not left to the program: LibreOffice lets wrapped lines run into the next row.
                sheet.set_row(line, LINE * _lines(row, widths))
                for column, cell in enumerate(row):
                    if isinstance(cell, bool):
                        sheet.write_boolean(line, column, cell, number)
                    elif isinstance(cell, int):
                        sheet.write_number(line, column, cell, number)
                    elif isinstance(cell, date):
                        sheet.write_datetime(line, column, cell, day)
                    elif cell is not None:
                        sheet.write_string(line, column, cell, text)
    return packed.getvalue()


def _lay_out(sheet: Worksheet, table: Table) -> list[int]:
    """Make the sheet fit to read and to print, and return the widths of its columns, in characters."""
    widths = [_width(table, column) for column in range(len(table.columns))]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, LINE * 1.4)
    sheet.freeze_panes(1, STAYING.get(table.name, 0))
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    many = len(table.columns) > MANY
    sheet.fit_to_pages(2 if many else 1, 0)
    if many:
        sheet.repeat_columns(0, STAYING.get(table.name, 1) - 1)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")
    return widths


def _width(table: Table, column: int) -> int:
    """So that headings with their filter's button, and most cells, can be read."""
    longest = max((len(str(row[column])) for row in table.rows if row[column] is not None), default=0)
    name = table.columns[column]
    return min(max(len(name) + 4, longest + 2), WIDEST if name in LONG else WIDE)


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines the fullest cell of a row takes, where words are broken at spaces."""
    needed = 1
    for cell, width in zip(row, widths, strict=True):
        if isinstance(cell, str):
            needed = max(needed, sum(_lines_of(each, width) for each in cell.split("\n")))
    return min(needed, MOST_LINES)


def _lines_of(paragraph: str, width: int) -> int:
    # Where it is broken, a little less than the column holds: letters differ in width.
    return 1 if len(paragraph) < width else len(textwrap.wrap(paragraph, width - 4))
