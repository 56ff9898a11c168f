"""The draft of a publication held against its suites, file by file, before it is shown: what stands in the CSV files
is what stands in the tables. A fault here is the pipeline's own, so nothing is shown.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from assets.validation.failing_rows import columns_of, unexpected
from assets.validation.suites import published_files, suite

SCHEMA = "publication"


class WronglyPublished(RuntimeError):
    """What was about to be shown isn't what was computed; the message names file, check and organisation."""


def check_draft(con: duckdb.DuckDBPyConnection, draft: Path, organisations: Sequence[str]) -> None:
    """Holds the files of the organisations that this run has made against the tables. `publication.indikatorer` has
    the cells of every organisation's indikatorer.csv as text, `folder` and `file` telling where each stands. Raises
    WronglyPublished, or BrokenSuite."""
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    made = [organisation for organisation in organisations if (draft / organisation).exists()]
    shown = [name for name in published_files() if _show(con, name, draft, made)]
    wrong = [fault for name in shown for fault in _faults(con, name)]
    if wrong:
        raise WronglyPublished("\n".join(wrong))


def _faults(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    """What the suite of one kind of file finds. Its expectations are queries for the rows that are wrong."""
    table = f"{SCHEMA}.{name}"
    columns = columns_of(con, f"FROM {table}", table)
    for expectation in suite(table, {}):
        assert isinstance(expectation.check, str), f"{table}, {expectation.name}"
        found = unexpected(con, table, columns, expectation.check)
        for organisation, (_, places) in found.items():
            yield f"{table}, {expectation.name}: {organisation or ''} {', '.join(places)}"


def _pattern(name: str) -> str:
    """bristlistor.py is about every list in its folder; any other module about the one file of its name."""
    return f"{name}/*-*.csv" if name == "bristlistor" else f"{name}.csv"


def _show(con: duckdb.DuckDBPyConnection, name: str, draft: Path, made: Sequence[str]) -> bool:
    """The files of one kind as a table; false where there is none."""
    paths = [path for each in made for path in sorted((draft / each).glob(_pattern(name)))]
    if paths:
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        con.execute(f"""
            CREATE OR REPLACE TABLE {SCHEMA}.{name} AS
            SELECT
                "Organisation" AS organisation,
                regexp_extract(filename, '([^/]+)/(?:bristlistor/)?[^/]+$', 1) AS folder,
                regexp_extract(filename, '([^/]+)[.]csv$', 1) AS file,
                each.* EXCLUDE (filename, "Organisation")
            FROM read_csv(
                [{listed}], delim = ';', quote = '"', escape = '"', header = true, all_varchar = true,
                filename = true, nullstr = ''
            ) AS each
        """)
    return bool(paths)
