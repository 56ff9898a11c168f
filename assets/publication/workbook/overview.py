"""The first sheet: what the workbook is of, the states by area, and a way to every other sheet."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING

from assets.publication.charts import STATES
from assets.publication.report import Report

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


def write_overview(
    book: "Workbook", sheet: "Worksheet", report: Report, rows: Mapping[str, int], most_rows: int
) -> None:
    """`rows`: sheet → how many rows its table has, without any it is no sheet; `most_rows`: how many of them a sheet
    shows at most."""
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet.write(0, 0, f"Ledningens genomgång, {report.name}", book.add_format({"bold": True, "font_size": 16}))
    days = {"Per datum": report.run.as_of, "Leveranser till och med": report.run.known_at}
    for row, (label, value) in enumerate(days.items(), 1):
        sheet.write_string(row, 0, label)
        sheet.write_datetime(row, 1, datetime.combine(value, time.min), day)
    below = _write_states(book, sheet, report.states, top=4)
    sheet.write_row(below, 0, ["Blad", "Rader"], bold)
    for row, (name, height) in enumerate(rows.items(), below + 1):
        if height:
            sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        else:
            sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, height)
        if height > most_rows:
            sheet.write_string(row, 2, f"Bladet visar de första {most_rows} raderna; hela listan finns som CSV.")
    foot = below + len(rows) + 2
    sheet.write_string(foot, 0, "Körning")
    sheet.write_string(foot, 1, report.run.id)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(STATES), 16)


def _write_states(book: "Workbook", sheet: "Worksheet", counts: Mapping[str, Mapping[str, int]], top: int) -> int:
    """The number of indicators by area and state; gives the row where the next thing may stand."""
    sheet.write_string(top, 0, "Område", book.add_format({"bold": True}))
    for column, (state, (_, ground, ink)) in enumerate(STATES.items(), 1):
        heading = {"bold": True, "align": "right", "bg_color": ground, "font_color": ink}
        sheet.write_string(top, column, state, book.add_format(heading))
    for row, (area, states) in enumerate(counts.items(), top + 1):
        sheet.write_string(row, 0, area)
        for column, state in enumerate(STATES, 1):
            sheet.write_number(row, column, states.get(state, 0))
    return top + len(counts) + 2
