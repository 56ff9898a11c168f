"""What a source's own SQL may say: one SELECT over the raw table, the same rows for the same bytes."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb

from assets.intake.sources.sandbox import RAW, SourceSqlError

if TYPE_CHECKING:  # imported where a source reshapes its tables, and not by every command
    from sqlglot import exp

_FICKLE = frozenset(
    ("ago", "age", "current_localtime", "current_localtimestamp", "currentdate", "currenttime", "currenttimestamp",
     "localtime", "localtimestamp", "rand", "current_role", "current_catalog", "current_setting", "current_user",
     "getenv", "getvariable", "version", "current_version", "session_user", "user", "hostname", "pg_backend_pid",
     "query", "query_table")
)  # fmt: skip
"""Beside those that the engine itself calls volatile: its macros, what the installation decides, and what runs a
text as SQL."""
_BARE = frozenset(
    ("user", "session_user", "current_user", "current_role", "current_schema", "current_catalog", "current_time",
     "current_date", "current_timestamp", "localtime", "localtimestamp")
)  # fmt: skip
"""What the engine answers without brackets, also in quotes where no column is called so, and the SQL parser takes for
a column."""


@lru_cache(maxsize=1)
def _volatile() -> frozenset[str]:
    """The functions that may answer differently from one query to the next, as the engine has it."""
    query = "SELECT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'"
    with duckdb.connect(":memory:") as con:
        return _FICKLE | {name for (name,) in con.execute(query).fetchall()}


def check_sql(sql: str, columns: Collection[str] | None = None) -> None:
    """Raises SourceSqlError where the text isn't one SELECT that gives the same rows for the same bytes. `columns`:
    those of the raw table, where they are known."""
    import sqlglot
    from sqlglot import exp

    try:
        statements = [statement for statement in sqlglot.parse(sql, dialect="duckdb") if statement is not None]
    except sqlglot.errors.SqlglotError as fault:
        line = fault.errors[0].get("line") if isinstance(fault, sqlglot.errors.ParseError) and fault.errors else None
        raise SourceSqlError(f"går inte att läsa som SQL{f', rad {line}' if line else ''}") from None
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise SourceSqlError("ska vara en enda SELECT")
    (query,) = statements
    if next(query.find_all(exp.TableSample), None):
        raise SourceSqlError("tar ett urval, som inte är detsamma varje dag")
    for name in _called(query):
        if name in _volatile() or name.replace("_", "") in _FICKLE:
            raise SourceSqlError(
                f"använder {name}, som inte ger samma rader varje dag; filens dag finns som delivered"
            )
    for table in _tables(query):
        raise SourceSqlError(f"läser {table}, men bara {RAW} finns")
    if columns is not None:
        named = {name.lower() for name in columns} | {node.alias.lower() for node in query.find_all(exp.Alias)}
        for column in query.find_all(exp.Column):
            if column.name.lower() in _BARE and column.name.lower() not in named:
                raise SourceSqlError(f"rubriken {column.name} saknas")


def columns_in(sql: str) -> frozenset[str]:
    """The names of columns that a text of SQL names, also those that it makes itself; none where it can't be read."""
    import sqlglot
    from sqlglot import exp

    try:
        parsed = [statement for statement in sqlglot.parse(sql, dialect="duckdb") if statement is not None]
    except sqlglot.errors.SqlglotError:
        return frozenset()
    return frozenset(column.name for statement in parsed for column in statement.find_all(exp.Column))


def _tables(query: "exp.Expr") -> Iterator[str]:
    """The tables that are read beside the raw one and those that the query itself names."""
    from sqlglot import exp

    own = {RAW} | {node.alias.lower() for node in query.find_all(exp.CTE)}
    for table in query.find_all(exp.Table):
        is_named = isinstance(table.this, exp.Identifier)
        if is_named and (table.db or table.name.lower() not in own):
            yield table.sql(dialect="duckdb")
        elif not is_named and table.this.name.lower().startswith(("duckdb_", "pragma_")):
            yield table.this.name.lower()


def _called(query: "exp.Expr") -> Iterator[str]:
    """The functions that are called, also those that stand without brackets."""
    from sqlglot import exp

    for called in query.find_all(exp.Func):
        yield (called.name if isinstance(called, exp.Anonymous) else called.sql_name()).lower()
    for column in query.find_all(exp.Column):
        if not column.table and not column.this.quoted and column.name.lower() in _BARE:
            yield column.name.lower()
