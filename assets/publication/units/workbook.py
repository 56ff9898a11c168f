"""enheter/<kod>.xlsx: a unit's own figures and gaps as tables to filter."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from itertools import accumulate
from pathlib import Path

import polars as pl

from assets.publication.report import Report
from assets.publication.units.own import Unit
from assets.publication.workbook.sheets import with_headings
from assets.publication.workbook.write import Fitted, fitted, new_workbook, write_sheet

_LEFT_OUT = ("Ordning", "Organisation", "Enhet", "Namn")
"""What is the same on every row, or tells how the gap stands among other units'."""

UnitSheets = Mapping[str, Mapping[str, Fitted]]
"""Sheet → unit → its rows, under the headings that they have there. A column is as wide for every unit."""


def unit_sheets(units: Sequence[Unit]) -> UnitSheets:
    """The sheets of all units, each table gone through once: they are many and small."""
    return {
        "Siffror": _by_unit("figures_per_unit", {unit.code: unit.figures for unit in units}),
        "Brister": _by_unit("open_gaps", {unit.code: unit.gaps for unit in units}),
        "Ej mätta": _by_unit(
            "not_measured", {unit.code: unit.not_measured for unit in units if unit.not_measured.height}
        ),
    }


def _by_unit(query: str, parts: Mapping[str, pl.DataFrame]) -> dict[str, Fitted]:
    if not parts:
        return {}
    every = fitted(with_headings(query, pl.concat(parts.values())).drop(_LEFT_OUT, strict=False))
    heights = [part.height for part in parts.values()]
    ends = accumulate(heights)
    return {
        code: Fitted(every.rows.slice(end - height, height), every.widths)
        for code, height, end in zip(parts, heights, ends, strict=True)
    }


def write_unit_workbook(report: Report, unit: Unit, sheets: UnitSheets, path: Path) -> None:
    """Writes the workbook: a sheet of figures, one of gaps, and one of what could not be measured where there is any.
    The same rows give the same bytes."""
    with new_workbook(path, f"{unit.name}, {report.name}", datetime.combine(report.run.as_of, time.min)) as book:
        for name, tables in sheets.items():
            if unit.code in tables:
                write_sheet(book, name, tables[unit.code])
