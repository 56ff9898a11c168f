"""What a source's own SQL may say and do: one SELECT over the raw table, the same rows for the same bytes.

DuckDB runs it in memory, without files, network, extensions or Python objects, its configuration locked, its memory
and time limited.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb
import polars as pl

if TYPE_CHECKING:
    from sqlglot import exp

RAW = "raw"
MEMORY, SECONDS = "1GB", 60.0
_FICKLE = frozenset(
    ("ago", "age", "current_localtime", "current_localtimestamp", "currentdate", "currenttime", "currenttimestamp",
     "localtime", "localtimestamp", "rand", "current_role", "current_catalog", "current_setting", "current_user",
     "getenv", "getvariable", "version", "current_version", "session_user", "user", "hostname", "pg_backend_pid",
     "query", "query_table")
)  # fmt: skip
"""Beside those that the engine itself calls volatile: its macros, what the installation decides, and what runs a
text as SQL."""
_BARE = frozenset(("user", "current_role", "current_schema", "current_time", "current_timestamp"))
"""What the engine answers without brackets, and the SQL parser takes for a column."""
_MISSING = re.compile(r'Referenced column "(.+?)" not found')


class SourceSqlError(ValueError):
    """SQL of a source that can't be used; the message names the mend in Swedish, and never a value of a row."""


@lru_cache(maxsize=1)
def _volatile() -> frozenset[str]:
    """The functions that may answer differently from one query to the next, as the engine has it."""
    query = "SELECT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'"
    with duckdb.connect(":memory:") as con:
        return _FICKLE | {name for (name,) in con.execute(query).fetchall()}


def check_sql(sql: str) -> None:
    """Raises SourceSqlError where the text isn't one SELECT that gives the same rows for the same bytes."""
    import sqlglot  # only where a source reshapes its tables, and not by every command
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


def _called(query: "exp.Expr") -> Iterator[str]:
    """The functions that are called, also those that stand without brackets."""
    from sqlglot import exp

    for called in query.find_all(exp.Func):
        yield (called.name if isinstance(called, exp.Anonymous) else called.sql_name()).lower()
    for column in query.find_all(exp.Column):
        if not column.table and not column.this.quoted and column.name.lower() in _BARE:
            yield column.name.lower()


class _Stream:
    """A frame as an Arrow stream alone: DuckDB reads that without the package that it asks for a Polars frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@contextmanager
def sandbox(raw: pl.DataFrame) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that holds the raw table and reaches nothing else."""
    con = duckdb.connect(":memory:")
    timer = threading.Timer(SECONDS, con.interrupt)
    timer.daemon = True
    try:
        con.register("given", _Stream(raw))
        con.execute(f"CREATE TABLE {RAW} AS FROM given")
        con.unregister("given")
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET threads = 1")  # rows that are equal in what orders them come in the same order every time
        con.execute("SET python_enable_replacements = false")
        con.execute(f"SET memory_limit = '{MEMORY}'")
        con.execute("SET temp_directory = ''")
        con.execute("SET enable_external_access = false")
        con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        con.execute("SET lock_configuration = true")
        timer.start()
        yield con
    finally:
        timer.cancel()
        con.close()


def run(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Runs a statement. Raises SourceSqlError, which speaks of the SQL's own names and never of a row."""
    try:
        con.execute(sql)
    except duckdb.InterruptException:
        raise SourceSqlError(f"tog mer än {SECONDS:.0f} sekunder") from None
    except duckdb.OutOfMemoryException:
        raise SourceSqlError(f"behövde mer minne än {MEMORY}") from None
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as fault:
        text = str(fault).splitlines()[0]
        missing = _MISSING.search(text)
        reason = f"rubriken {missing[1]} saknas" if missing else f"går inte att köra: {text}"
        raise SourceSqlError(reason) from None
    except duckdb.Error as fault:
        raise SourceSqlError(f"går inte att köra: {type(fault).__name__}") from None
