"""What one organisation, or the city, is shown of a run: what its page, workbook, document and calendar are made of.

`gather` reads the run's tables once, for all; `picture_of` takes one organisation's rows of them. Nothing that isn't
in a picture can be shown, and no picture holds another organisation's rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

import duckdb
import polars as pl

from assets.publication import tables
from assets.registers.contract import CITY, Register
from assets.settings import Run

_INDICATORS = """
    SELECT
        value.organisation, indicator.indicator, indicator.title, indicator.area, indicator.kind, indicator.target,
        indicator.law, indicator.first_day, indicator.needs, indicator.gap_list, indicator.motive, indicator.question,
        indicator.chapter, indicator.sentence, value.numerator, value.denominator, value.value, value.state,
        value.reason, value.reason_code, value.missing, value.organisations, value.not_measurable, value.blocked,
        value.not_measured, value.previous, value.source_date
    FROM marts.indicator_values AS value
    JOIN catalogue.indicators AS indicator USING (indicator)
    WHERE value.level != 'unit'
    ORDER BY indicator.position
"""

_UNITS = """
    SELECT
        value.organisation, value.indicator, value.unit AS place, unit.enhetsnamn AS place_name, value.numerator,
        value.denominator, value.value, value.state, value.reason, value.not_measured
    FROM marts.indicator_values AS value
    LEFT JOIN registers.enheter AS unit
        ON unit.organisation = value.organisation AND unit.enhet = value.unit
    WHERE value.level = 'unit'
"""

_ORGANISATIONS = """
    SELECT
        ? AS organisation, value.indicator, value.organisation AS place, CAST(NULL AS VARCHAR) AS place_name,
        value.numerator, value.denominator, value.value, value.state, value.reason, value.not_measured
    FROM marts.indicator_values AS value
    ANTI JOIN validation.blocked AS blocked ON blocked.organisation = value.organisation
    WHERE value.level = 'organisation'
"""

_SERIES = "FROM marts.series ORDER BY indicator, as_of, night"
_CHANGES = "FROM marts.changes"
_DUE = "FROM marts.due ORDER BY due, kind, key"


@dataclass(frozen=True)
class Tables:
    """The tables of a run, all organisations together.

    The first five have English names, numbers as numbers, and a column `organisation`; the others are the published
    lists under their Swedish headings, with `Organisation`; or with `owner`, where a list tells of others than whose
    it is.
    """

    indicators: pl.DataFrame
    """One row per indicator and organisation: its line in the catalogue and its figure, in the catalogue's order."""
    parts: pl.DataFrame
    """One row per indicator and unit (`place`); for the city one per indicator and organisation."""
    series: pl.DataFrame
    changes: pl.DataFrame
    due: pl.DataFrame
    figures: pl.DataFrame
    by_organisation: pl.DataFrame
    history: pl.DataFrame
    gaps: pl.DataFrame
    closed: pl.DataFrame
    unmatched: pl.DataFrame
    personal_numbers: pl.DataFrame
    quarantine: pl.DataFrame
    deliveries: pl.DataFrame


@dataclass(frozen=True)
class Picture:
    """One organisation's rows of the run's tables, and what the run is. `name` is what people call it."""

    organisation: str
    name: str
    run: Run
    made_at: datetime
    tables: Tables

    @property
    def is_city(self) -> bool:
        return self.organisation == CITY

    @property
    def states(self) -> dict[str, dict[str, int]]:
        """Area → state → how many of its indicators are in it, areas in the catalogue's order."""
        found: dict[str, dict[str, int]] = {}
        counted = self.tables.indicators.group_by("area", "state", maintain_order=True).len()
        for area, state, number in counted.iter_rows():
            found.setdefault(area, {})[state] = number
        return found


def gather(con: duckdb.DuckDBPyConnection, registers: dict[str, Register]) -> Tables:
    figures = tables.figures(con)
    units, organisations = con.sql(_UNITS), con.sql(_ORGANISATIONS, params=[CITY])
    return Tables(
        indicators=pl.DataFrame(con.sql(_INDICATORS)),
        parts=pl.concat([pl.DataFrame(units), pl.DataFrame(organisations)]),
        series=pl.DataFrame(con.sql(_SERIES)),
        changes=pl.DataFrame(con.sql(_CHANGES)),
        due=pl.DataFrame(con.sql(_DUE)),
        figures=figures,
        by_organisation=tables.by_organisation(con, figures),
        history=tables.history(con),
        gaps=tables.gaps(con),
        closed=tables.closed(con),
        unmatched=tables.unmatched(con),
        personal_numbers=tables.personal_numbers(con),
        quarantine=tables.quarantine(con, registers),
        deliveries=tables.deliveries(con),
    )


def picture_of(found: Tables, organisation: str, run: Run, made_at: datetime, names: Mapping[str, str]) -> Picture:
    """`names`: what organisations are called, where that isn't their folder's name."""
    own = {}
    for field in fields(Tables):
        table: pl.DataFrame = getattr(found, field.name)
        owner = next(name for name in ("owner", "organisation", "Organisation") if name in table.columns)
        own[field.name] = table.filter(pl.col(owner) == organisation)
    if organisation == CITY:
        own["parts"] = own["parts"].with_columns(
            pl.col("place").replace_strict(names, default=None, return_dtype=pl.String).alias("place_name")
        )
    return Picture(organisation, name_of(organisation, names), run, made_at, Tables(**own))


def name_of(organisation: str, names: Mapping[str, str]) -> str:
    return names.get(organisation) or ("Hela staden" if organisation == CITY else organisation.capitalize())
