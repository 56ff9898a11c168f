"""The units of a report, each with its own rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from assets.publication.report import Report
from assets.publication.sv import STATE_WORDS
from assets.publication.units.names import file_name, has_files

_WORST_FIRST = ("röd", "gul", "grön")


@dataclass(frozen=True)
class Unit:
    """One unit. `figures`: its rows of `figures_per_unit`, worst first; `gaps`: of `open_gaps`; `not_measured`: of
    the list of that name. Persons with protected identity stand in none of them."""

    code: str
    name: str
    figures: pl.DataFrame
    gaps: pl.DataFrame
    not_measured: pl.DataFrame

    @property
    def file(self) -> str:
        """The stem of its files."""
        return file_name(self.code)

    def states(self, state: str) -> int:
        """How many of its figures are in the state."""
        return self.figures["state"].to_list().count(state)


def units_of(report: Report) -> list[Unit]:
    """Every unit that has a figure or a gap and may have files of its own, by code."""
    tables = report.tables
    figures = _by_unit(tables.figures_per_unit.sort(_rank(), maintain_order=True))
    gaps, not_measured = _by_unit(tables.open_gaps), _by_unit(tables.not_measured)
    return [
        Unit(
            code,
            _name_of(code, figures, gaps),
            figures.get(code, tables.figures_per_unit.clear()),
            gaps.get(code, tables.open_gaps.clear()),
            not_measured.get(code, tables.not_measured.clear()),
        )
        for code in sorted({*figures, *gaps, *not_measured})
        if has_files(code)
    ]


def _rank() -> pl.Expr:
    order = [*_WORST_FIRST, *(state for state in STATE_WORDS if state not in _WORST_FIRST)]
    return pl.col("state").replace_strict(order, [*range(len(order))], default=len(order), return_dtype=pl.Int8)


def _by_unit(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    parts = rows.filter(pl.col("unit").is_not_null()).partition_by("unit", as_dict=True, maintain_order=True)
    return {str(unit): part for (unit,), part in parts.items()}


def _name_of(code: str, *tables: Mapping[str, pl.DataFrame]) -> str:
    """What the register of units calls it; its code where that doesn't know it."""
    names = (name for table in tables if code in table for name in table[code]["unit_name"].to_list() if name)
    return next(names, code)
