"""What one organisation, or the city, is shown of a run: what its page, workbook, document and calendar are made of.

`load_tables` reads the run's tables once, for all organisations; `report_for` takes one organisation's rows of them.
Nothing that isn't in a report can be shown, and no report holds another organisation's rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property

import duckdb
import polars as pl

from assets.publication.explain import explained
from assets.publication.explain_refusal import explained_refusals
from assets.publication.queries import report_query
from assets.registers.contract import CITY, Register
from assets.registers.vocabulary import INACTIVE
from assets.settings import Run


@dataclass(frozen=True)
class Tables:
    """The tables of a run, all organisations together: each is what the query of its name in `sql/report/` gives, and
    its columns and grain are said there. Each has `organisation`; where a table holds rows for another reader than
    the organisation that they are about, `owner` is the reader.
    """

    figures: pl.DataFrame
    bounds: pl.DataFrame
    figures_per_unit: pl.DataFrame
    figures_per_organisation: pl.DataFrame
    history: pl.DataFrame
    changes: pl.DataFrame
    gaps: pl.DataFrame
    open_gaps: pl.DataFrame
    way_to_green: pl.DataFrame
    not_measured: pl.DataFrame
    closed_gaps: pl.DataFrame
    unmatched: pl.DataFrame
    doubles: pl.DataFrame
    personal_numbers: pl.DataFrame
    quarantine: pl.DataFrame
    deliveries: pl.DataFrame
    refused_deliveries: pl.DataFrame
    register_status: pl.DataFrame
    due: pl.DataFrame
    incident_kinds: pl.DataFrame
    system_facts: pl.DataFrame
    system_contradictions: pl.DataFrame


@dataclass(frozen=True)
class Report:
    """One organisation's rows of the run's tables, and what the run is.

    `name` is what people call the organisation, `names` what they call the others, where that isn't their folder's
    name.
    """

    organisation: str
    name: str
    run: Run
    made_at: datetime
    tables: Tables
    names: Mapping[str, str]

    @property
    def is_city(self) -> bool:
        return self.organisation == CITY

    @cached_property
    def active(self) -> pl.DataFrame:
        """The figures of the active indicators: all that stand in some count."""
        return self.tables.figures.filter(~pl.col("state").is_in(INACTIVE))

    @cached_property
    def inactive(self) -> pl.DataFrame:
        """The figures of the others: first what the installation has switched off, then what needs registers that
        aren't delivered so far."""
        order = pl.col("state").replace_strict(list(INACTIVE), [*range(len(INACTIVE))], return_dtype=pl.Int8)
        return self.tables.figures.filter(pl.col("state").is_in(INACTIVE)).sort(order, maintain_order=True)

    @cached_property
    def states(self) -> dict[str, dict[str, int]]:
        """Area → state → how many of its indicators are in it, areas in the catalogue's order."""
        found: dict[str, dict[str, int]] = {}
        counted = self.active.group_by("area", "state", maintain_order=True).len()
        for area, state, number in counted.iter_rows():
            found.setdefault(area, {})[state] = number
        return found

    @cached_property
    def mends(self) -> dict[str, tuple[str, str]]:
        """Indicator → its title, and how its gaps are mended."""
        rows = self.tables.figures.select("indicator", "title", "mend").iter_rows()
        return {indicator: (title, mend) for indicator, title, mend in rows}

    @cached_property
    def parts(self) -> pl.DataFrame:
        """The figures that the organisation's own are made of: one row per indicator and unit, for the city per
        indicator and organisation. `part` is which, `part_name` what it is called, where that is another word."""
        if self.is_city:
            name = pl.col("organisation").replace_strict(self.names, default=None, return_dtype=pl.String)
            return self.tables.figures_per_organisation.with_columns(part=pl.col("organisation"), part_name=name)
        return self.tables.figures_per_unit.rename({"unit": "part", "unit_name": "part_name"})


def load_tables(con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]) -> Tables:
    """The run's tables, read from its warehouse. `registers`: the contracts that explain the quarantine
    and what was refused."""
    read = {field.name: report_query(field.name).answer(con) for field in fields(Tables)}
    explained_tables = {
        "quarantine": explained(read["quarantine"], registers),
        "refused_deliveries": explained_refusals(read["refused_deliveries"], registers),
    }
    return Tables(**read | explained_tables)


def report_for(tables: Tables, organisation: str, run: Run, made_at: datetime, names: Mapping[str, str]) -> Report:
    """The organisation's rows of every table. `names`: what organisations are called, where that isn't their folder's
    name."""
    own = {field.name: _rows_of(getattr(tables, field.name), organisation) for field in fields(Tables)}
    return Report(organisation, name_of(organisation, names), run, made_at, Tables(**own), names)


def _rows_of(table: pl.DataFrame, organisation: str) -> pl.DataFrame:
    return table.filter(pl.col(reader_of(table)) == organisation)


def reader_of(table: pl.DataFrame) -> str:
    """The column that says whose report a row of the table belongs to."""
    return "owner" if "owner" in table.columns else "organisation"


def name_of(organisation: str, names: Mapping[str, str]) -> str:
    """What people call an organisation."""
    return names.get(organisation) or ("Hela staden" if organisation == CITY else organisation.capitalize())
