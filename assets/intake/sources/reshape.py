"""A source's own SQL, its `where` and its `<name>.sql`, over the raw table (docs/spec/sources.md)."""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import polars as pl

from assets.intake.sources.check_sql import check_sql
from assets.intake.sources.sandbox import RAW, SourceSqlError, run, sandbox

HEADING = "heading"
"""The column in which SQL names the source's heading that a row stands on."""


@dataclass(frozen=True)
class Reshaped:
    """`rows`: the raw table's rows, or what the SQL made of them, ordered by `row`. `other_rows`: how many rows of
    the raw table stand in none of them."""

    rows: pl.DataFrame
    other_rows: int


def check_where(where: str, columns: Collection[str] | None = None) -> None:
    """Raises SourceSqlError where the text is no condition on a row. `columns`: as in `check_sql`."""
    if not where.strip():
        raise SourceSqlError("är tom")
    check_sql(f"SELECT 1 FROM {RAW} WHERE ({where}\n)", columns)


def reshape(raw: pl.DataFrame, where: str | None, sql: str | None) -> Reshaped:
    """The rows after `where` and the SQL. `raw` has text columns, and `row` as a number. Raises SourceSqlError."""
    if where is None and sql is None:
        return Reshaped(raw, 0)
    if where is not None:
        check_where(where, raw.columns)
    if sql is not None:
        check_sql(sql, raw.columns)
    with sandbox(raw) as con:
        if where is not None:
            run(con, f"CREATE TABLE kept AS FROM {RAW} WHERE ({where}\n)")
            run(con, f"DROP TABLE {RAW}")
            run(con, f"ALTER TABLE kept RENAME TO {RAW}")
        if sql is not None:
            run(con, f"CREATE TABLE result AS {sql}")
        rows = _as_texts(con, RAW if sql is None else "result")
    return _checked(rows, raw["row"])


def _as_texts(con: duckdb.DuckDBPyConnection, table: str) -> pl.DataFrame:
    """The table's rows in order: `row` as a number, and its other columns as trimmed texts, '' for NULL."""
    columns = con.execute("SELECT name, type FROM pragma_table_info(?)", [table]).fetchall()
    if "row" not in (name.lower() for name, _ in columns):
        raise SourceSqlError("ger ingen kolumn row")
    fields = []
    for name, kind in columns:
        quoted, plain = _quoted(name), name.lower()
        if plain == "row":
            fields.append(f"try_cast({quoted} AS UINTEGER) AS row")
        elif kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
            raise SourceSqlError(f"ger kolumnen {name} som en lista: gör text av den")
        else:
            alias = HEADING if plain == HEADING else name
            fields.append(f"CAST({quoted} AS VARCHAR) AS {_quoted(alias)}")
    rows = pl.DataFrame(con.sql(f"SELECT {', '.join(fields)} FROM {table}"))
    return rows.select("row", pl.exclude("row").cast(pl.String).fill_null("").str.strip_chars())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _checked(rows: pl.DataFrame, given: pl.Series) -> Reshaped:
    if not rows["row"].is_in(given.implode()).all() or rows["row"].null_count():
        raise SourceSqlError("ger rader vars row inte är källans")
    kept = rows["row"].unique()
    return Reshaped(rows.sort("row", maintain_order=True), int((~given.is_in(kept.implode())).sum()))
