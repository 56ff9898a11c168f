"""The workbook, sheet by sheet."""

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from assets.publication.charts import STATES
from assets.publication.report import Report
from assets.publication.workbook.overview import write_overview
from assets.publication.workbook.sheets import sheets
from assets.publication.workbook.widths import column_widths

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MAX_ROWS, MAX_CHARACTERS = 1_000_000, 32_767
"""What a sheet and a cell hold. Longer lists stand whole in their CSV file; the overview says where one is cut."""


def write_workbook(report: Report, path: Path) -> None:
    """Writes the workbook whole; the same report gives the same bytes."""
    made = datetime.combine(report.run.as_of, time.min)
    with new_workbook(path, f"Ledningens genomgång, {report.name}", made) as book:
        overview = book.add_worksheet("Översikt")
        every = sheets(report)
        tables = {name: table for name, table in every.items() if table.height}
        write_overview(book, overview, report, {name: table.height for name, table in every.items()}, MAX_ROWS)
        for name, table in tables.items():
            write_sheet(book, name, fitted(table))


def new_workbook(path: Path, title: str, created: datetime) -> "Workbook":
    """A workbook at `path` in which a text stays a text; it is written when it is closed."""
    from assets.publication.workbook.texts import TextWorkbook

    book = TextWorkbook(path)
    book.set_properties({"title": title, "author": "Lägesbild", "created": created})
    return book


class Fitted(NamedTuple):
    """A table as a sheet takes it: no text longer than a cell holds, and the width of each column."""

    rows: pl.DataFrame
    widths: dict[str, int]


def fitted(table: pl.DataFrame) -> Fitted:
    """The table, its texts cut, and its widths by the rows that a sheet shows."""
    rows = table.with_columns(pl.selectors.string().str.slice(0, MAX_CHARACTERS))
    return Fitted(rows, column_widths(rows.head(MAX_ROWS)))


def write_sheet(book: "Workbook", name: str, table: Fitted) -> None:
    """Writes a sheet with the table, to filter and to print; states have their colours."""
    sheet = book.add_worksheet(name)
    rows = table.rows.head(MAX_ROWS)
    formats: dict[Any, Any] = {}
    values = [name for name in ("Värde", "Föregående värde") if {name, "Mått"} <= set(rows.columns)]
    if "Mått" in rows.columns:
        is_share = f'=${chr(ord("A") + rows.columns.index("Mått"))}2="%"'
        one_decimal = {"type": "formula", "criteria": is_share, "format": {"num_format": "0.0"}}
        formats = dict.fromkeys(values, one_decimal) | {"Status": _colours()}
    widths: dict[Any, Any] = table.widths
    rows.write_excel(
        book,
        sheet,
        table_style="Table Style Light 1",
        table_name=f"Tabell_{len(book.worksheets())}",
        dtype_formats={pl.Date: "yyyy-mm-dd", pl.Int64: "#,##0", pl.Float64: "General"},
        conditional_formats=formats,
        column_formats=dict.fromkeys(values, "#,##0"),
        freeze_panes=(1, 0),
        column_widths=widths,
    )
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _colours() -> list[dict[str, Any]]:
    """The states' colours as conditional formats. Made anew each time: Polars puts the workbook's own formats in."""
    return [
        {
            "type": "cell",
            "criteria": "==",
            "value": f'"{state}"',
            "format": {"bg_color": ground, "font_color": ink},
        }
        for state, (_, ground, ink) in STATES.items()
    ]
