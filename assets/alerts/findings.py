"""What is wrong tonight, over all organisations, as the queries of `sql/alerts/` find it in the run's warehouse."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from assets.alerts.queries import COLUMNS, AlertQuery
from assets.alerts.shapes import FINDING
from assets.alerts.vocabulary import Kind, Severity
from assets.file_names import printable
from assets.registers.contract import CITY
from assets.sql_files import naming_query

_VALIDATION = "validation."

_SHAPE = ", ".join(f"cast(null as varchar) as {column}" for column in COLUMNS)
_ONE_LINE = r"regexp_replace(text, '[\p{Cc}\p{Zl}\p{Zp}]+', ' ', 'g')"
# the letter keeps Excel from reading digits with an e among them as a number
_ID = """'L-' || left(sha256(concat(
    organisation, chr(30), kind, chr(30), register, chr(30), indicator, chr(30), key
)), 12)"""

_IS_USED = f"""
    severity = '{Severity.CRITICAL}'
    or register is null
    or (organisation, register) not in (select (organisation, register) from core.unused_registers)
"""
"""A register that an organisation doesn't deliver so far raises no alert, unless somebody has to act at once: its
picture is blocked, or a limit of the law runs out."""


@dataclass(frozen=True)
class Findings:
    """`found`: rows of FINDING. `unseen`: (organisation, kind) of which tonight can't tell whether one is over."""

    found: pl.DataFrame
    unseen: pl.DataFrame


def find(
    con: duckdb.DuckDBPyConnection,
    queries: Mapping[str, AlertQuery],
    waiting: Iterable[tuple[str, str]],
) -> Findings:
    """Everything that is wrong on B, by all the queries in one pass.

    `waiting`: what `waiting_files` gives. A query of a night's validation is left out where tonight has none: nothing
    of its kind is found or over. Raises StepFailed, which names the query that can't be answered.
    """
    set_parameters(con, waiting)
    tables = set(_names(con, "select schema_name || '.' || table_name from duckdb_tables()"))
    answerable = {name: query for name, query in queries.items() if not _unvalidated(query, tables)}
    blocked = _names(con, "select organisation from validation.blocked")
    everybody = [*_names(con, "select organisation from intake.organisations"), CITY]
    unseen: list[tuple[str, str]] = []
    for name, query in queries.items():
        if name not in answerable:
            unseen += [(organisation, query.kind) for organisation in everybody]
        elif query.when_blocked != "believe":
            unseen += [(organisation, query.kind) for organisation in blocked]
    try:
        found = _run(con, answerable.values())
    except duckdb.Error:
        _name_broken(con, answerable)
        raise
    return Findings(found, unseen_kinds(unseen))


def _name_broken(con: duckdb.DuckDBPyConnection, queries: Mapping[str, AlertQuery]) -> None:
    """Raises StepFailed for the first that can't be answered: in one pass with the others none has a name."""
    for name, query in queries.items():
        with naming_query(f"alerts.{name}", query.place):
            con.execute(query.query).fetchall()


def city_findings(kind: Kind, severity: Severity, texts: Mapping[str, str]) -> pl.DataFrame:
    """Rows of FINDING about the city as a whole, one a text. `texts`: what tells each from others of its kind, empty
    where there can be but one → its sentences."""
    with duckdb.connect() as con:
        con.execute(
            """
            create table found as
            select ? as organisation, ? as severity,
                unnest(cast(? as varchar[])) as key, unnest(cast(? as varchar[])) as text
            """,
            [CITY, severity.value, list(texts), list(texts.values())],
        )
        shaped = f"select * from (select {_SHAPE} where false) union all by name from found"
        return _identified(con, f"select *, '{kind}' as kind from ({shaped})")


def unseen_kinds(pairs: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """One row per organisation and kind."""
    return pl.DataFrame(sorted(set(pairs)), schema={"organisation": pl.String, "kind": pl.String}, orient="row")


def waiting_files(*inboxes: Path) -> Iterator[tuple[str, str]]:
    """What lies in the inbox, and in what is read as it is, as organisation and name in the spelling of the
    deliveries' table; what lies in no organisation's folder is the city's, and so is a folder that is none."""
    for path in (path for inbox in inboxes for path in inbox.glob("*")):
        if path.is_file():
            yield CITY, printable(path.name)
        else:
            yield CITY, printable(path.name)
            for file in path.glob("*"):
                yield printable(path.name), printable(file.name)


def set_parameters(con: duckdb.DuckDBPyConnection, waiting: Iterable[tuple[str, str]]) -> None:
    """Gives the connection what queries read that stands in no table of the warehouse: the temporary table
    `waiting_files` (organisation, name)."""
    files = sorted(set(waiting))
    con.execute(
        """
        create or replace temporary table waiting_files as
        select unnest(cast(? as varchar[])) as organisation, unnest(cast(? as varchar[])) as name
        """,
        [[organisation for organisation, _ in files], [name for _, name in files]],
    )


def _unvalidated(query: AlertQuery, tables: set[str]) -> bool:
    return any(table.startswith(_VALIDATION) and table not in tables for table in query.reads)


def _run(con: duckdb.DuckDBPyConnection, queries: Iterable[AlertQuery]) -> pl.DataFrame:
    """Rows of FINDING."""
    parts = [f"select *, null as kind from (select {_SHAPE} where false)"]
    for query in queries:
        believed = "anti join validation.blocked using (organisation)" if query.when_blocked == "hide" else ""
        parts.append(f"""
            select * replace (coalesce(severity, '{query.severity}') as severity), '{query.kind}' as kind
            from (select * from (select {_SHAPE} where false) union all by name ({query.query})) {believed}
        """)
    found = " union all by name ".join(f"({part})" for part in parts)
    return _identified(con, f"select * from ({found}) where {_IS_USED}")


def _identified(con: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Rows of FINDING, from rows of COLUMNS and `kind`: their ids made, their texts in one line each."""
    rows = con.sql(f"select * replace ({_ONE_LINE} as text), {_ID} as id from ({query})")
    return pl.DataFrame(rows).select(pl.col(name).cast(kind) for name, kind in FINDING.items())


def _names(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [name for (name,) in con.execute(query).fetchall()]
