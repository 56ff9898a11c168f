"""The history: one file of figures per (B, K), and per night one file of gaps and their lives.

    figures/<B>_<K>.parquet   every figure of that run; a rerun writes the same bytes
    gaps/<B>.parquet          every gap as that night left it (marts.gap_lifecycle); each night goes on from the last

Written before the switch, so that no published figure lacks its history. A file that is torn is set aside, one that
is gone is noted, and the night goes on.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import duckdb
import polars as pl

from assets.registers.shapes import HISTORY
from assets.retention import DAILY, thinned
from assets.settings import Run
from assets.warehouse.history_files import day_of, files_of, intact_files, note_missing, remove_files, write_file

NIGHTS = timedelta(days=35)
YEARS = timedelta(days=3 * 366)
"""How far back the series goes: every night of the last five weeks, before that the last of each month, and every
review with the newest K of its B. A curve of three years is read in some eighty files, however long the history."""

FIGURES, GAPS = "figures", "gaps"


def create_history_tables(con: duckdb.DuckDBPyConnection) -> None:
    for shape in HISTORY:
        con.execute(shape.ddl)


def load_history(con: duckdb.DuckDBPyConnection, folder: Path, run: Run) -> None:
    """What the run may compare with: each organisation's figures at its newest earlier B, and the gaps as the
    last night before B left them (for a review also the night of B itself)."""
    for name in (FIGURES, GAPS):
        note_missing(folder / name, run.as_of)
    figures, nights = _files_before(folder / FIGURES, run.as_of), files_of(folder / GAPS)
    for files in _doubling(intact_files(reversed(figures))):
        con.execute(
            f"""INSERT INTO history.figures BY NAME
            SELECT * FROM ({" UNION ALL BY NAME ".join(_sources(con, files))})
            WHERE organisation NOT IN (SELECT organisation FROM history.figures)
            QUALIFY (as_of, known_at) = max((as_of, known_at)) OVER (PARTITION BY organisation)"""
        )
        if con.execute("FROM intake.organisations ANTI JOIN history.figures USING (organisation)").fetchone() is None:
            break
    to_go_on_from = [
        path
        for path in reversed(nights)
        if _day(path) < run.as_of or (_day(path) == run.as_of and run.kind == "review")
    ]
    if newest := next(intact_files(to_go_on_from), None):
        con.execute("INSERT INTO history.gaps BY NAME FROM read_parquet(?)", [str(newest)])
    series = _series_files(figures, {_day(path) for path in nights}, run.as_of)
    for of_a_night in (True, False):
        files = list(intact_files(path for path, night in series.items() if night == of_a_night))
        for source in _sources(con, files):
            con.execute(
                f"""INSERT INTO history.series BY NAME
                SELECT ? AS night, * EXCLUDE (unit, not_measured) FROM ({source}) WHERE unit IS NULL""",
                [of_a_night],
            )


def _doubling(paths: Iterator[Path]) -> Iterator[list[Path]]:
    """One file, then two more, then four: most nights need the newest alone, and an organisation without a past is
    looked for in all of them, in few queries."""
    size = 1
    while files := list(islice(paths, size)):
        yield files
        size *= 2


def _sources(con: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> Iterator[str]:
    """Queries for all rows of figure files, in today's words: an earlier version said part and whole."""
    if not files:
        return
    query = "SELECT DISTINCT file_name FROM parquet_schema(?) WHERE name = 'part'"
    former = {name for (name,) in con.execute(query, [[str(path) for path in files]]).fetchall()}
    for names, columns in (
        ([str(path) for path in files if str(path) not in former], "*"),
        (sorted(former), "* RENAME (part AS numerator, whole AS denominator)"),
    ):
        if names:
            paths = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
            yield f"SELECT {columns} FROM read_parquet([{paths}])"


def _series_files(files: list[Path], nights: set[date], as_of: date) -> dict[Path, bool]:
    """Of the figure files those that the series is made of, each with whether it is a night's: of each B its night's
    and, of its reviews, that of the newest K. A review of a night's B takes nothing from the series of the nights."""
    of_nights = {_day(path): path for path in files if _is_of_a_night(path, nights, as_of)}
    # oldest K first, so the last one stays
    of_reviews = {_day(path): path for path in files if path != of_nights.get(_day(path))}
    monthly = {(day.year, day.month): day for day in sorted(of_nights)}
    kept = {}
    for night, of_its_kind in ((True, of_nights), (False, of_reviews)):
        for day, path in of_its_kind.items():
            age = as_of - day
            if age <= YEARS and (not night or age <= NIGHTS or monthly[day.year, day.month] == day):
                kept[path] = night
    return kept


def _is_of_a_night(path: Path, nights: set[date], as_of: date) -> bool:
    """Whether a figure file is a night's, whose K is its B."""
    day = _day(path)
    return path.stem == f"{day}_{day}" and _was_night(day, nights, as_of)


def _was_night(day: date, nights: set[date], as_of: date) -> bool:
    """Whether the figures with K = B are a night's: it left its gaps, or they have been thinned away in a month of
    which the last night's are kept."""
    if day in nights:
        return True
    return as_of - day > DAILY and any((night.year, night.month) == (day.year, day.month) for night in nights)


def _files_before(folder: Path, before: date) -> list[Path]:
    """Oldest first, by B and then K."""
    return [path for path in files_of(folder) if _day(path) < before and "_" in path.stem]


def _day(path: Path) -> date:
    day = day_of(path.name)
    assert day is not None
    return day


def write_history(con: duckdb.DuckDBPyConnection, folder: Path, run: Run, keep_nights: int | None = None) -> None:
    """Keeps the run's figures and, of a night, its gaps. A night also thins what is old: `keep_nights`, of how many
    nights all figures stay (None: of all of them)."""
    figures = con.sql(
        """SELECT CAST(? AS DATE) AS as_of, CAST(? AS DATE) AS known_at, indicator, organisation, unit,
        numerator, denominator,
            value, state, reason, not_measured
        FROM marts.indicator_values ANTI JOIN validation.blocked USING (organisation)
        ORDER BY indicator, organisation, unit""",
        params=[run.as_of, run.known_at],
    )
    write_file(folder / FIGURES / f"{run.as_of}_{run.known_at}.parquet", pl.DataFrame(figures))
    if run.kind == "nightly":
        gaps = pl.DataFrame(con.sql("FROM marts.gap_lifecycle ORDER BY organisation, id"))
        write_file(folder / GAPS / f"{run.as_of}.parquet", gaps)
        thin_history(folder, run.as_of, keep_nights)


def thin_history(folder: Path, as_of: date, keep_nights: int | None) -> None:
    """Thins the nights' gaps to month ends where they are older than DAILY, and their figures where they are older
    than the newest `keep_nights` nights. Reviews stay."""
    nights = {_day(path) for path in files_of(folder / GAPS)}
    old = _files_before(folder / FIGURES, as_of)
    figures = {_day(path) for path in old if _is_of_a_night(path, nights, as_of)}
    if keep_nights is not None and len(figures) >= keep_nights:
        first = sorted({*figures, as_of})[-keep_nights]
        remove_files(folder / FIGURES, [f"{day}_{day}.parquet" for day in thinned(figures, before=first)])
    remove_files(folder / GAPS, [f"{day}.parquet" for day in thinned(nights, before=as_of - DAILY)])
