"""Tables written as CSV, JSON or a workbook, with their data dictionary. Pure; the same tables give the same bytes."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import xlsxwriter

from bot.exports.tables import Cell, Table, about, dictionary


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - spreadsheets take these, too
"""How text begins that a spreadsheet may run as a formula (OWASP, "CSV Injection")."""
SUFFIX = {Format.CSV: "zip", Format.JSON: "json", Format.XLSX: "xlsx"}
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's dates have no zone
"""When every workbook says it was made: the bytes tell what they hold and nothing else."""
WIDEST = 60
"""Characters of a workbook's column."""


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
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


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
    rows = {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables}
    document = {"about": about(), "dictionary": meanings, **rows}
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _workbook(tables: Sequence[Table]) -> bytes:
    packed = io.BytesIO()
    # Nothing is taken for a formula, a link or a number: cells hold what they are given.
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": EPOCH})
        heading = workbook.add_format({"bold": True, "bottom": 1})
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        number = workbook.add_format({"valign": "top"})
        for table in (*tables, dictionary(tables)):
            sheet = workbook.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
            for column, name in enumerate(table.columns):
                sheet.set_column(column, column, _width(table, column))
                sheet.write_string(0, column, name, heading)
            for line, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, bool):
                        sheet.write_boolean(line, column, cell, number)
                    elif isinstance(cell, int):
                        sheet.write_number(line, column, cell, number)
                    elif cell is not None:
                        sheet.write_string(line, column, cell, text)
    return packed.getvalue()


def _width(table: Table, column: int) -> int:
    """So that headings with their filter's button, and most cells, can be read."""
    longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
    return min(max(len(table.columns[column]) + 4, longest + 1), WIDEST)
