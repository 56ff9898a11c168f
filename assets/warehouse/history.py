"""The history: one file of figures per (B, K), and per night one file of gaps and their lives.

    figures/<B>_<K>.parquet   every figure of that run; a rerun writes the same bytes
    gaps/<B>.parquet          every gap as that night left it (marts.gap_lives); each night goes on from the last

Written before the switch, so that no published figure lacks its history.
"""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from assets.settings import Run
from assets.whole import written_whole

FIGURES = """
    CREATE TABLE history.figures (
        as_of DATE, known_at DATE, indicator VARCHAR, organisation VARCHAR, unit VARCHAR, part BIGINT, whole BIGINT,
        value DECIMAL(18, 1), state VARCHAR, reason VARCHAR, not_measured BIGINT
    )
"""
GAPS = """
    CREATE TABLE history.gaps (
        id VARCHAR, indicator VARCHAR, organisation VARCHAR, unit VARCHAR, key VARCHAR, label VARCHAR, reason VARCHAR,
        first_seen DATE, opened DATE, last_seen DATE, closed DATE, delivery VARCHAR, row INTEGER
    )
"""


def create_history_tables(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(FIGURES)
    con.execute(GAPS)


def load_history(con: duckdb.DuckDBPyConnection, folder: Path, run: Run) -> None:
    """What the run may compare with: each organisation's figures at its newest earlier B, and the gaps as the
    last night before B left them (for a review also the night of B itself)."""
    for path in reversed(_figure_files(folder, before=run.as_of)):
        con.execute(
            """INSERT INTO history.figures BY NAME FROM read_parquet(?) AS earlier
            WHERE organisation NOT IN (SELECT organisation FROM history.figures)""",
            [str(path)],
        )
        if con.execute("FROM intake.organisations ANTI JOIN history.figures USING (organisation)").fetchone() is None:
            break
    nights = sorted((folder / "gaps").glob("*.parquet"))
    earlier = [
        path
        for path in nights
        if (night := date.fromisoformat(path.stem)) < run.as_of or (night == run.as_of and run.kind == "review")
    ]
    if earlier:
        con.execute("INSERT INTO history.gaps BY NAME FROM read_parquet(?)", [str(earlier[-1])])


def _figure_files(folder: Path, before: date) -> list[Path]:
    """Oldest first, by B and then K."""
    files = sorted((folder / "figures").glob("*_*.parquet"))
    return [path for path in files if date.fromisoformat(path.stem.split("_")[0]) < before]


def write_history(con: duckdb.DuckDBPyConnection, folder: Path, run: Run) -> None:
    """Keeps the run's figures and, of a night, its gaps."""
    figures = con.sql(
        """SELECT CAST(? AS DATE) AS as_of, CAST(? AS DATE) AS known_at, indicator, organisation, unit, part, whole,
            value, state, reason, not_measured
        FROM marts.indicator_values ANTI JOIN validation.blocked USING (organisation)
        ORDER BY indicator, organisation, unit""",
        params=[run.as_of, run.known_at],
    )
    with written_whole(folder / "figures" / f"{run.as_of}_{run.known_at}.parquet") as draft:
        pl.DataFrame(figures).write_parquet(draft)
    if run.kind == "nightly":
        with written_whole(folder / "gaps" / f"{run.as_of}.parquet") as draft:
            pl.DataFrame(con.sql("FROM marts.gap_lives ORDER BY organisation, id")).write_parquet(draft)
