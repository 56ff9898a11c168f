"""All tables held against their suites, for one run: `validation.results`, `blocked` and `personal_numbers`.

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
from assets.validation.suite_runner import SuiteRunner
from expectations.expectation import CRITICAL

logger = logging.getLogger("lagesbild.validation")

RESULTS = "validation_results.parquet"
"""The file in the run's folder that says that the run's tables are validated, and what was found."""


def validate(
    con: duckdb.DuckDBPyConnection,
    run: Run,
    settings: Settings,
    registers: Mapping[str, Register],
    grains: suites.Grains,
    only: Collection[str] | None = None,
) -> list[TableResult]:
    """Returns the outcome of every table, and fills `validation.*`. One that is broken leaves the others standing.

    `only`: the tables that there are, in a warehouse that isn't whole. Nothing is kept or filled then: what a part
    shows says nothing of whom to publish.
    """
    folder = settings.data / "validation"
    organisations = [name for (name,) in con.execute("FROM intake.organisations ORDER BY organisation").fetchall()]
    read, keep = settings.archive / "read", run.kind == "nightly" and only is None
    with closing(SuiteRunner(con, registers, grains, organisations, read, folder / "kept", keep)) as runner:
        tables = [table for table in suites.tables(registers, grains) if only is None or table in only]
        outcomes = [runner.run(table) for table in tables]
    if only is not None:
        return outcomes
    results = pl.concat(outcome.results for outcome in outcomes)
    _store(con, run, results)
    if keep:
        keep_night(folder, run.as_of, results, settings.keep_nights)
    logger.info(
        "%d tabeller prövas, %d av dem oförändrade; underkända kontroller: %d",
        len(outcomes), sum(outcome.kept for outcome in outcomes), results.filter(~pl.col("ok")).height,
    )  # fmt: skip
    return outcomes


def _store(con: duckdb.DuckDBPyConnection, run: Run, results: pl.DataFrame) -> None:
    """Leaves in the run's warehouse what publication and alerts read."""
    path = run.folder / RESULTS
    results.write_parquet(path)
    con.execute("CREATE OR REPLACE TABLE validation.results AS FROM read_parquet(?)", [str(path)])
    con.execute("CREATE OR REPLACE TABLE validation.personal_numbers AS FROM intake.personal_numbers")
    con.execute("DELETE FROM validation.blocked")
    con.execute(
        """INSERT INTO validation.blocked
        SELECT DISTINCT organisation FROM validation.results
        WHERE NOT ok AND severity = ? AND organisation IS NOT NULL""",
        [CRITICAL.value],
    )
