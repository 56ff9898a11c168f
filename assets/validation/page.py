"""What stands on validering.html: what was expected of an organisation's tables, what was found, and the last 30
nights. Every word in it is escaped. The publication puts it between the head and the foot of its other pages.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import polars as pl

from expectations.expectation import CRITICAL, INFO, WARNING

NIGHTS = 30
_BY_SEVERITY = {CRITICAL.value: 0, WARNING.value: 1, INFO.value: 2}


def page(con: duckdb.DuckDBPyConnection, organisation: str, nights: pl.DataFrame, *, has_page: bool = True) -> str:
    """Returns what stands on the page of one organisation, or of the city, from the run's warehouse.

    `nights`: everybody's results of the last NIGHTS, as `nights_of` gives them. `has_page`: the organisation's
    index.html stands beside it, from this run or an earlier one.
    """
    query = 'FROM validation.results WHERE organisation = ? ORDER BY "table", expectation'
    results = pl.DataFrame(con.sql(query, params=[organisation]))
    as_of = con.execute("SELECT as_of FROM core.review").fetchall()[0][0]
    own = nights.filter(pl.col("organisation") == organisation)
    return render(as_of, results, own, has_page=has_page)


def render(as_of: date, results: pl.DataFrame, nights: pl.DataFrame, *, has_page: bool = True) -> str:
    """Returns it as HTML. `results`: the organisation's, as RESULT; `nights`: its results of the last nights, as
    `nights_of` gives them."""
    failures = _nights_failed(nights)
    rows = [
        row | {"rank": _BY_SEVERITY[row["severity"]], "failed": failures.get((row["table"], row["expectation"]), 0)}
        for row in results.iter_rows(named=True)
    ]
    rows.sort(key=lambda row: (row["rank"], row["table"], row["expectation"]))
    template = _environment().get_template("page.html")
    return template.render(
        has_page=has_page,
        as_of=as_of,
        failed=[row for row in rows if not row["ok"]],
        tables={
            name: [row for row in rows if row["table"] == name] for name in sorted({row["table"] for row in rows})
        },
        counts={
            severity: sum(not row["ok"] for row in rows if row["severity"] == severity) for severity in _BY_SEVERITY
        },
        checks=len(rows),
        nights=_night_lines(nights),
    )


def _nights_failed(nights: pl.DataFrame) -> Mapping[tuple[str, str], int]:
    """On how many of the nights each expectation failed."""
    failed = nights.filter(~pl.col("ok")).group_by("table", "expectation").len()
    return {(table, expectation): count for table, expectation, count in failed.iter_rows()}


def _night_lines(nights: pl.DataFrame) -> list[dict[str, Any]]:
    """Newest first: how many expectations held, and how many failed, by severity."""
    failed = {
        severity: (~pl.col("ok") & (pl.col("severity") == severity)).sum().alias(severity)
        for severity in _BY_SEVERITY
    }
    return (
        nights.group_by("night").agg(pl.col("ok").sum(), *failed.values()).sort("night", descending=True).to_dicts()
    )


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["counted"] = lambda number, one, many: f"{number} {one if number == 1 else many}"
    return made
