"""Another day's law over the same registers: which limits hold on a day, and what the figures would be under them."""

from collections.abc import Mapping
from datetime import date

import duckdb
import polars as pl

from assets.warehouse.build import rebuild
from assets.warehouse.models import Model

LIMITS, ADEQUACY, INDICATORS = "core.law_limits", "core.adequacy", "catalogue.indicators"

_IN_FORCE = "coalesce(in_force_from <= $day, true) AND coalesce(in_force_to >= $day, true)"

_WITHOUT_SPAN = f"SELECT COLUMNS(name -> name != 'duration') FROM ({{}}) WHERE {_IN_FORCE}"
"""Polars can't hold an interval; `span` and `unit` say the same."""

_FIGURES = """
    SELECT organisation, indicator, title, numerator, denominator, value, state, not_measured
    FROM marts.indicator_values
    JOIN catalogue.indicators USING (indicator)
    WHERE level != 'unit'
    ORDER BY organisation, position
"""

_COMPARED = ("numerator", "denominator", "value", "state", "not_measured")


def limits_on(models: Mapping[str, Model], day: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The limits and the adequacy decisions in force on the day: the columns of core.law_limits and core.adequacy."""
    with duckdb.connect() as con:
        limits, adequacy = (
            pl.DataFrame(con.sql(_WITHOUT_SPAN.format(models[table].query), params={"day": day}))
            for table in (LIMITS, ADEQUACY)
        )
    return limits, adequacy


def changes_under(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], day: date) -> pl.DataFrame:
    """The figures that would be others if the law of the day had always been in force: one row per organisation, or
    the city, and indicator, with each of its numbers as it is and, with `_under`, as it would be.

    Makes the tables anew in the warehouse that it is given, which is a copy for this alone.
    """
    before = pl.DataFrame(con.sql(_FIGURES))
    con.execute(f"DELETE FROM {LIMITS} WHERE NOT ({_IN_FORCE})", {"day": day})
    con.execute(f"UPDATE {LIMITS} SET in_force_from = NULL, in_force_to = NULL")
    # a transfer that names a decision which isn't in force must still find it, and find that it isn't: of each
    # decision's periods one stays, the one in force if there is any
    con.execute(
        f"""DELETE FROM {ADEQUACY} WHERE rowid NOT IN (
            SELECT arg_max(rowid, CAST({_IN_FORCE} AS INTEGER)) FROM {ADEQUACY} GROUP BY name
        )""",
        {"day": day},
    )
    con.execute(
        f"""UPDATE {ADEQUACY} SET
            in_force_from = if({_IN_FORCE}, DATE '0001-01-01', DATE '9999-12-31'), in_force_to = NULL""",
        {"day": day},
    )
    # what a law demands is asked from the day on which it came into force
    con.execute(
        f"""UPDATE {INDICATORS} SET first_day = if(first_day <= $day, NULL, DATE '9999-12-31')
        WHERE law AND first_day IS NOT NULL""",
        {"day": day},
    )
    rebuild(con, models, LIMITS, ADEQUACY, INDICATORS)
    after = pl.DataFrame(con.sql(_FIGURES))
    joined = before.join(after, on=("organisation", "indicator", "title"), suffix="_under", maintain_order="left")
    is_other = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_under")) for name in _COMPARED)
    return joined.filter(is_other)
