"""The history: one file of figures per (B, K), and per night one file of gaps and their lives.

    figures/<B>_<K>.parquet   every figure of that run; a rerun writes the same bytes
    gaps/<B>.parquet          every gap as that night left it (marts.gap_lifecycle); each night goes on from the last

Written before the switch, so that no published figure lacks its history.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl

from assets.atomic import atomic_write
from assets.registers.shapes import HISTORY
from assets.settings import Run

NIGHTS = timedelta(days=35)
YEARS = timedelta(days=3 * 366)
"""How far back the series goes: every night of the last five weeks, before that the last of each month, and every
review. A curve of three years is read in some eighty files, however long the history."""


def create_history_tables(con: duckdb.DuckDBPyConnection) -> None:
    for shape in HISTORY:
        con.execute(shape.ddl)


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
    series = _series_files(_figure_files(folder, before=run.as_of), {path.stem for path in nights}, run.as_of)
    for of_a_night in (True, False):
        if files := [str(path) for path, night in series.items() if night == of_a_night]:
            con.execute(
                """INSERT INTO history.series BY NAME
                SELECT ? AS night, * EXCLUDE (unit, not_measured) FROM read_parquet(?) WHERE unit IS NULL""",
                [of_a_night, files],
            )


def _series_files(files: list[Path], nights: set[str], as_of: date) -> dict[Path, bool]:
    """Of the figure files those that the series is made of, each with whether it is a night's: one per B, the one
    of its newest K."""
    newest = {path.stem.split("_")[0]: path for path in files}  # oldest K first, so the last one stays
    monthly = {day[:7]: day for day in newest if day in nights}
    kept = {}
    for day, path in newest.items():
        age = as_of - date.fromisoformat(day)
        night = path.stem == f"{day}_{day}" and day in nights
        if age <= YEARS and (not night or age <= NIGHTS or monthly[day[:7]] == day):
            kept[path] = night
    return kept


def _figure_files(folder: Path, before: date) -> list[Path]:
    """Oldest first, by B and then K."""
    files = sorted((folder / "figures").glob("*_*.parquet"))
    return [path for path in files if date.fromisoformat(path.stem.split("_")[0]) < before]


def write_history(con: duckdb.DuckDBPyConnection, folder: Path, run: Run) -> None:
    """Keeps the run's figures and, of a night, its gaps."""
    figures = con.sql(
        """SELECT CAST(? AS DATE) AS as_of, CAST(? AS DATE) AS known_at, indicator, organisation, unit,
        numerator, denominator,
            value, state, reason, not_measured
        FROM marts.indicator_values ANTI JOIN validation.blocked USING (organisation)
        ORDER BY indicator, organisation, unit""",
        params=[run.as_of, run.known_at],
    )
    with atomic_write(folder / "figures" / f"{run.as_of}_{run.known_at}.parquet") as draft:
        pl.DataFrame(figures).write_parquet(draft)
    if run.kind == "nightly":
        with atomic_write(folder / "gaps" / f"{run.as_of}.parquet") as draft:
            pl.DataFrame(con.sql("FROM marts.gap_lifecycle ORDER BY organisation, id")).write_parquet(draft)
