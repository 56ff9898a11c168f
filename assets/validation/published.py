"""The draft of a publication held against its suites, file by file, before it is shown: what stands in the CSV files
is what stands in the tables. A fault here is the pipeline's own, so nothing is shown.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb

from assets.validation.suites import published_files, suite

SCHEMA = "publication"


class WronglyPublished(RuntimeError):
    """What was about to be shown isn't what was computed; the message names file, check and organisation."""


def check_draft(con: duckdb.DuckDBPyConnection, draft: Path, organisations: Sequence[str]) -> None:
    """Holds the files of the organisations that this run has made against the tables. `publication.indikatorer` has
    the cells of every organisation's indikatorer.csv as text, `folder` and `file` telling where each stands. Raises
    WronglyPublished, or BrokenSuite."""
    from assets.validation.gx_duckdb import Gx
    from assets.validation.judge import judge

    con.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    made = [organisation for organisation in organisations if (draft / organisation).exists()]
    shown = [name for name in published_files() if _show(con, name, draft, made)]
    wrong = []
    with closing(Gx(con)) as gx:
        for table in (f"{SCHEMA}.{name}" for name in shown):
            verdicts = judge(con, gx, table, suite(table, {}), made)
            wrong += [
                f"{table}, {row['expectation']}: {row['organisation'] or ''} {', '.join(row['places'])}"
                for row in verdicts.filter(~verdicts["ok"]).iter_rows(named=True)
            ]
    if wrong:
        raise WronglyPublished("\n".join(wrong))


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
