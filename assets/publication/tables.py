"""What stands in each published file, under its Swedish headings, for all organisations at once.

Every table has an `Organisation` column; `folders` gives each organisation its own rows.
"""

import duckdb
import polars as pl

from assets.excel_csv import decimal_comma
from assets.publication.explain import explained
from assets.registers.contract import CITY, Register

_FIGURE = """
    SELECT
        value.level, value.indicator AS "Indikator", indicator.title AS "Titel", indicator.area AS "Område",
        value.organisation AS "Organisation", value.unit AS "Enhet", review.as_of AS "Per datum",
        value.numerator AS "Täljare", value.denominator AS "Nämnare", value.value AS "Värde",
        if(indicator.kind = 'share', '%', 'antal') AS "Mått", indicator.target AS "Mål", value.state AS "Status",
        value.reason AS "Orsak", value.not_measured AS "Ej mätta", value.previous AS "Föregående värde",
        value.source_date AS "Underlag per"
    FROM marts.indicator_values AS value
    JOIN catalogue.indicators AS indicator USING (indicator)
    CROSS JOIN core.review AS review
    ORDER BY indicator.position, value.organisation, value.unit
"""

_HISTORY = """
    SELECT
        series.indicator AS "Indikator", indicator.title AS "Titel", series.organisation AS "Organisation",
        series.as_of AS "Per datum", if(series.night, 'natt', 'genomgång') AS "Körning", series.numerator AS
        "Täljare",
        series.denominator AS "Nämnare", series.value AS "Värde", if(indicator.kind = 'share', '%', 'antal') AS
        "Mått",
        series.state AS "Status", series.reason AS "Orsak"
    FROM marts.series AS series
    JOIN catalogue.indicators AS indicator USING (indicator)
    ORDER BY indicator.position, series.as_of, series.night
"""

_GAP = """
    SELECT
        gap.list, gap.id AS "Brist-id", gap.indicator AS "Indikator", gap.organisation AS "Organisation",
        gap.unit AS "Enhet", gap.key AS "Objekt", gap.label AS "Benämning", gap.reason AS "Orsak",
        gap.opened AS "Öppen sedan", gap.age AS "Ålder dagar", gap.delivery AS "Källfil", gap.row AS "Källrad"
    FROM marts.gaps AS gap
    JOIN catalogue.indicators AS indicator USING (indicator)
    ORDER BY indicator.position, gap.id IS NULL, gap.unit, gap.key
"""

_CLOSED = """
    SELECT
        life.id AS "Brist-id", life.indicator AS "Indikator", life.organisation AS "Organisation",
        life.unit AS "Enhet", life.key AS "Objekt", life.label AS "Benämning", life.reason AS "Orsak",
        life.opened AS "Öppen sedan", life.closed - life.opened AS "Ålder dagar", life.delivery AS "Källfil",
        life.row AS "Källrad", life.closed AS "Stängd"
    FROM marts.gap_lifecycle AS life
    JOIN catalogue.indicators AS indicator USING (indicator)
    WHERE life.closed IS NOT NULL
    ORDER BY indicator.position, life.closed DESC, life.unit, life.key
"""

_UNMATCHED = """
    SELECT
        organisation AS "Organisation", register AS "Register", delivery AS "Källfil", row AS "Källrad",
        "column" AS "Kolumn", value AS "Värde", target AS "Pekar på"
    FROM marts.unmatched ORDER BY register, delivery, row, "column", value
"""

_PERSONAL_NUMBERS = """
    SELECT
        organisation AS "Organisation", register AS "Register", delivery AS "Källfil", row AS "Källrad",
        "column" AS "Kolumn"
    FROM marts.personal_numbers ORDER BY register, delivery, row, "column"
"""

_QUARANTINE = """
    SELECT
        organisation AS "Organisation", register AS "Register", delivery AS "Källfil", row AS "Källrad",
        "column" AS "Kolumn", value AS "Värde", rule AS "Regel", effect AS "Följd"
    FROM marts.quarantine ORDER BY register, delivery, row, "column"
"""

_DELIVERIES = """
    SELECT
        organisation AS "Organisation", register AS "Register", name AS "Källfil", sha256 AS "Sha256",
        delivered AS "Levererad", confirmed AS "Senast bekräftad", read AS "Rader lästa", loaded AS "Rader inlästa",
        quarantined AS "Rader i karantän", duplicates AS "Dubbletter", dropped_cells AS "Celler åtgärdade",
        status AS "Status", reason AS "Orsak", notes AS "Noter", unknown_columns AS "Okända kolumner"
    FROM marts.deliveries ORDER BY position
"""


def figures(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """indikatorer.csv and indikatorer_per_enhet.csv, told apart by `level`."""
    return _written(pl.DataFrame(con.sql(_FIGURE)), "Värde", "Föregående värde")


def by_organisation(con: duckdb.DuckDBPyConnection, figures: pl.DataFrame) -> pl.DataFrame:
    """The city's indikatorer_per_organisation.csv: every organisation's figures but those of one that is blocked.
    They are the city's: `owner`."""
    blocked = [name for (name,) in con.execute("SELECT organisation FROM validation.blocked").fetchall()]
    is_shown = (pl.col("level") == "organisation") & ~pl.col("Organisation").is_in(blocked)
    return figures.filter(is_shown).drop("level", "Enhet").with_columns(owner=pl.lit(CITY))


def history(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """historik.csv."""
    return _written(pl.DataFrame(con.sql(_HISTORY)), "Värde")


def _written(table: pl.DataFrame, *values: str) -> pl.DataFrame:
    """Percentages with one decimal after a comma, counts as integers."""
    is_share = pl.col("Mått") == "%"
    return table.with_columns(
        pl.when(is_share).then(decimal_comma(pl.col(name))).otherwise(pl.col(name).cast(pl.Int64).cast(pl.String))
        for name in values
    )


def gaps(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """bristlistor/<indicator>.csv and ej_matta.csv, told apart by `list`."""
    return pl.DataFrame(con.sql(_GAP))


def closed(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """bristlistor/stangda.csv: what was closed in the last 90 days."""
    return pl.DataFrame(con.sql(_CLOSED))


def unmatched(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """bristlistor/omatchade.csv."""
    return pl.DataFrame(con.sql(_UNMATCHED))


def personal_numbers(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """bristlistor/personnummer_i_fritext.csv: places, never values."""
    return pl.DataFrame(con.sql(_PERSONAL_NUMBERS))


def quarantine(con: duckdb.DuckDBPyConnection, registers: dict[str, Register]) -> pl.DataFrame:
    """karantan.csv."""
    return explained(pl.DataFrame(con.sql(_QUARANTINE)), registers)


def deliveries(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """leveranser.csv."""
    return pl.DataFrame(con.sql(_DELIVERIES))
