"""A source's own SQL, its `where` and its `<name>.sql`, over the raw table (docs/spec/sources.md)."""

from dataclasses import dataclass

import polars as pl

from assets.intake.sources.sandbox import RAW, SourceSqlError, check_sql, run, sandbox

HEADING = "heading"
"""The column in which SQL names the source's heading that a row stands on."""


@dataclass(frozen=True)
class Reshaped:
    """`rows`: the raw table's rows, or what the SQL made of them, ordered by `row`. `other_rows`: how many rows of
    the raw table stand in none of them."""

    rows: pl.DataFrame
    other_rows: int


def check_where(where: str) -> None:
    """Raises SourceSqlError where the text is no condition on a row."""
    check_sql(f"SELECT 1 FROM {RAW} WHERE ({where}\n)")


def reshape(raw: pl.DataFrame, where: str | None, sql: str | None) -> Reshaped:
    """The rows after `where` and the SQL. `raw` has text columns, and `row` as a number. Raises SourceSqlError."""
    if where is None and sql is None:
        return Reshaped(raw, 0)
    if where is not None:
        check_where(where)
    if sql is not None:
        check_sql(sql)
    with sandbox(raw) as con:
        if where is not None:
            run(con, f"CREATE TABLE kept AS FROM {RAW} WHERE ({where}\n)")
            run(con, f"DROP TABLE {RAW}")
            run(con, f"ALTER TABLE kept RENAME TO {RAW}")
        if sql is not None:
            run(con, f"CREATE TABLE result AS {sql}")
        rows = pl.DataFrame(con.table(RAW if sql is None else "result"))
    return _checked(rows, raw["row"])


def _checked(rows: pl.DataFrame, given: pl.Series) -> Reshaped:
    if "row" not in rows.columns:
        raise SourceSqlError("ger ingen kolumn row")
    texts = rows.select(
        pl.col("row").cast(pl.UInt32, strict=False),
        *(_as_text(rows[name]) for name in rows.columns if name != "row"),
    )
    if not texts["row"].is_in(given.implode()).all() or texts["row"].null_count():
        raise SourceSqlError("ger rader vars row inte är källans")
    kept = texts["row"].unique()
    return Reshaped(texts.sort("row", maintain_order=True), int((~given.is_in(kept.implode())).sum()))


def _as_text(column: pl.Series) -> pl.Series:
    if column.dtype.is_nested():
        raise SourceSqlError(f"ger kolumnen {column.name} som en lista: gör text av den")
    if column.dtype == pl.Boolean:
        column = pl.select(pl.when(column).then(pl.lit("true")).when(~column).then(pl.lit("false"))).to_series()
    return column.cast(pl.String).fill_null("").str.strip_chars().alias(column.name)
