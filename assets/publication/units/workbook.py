"""enheter/<kod>.xlsx: a unit's own figures and gaps as tables to filter."""

from datetime import datetime, time
from pathlib import Path

import polars as pl

from assets.publication.queries import report_query
from assets.publication.report import Report
from assets.publication.units.own import Unit
from assets.publication.workbook.write import new_workbook, write_sheet

_LEFT_OUT = ("Ordning", "Organisation", "Enhet", "Namn")
"""What is the same on every row, or tells how the gap stands among other units'."""


def write_unit_workbook(report: Report, unit: Unit, path: Path) -> None:
    """Writes the workbook: a sheet of figures, one of gaps, and one of what could not be measured where there is any.
    The same rows give the same bytes."""
    with new_workbook(path, f"{unit.name}, {report.name}", datetime.combine(report.run.as_of, time.min)) as book:
        write_sheet(book, "Siffror", _for_sheet("figures_per_unit", unit.figures))
        write_sheet(book, "Brister", _for_sheet("open_gaps", unit.gaps))
        if unit.not_measured.height:
            write_sheet(book, "Ej mätta", _for_sheet("not_measured", unit.not_measured))


def _for_sheet(query: str, rows: pl.DataFrame) -> pl.DataFrame:
    sheet_rows = report_query(query).for_sheet(rows.with_columns(pl.selectors.decimal().cast(pl.Float64)))
    return sheet_rows.drop(_LEFT_OUT, strict=False)
