"""A source's own SQL: its `where` and its `<name>.sql`, over the raw table and nothing else.

DuckDB runs it in memory, without files, network, extensions or Python objects, its configuration locked and
its memory
and time limited. What would give other rows for the same bytes on another day is refused: the file's `delivered` is
there instead.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import polars as pl
import sqlglot
from sqlglot import exp

RAW = "raw"
MEMORY, SECONDS = "1GB", 60.0
_FICKLE = frozenset(
    ("now", "current_date", "current_time", "current_timestamp", "currentdate", "currenttime", "currenttimestamp",
     "today", "get_current_time", "get_current_timestamp", "localtime", "localtimestamp", "transaction_timestamp",
     "random", "rand", "setseed", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "nextval", "currval", "getenv",
     "current_setting", "getvariable", "version", "txid_current", "pg_backend_pid", "current_user", "user",
     "current_database", "current_schema", "current_schemas", "current_query", "hostname")
)  # fmt: skip


class SourceSqlError(ValueError):
    """SQL of a source that can't be used; the message names the mend in Swedish, and never a value of a row."""


@dataclass(frozen=True)
class Reshaped:
    """`rows`: the raw table's rows, or what the SQL made of them, ordered by `row`. `other_rows`: how many
    rows of the
    raw table stand in none of them."""

    rows: pl.DataFrame
    other_rows: int


def check_sql(sql: str) -> None:
    """Raises SourceSqlError where the text isn't one SELECT that gives the same rows for the same bytes."""
    try:
        statements = [statement for statement in sqlglot.parse(sql, dialect="duckdb") if statement is not None]
    except sqlglot.errors.ParseError as fault:
        line = fault.errors[0].get("line") if fault.errors else None
        raise SourceSqlError(f"går inte att läsa som SQL{f', rad {line}' if line else ''}") from None
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise SourceSqlError("ska vara en enda SELECT")
    for called in statements[0].find_all(exp.Func):
        name = (called.name if isinstance(called, exp.Anonymous) else called.sql_name()).lower()
        if name in _FICKLE or name.replace("_", "") in _FICKLE:
            raise SourceSqlError(
                f"använder {name}(), som inte ger samma rader varje dag; filens dag finns som delivered"
            )
    for column in statements[0].find_all(exp.Column):
        if not column.table and not column.this.quoted and column.name.lower() in _FICKLE:
            raise SourceSqlError(f"använder {column.name}, som inte ger samma rader varje dag")


def reshape(raw: pl.DataFrame, where: str | None, sql: str | None) -> Reshaped:
    """The rows after `where` and the SQL. `raw` has text columns, and `row` as a number. Raises SourceSqlError."""
    if where is None and sql is None:
        return Reshaped(raw, 0)
    if where is not None:
        check_sql(f"SELECT 1 FROM {RAW} WHERE {where}")
    if sql is not None:
        check_sql(sql)
    with _sandbox(raw) as con:
        if where is not None:
            _run(con, f"CREATE TABLE kept AS FROM {RAW} WHERE {where}")
            _run(con, f"DROP TABLE {RAW}")
            _run(con, f"ALTER TABLE kept RENAME TO {RAW}")
        rows = pl.DataFrame(_relation(con, sql if sql is not None else f"FROM {RAW}"))
    if "row" not in rows.columns:
        raise SourceSqlError("ger ingen kolumn row")
    texts = rows.select(
        pl.col("row").cast(pl.UInt32, strict=False), *(_as_text(rows[name]) for name in rows.columns if name != "row")
    )
    if texts["row"].null_count():
        raise SourceSqlError("ger rader utan row")
    kept = texts["row"].unique()
    return Reshaped(texts.sort("row", maintain_order=True), int((~raw["row"].is_in(kept.implode())).sum()))


def _as_text(column: pl.Series) -> pl.Series:
    return column.cast(pl.String).fill_null("")


class _Stream:
    """A frame as an Arrow stream alone: DuckDB reads that without the package that it asks for a Polars frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@contextmanager
def _sandbox(raw: pl.DataFrame) -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(":memory:")
    timer = threading.Timer(SECONDS, con.interrupt)
    try:
        con.register("given", _Stream(raw))
        con.execute(f"CREATE TABLE {RAW} AS FROM given")
        con.unregister("given")
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


def _relation(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyRelation:
    """The rows of the query, made: so that whatever goes wrong in it goes wrong here."""
    _run(con, f"CREATE TABLE result AS {sql}")
    return con.table("result")


def _run(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    try:
        return con.execute(sql)
    except duckdb.InterruptException:
        raise SourceSqlError(f"tog mer än {SECONDS:.0f} sekunder") from None
    except duckdb.OutOfMemoryException:
        raise SourceSqlError(f"behövde mer minne än {MEMORY}") from None
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as fault:
        # such a message speaks of the SQL's own names, never of a row
        raise SourceSqlError(f"går inte att köra: {str(fault).splitlines()[0]}") from None
    except duckdb.Error as fault:
        raise SourceSqlError(f"går inte att köra: {type(fault).__name__}") from None
