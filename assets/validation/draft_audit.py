"""The draft of a publication held against its suites, file by file, before it is shown: what stands in the CSV files
is what stands in the tables. A fault here is the pipeline's own, so nothing is published.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from assets.excel_csv import DISARMED
from assets.validation.failing_rows import failing_rows
from assets.validation.suites import published_files, suite

SCHEMA = "publication"


class DraftRejected(RuntimeError):
    """The draft isn't what was computed; the message names file, check and organisation."""


def audit_draft(con: duckdb.DuckDBPyConnection, draft: Path, organisations: Sequence[str]) -> None:
    """Holds the files of the organisations that this run has made against the tables; raises DraftRejected where they
    differ, or BrokenSuite.

    `publication.indikatorer` has the cells of every organisation's indikatorer.csv as text; `folder` and `file` say
    where each stands. `organisations` without a folder in the draft are passed over.
    """
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    made = [organisation for organisation in organisations if (draft / organisation).exists()]
    loaded = [name for name in published_files() if _load_files(con, name, draft, made)]
    faults = [fault for name in loaded for fault in _faults(con, name)]
    if faults:
        raise DraftRejected("\n".join(faults))


def _faults(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    """What the suite of one kind of file finds. Its expectations are queries for the rows that are wrong."""
    table = f"{SCHEMA}.{name}"
    for expectation in suite(table, {}, {}):
        assert isinstance(expectation.check, str), f"{table}, {expectation.name}"
        for organisation, (_, places) in failing_rows(con, table, expectation.name, expectation.check, ()).items():
            yield f"{table}, {expectation.name}: {organisation or ''} {', '.join(places)}"


def _pattern(name: str) -> str:
    """bristlistor.py is about every list in its folder; any other module about the one file of its name."""
    return f"{name}/*-*.csv" if name == "bristlistor" else f"{name}.csv"


def _load_files(con: duckdb.DuckDBPyConnection, name: str, draft: Path, made: Sequence[str]) -> bool:
    """Makes a table of the files of one kind, their texts as they were before Excel was kept from reading formulas in
    them; returns whether there are any."""
    paths = [path for folder in made for path in sorted((draft / folder).glob(_pattern(name)))]
    if paths:
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        cells = "COLUMNS(* EXCLUDE (filename))"
        con.execute(
            f"""
            CREATE OR REPLACE TABLE {SCHEMA}.{name} AS
            SELECT
                cell.Organisation AS organisation,
                split_part(substr(cell.filename, $before), '/', 1) AS folder,
                regexp_extract(cell.filename, '([^/]+)[.]csv$', 1) AS file,
                cell.* EXCLUDE (filename, Organisation)
            FROM (
                SELECT filename, if(regexp_matches({cells}, $disarmed), substr({cells}, 2), {cells})
                FROM read_csv(
                    [{listed}], delim = ';', quote = '"', escape = '"', header = true, all_varchar = true,
                    filename = true, nullstr = ''
                )
            ) AS cell
            """,
            {"before": len(f"{draft}/") + 1, "disarmed": DISARMED},
        )
    return bool(paths)
