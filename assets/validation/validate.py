"""All tables held against their suites, for one run: `validation.verdicts`, `blocked` and `personal_numbers`.

Nights keep what they find, for the nights after and for the page; a review keeps nothing.
"""

import logging
from collections.abc import Collection, Mapping
from contextlib import closing

import duckdb
import polars as pl

from assets.registers.contract import Register
from assets.settings import Run, Settings
from assets.validation import suites
from assets.validation.result_history import keep_night
from assets.validation.results import TableResult
from assets.validation.suite_runner import Asking
from expectations.expectation import CRITICAL

logger = logging.getLogger("lagesbild.validation")

SCHEMAS = ("core", "marts")
"""Beside the registers: the schemas whose tables have suites here; what is published is held against its own by
`published`."""


def validate(
    con: duckdb.DuckDBPyConnection,
    run: Run,
    settings: Settings,
    registers: Mapping[str, Register],
    only: Collection[str] | None = None,
) -> list[TableResult]:
    """Judges every table and fills `validation.*`. Whatever a suite does wrong is told in its own TableResult,
    so that one
    broken suite leaves the others' verdicts standing.

    `only`: the tables that there are, in a warehouse that isn't whole. Nothing is kept or filled then: what a part
    shows says nothing of whom to publish.
    """
    folder = settings.data / "validation"
    organisations = [name for (name,) in con.execute("FROM intake.organisations ORDER BY organisation").fetchall()]
    read, keep = settings.archive / "read", run.kind == "nightly" and only is None
    with closing(Asking(con, registers, organisations, read, folder / "kept", keep)) as asking:
        tables = suites.tables(registers, SCHEMAS)
        judged = [asking.judged(table) for table in tables if only is None or table in only]
    if only is not None:
        return judged
    verdicts = pl.concat(each.verdicts for each in judged)
    _tell(con, run, verdicts)
    if run.kind == "nightly":
        keep_night(folder, run.as_of, verdicts, settings.keep_nights)
    logger.info(
        "%d tabeller prövas, %d av dem oförändrade; %d kontroller underkända",
        len(judged), sum(each.kept for each in judged), verdicts.filter(~pl.col("ok")).height,
    )  # fmt: skip
    return judged


def _tell(con: duckdb.DuckDBPyConnection, run: Run, verdicts: pl.DataFrame) -> None:
    """Leaves in the run's warehouse what publication and alerts read."""
    path = run.folder / "verdicts.parquet"
    verdicts.write_parquet(path)
    con.execute("CREATE OR REPLACE TABLE validation.verdicts AS FROM read_parquet(?)", [str(path)])
    con.execute("CREATE OR REPLACE TABLE validation.personal_numbers AS FROM intake.personal_numbers")
    con.execute("DELETE FROM validation.blocked")
    con.execute(
        """INSERT INTO validation.blocked
        SELECT DISTINCT organisation FROM validation.verdicts
        WHERE NOT ok AND severity = ? AND organisation IS NOT NULL""",
        [CRITICAL],
    )
