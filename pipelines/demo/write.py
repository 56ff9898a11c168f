"""Text files and workbooks whose bytes hang on their cells alone."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.demo.export_format import Cell

CREATED = datetime(2023, 11, 1, 6, 0)
"""What a workbook says about its own making; else it would hold the time of the run."""


@dataclass(frozen=True)
class Text:
    """A text file's separator, encoding and quoting."""

    separator: str = ";"
    encoding: str = "utf-8-sig"
    quote_all: bool = False


@dataclass(frozen=True)
class Workbook:
    """A workbook's sheet, and the hidden one that lies before it, if any."""

    sheet: str = "Uttag"
    hidden: str = ""


def write_text(path: Path, grid: list[list[Cell]], form: Text) -> None:
    lines = io.StringIO()
    csv.writer(
        lines,
        delimiter=form.separator,
        quoting=csv.QUOTE_ALL if form.quote_all else csv.QUOTE_MINIMAL,
        lineterminator="\r\n",
    ).writerows(grid)
    path.write_bytes(lines.getvalue().encode(form.encoding))


def write_workbook(path: Path, grid: list[list[Cell]], form: Workbook) -> None:
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        if form.hidden:
            cover = book.add_worksheet(form.hidden)
            cover.write_string(0, 0, "Detta blad används av systemet")
            cover.hide()
        sheet = book.add_worksheet(form.sheet)
        sheet.activate()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for row, cells in enumerate(grid):
            for place, cell in enumerate(cells):
                _write_cell(sheet, row, place, cell, day, moment)


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, day: Format, moment: Format) -> None:
    match cell:
        case datetime():
            sheet.write_datetime(row, place, cell, moment)
        case date():
            sheet.write_datetime(row, place, cell, day)
        case int():
            sheet.write_number(row, place, cell)
        case "#N/A":
            sheet.write_formula(row, place, "=NA()", None, "#N/A")
        case text if text:
            sheet.write_string(row, place, text)
