"""CSV that opens right in Swedish Excel: UTF-8 with BOM, `;`, CRLF, decimal comma, ISO dates, no `sep=` line."""

from pathlib import Path

import polars as pl

_FORMULA_SIGNS = r"[=+\-@\t\r]"
_STARTS_FORMULA = f"^{_FORMULA_SIGNS}"
DISARMED = f"^'{_FORMULA_SIGNS}"
"""Matches a cell of these files that has been given an apostrophe."""
_PLAIN_NUMBER = r"^[+-]?\d+(?:[.,]\d+)?$"


def write_excel_csv(table: pl.DataFrame, path: Path) -> None:
    """Writes the table as it is headed, without harm."""
    write_harmless(harmless(table), path)


def harmless(table: pl.DataFrame) -> pl.DataFrame:
    """The table, in which a cell that would start a formula has a leading apostrophe."""
    return table.with_columns(_harmless(name) for name in table.select(pl.selectors.string()).columns)


def _harmless(column: str) -> pl.Expr:
    text = pl.col(column)
    starts_formula = text.str.contains(_STARTS_FORMULA) & ~text.str.contains(_PLAIN_NUMBER)
    return pl.when(starts_formula).then("'" + text).when(text != "").then(text).alias(column)


def write_harmless(table: pl.DataFrame, path: Path) -> None:
    """Writes a table that `harmless` has given, or a part of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table.write_csv(path, include_bom=True, separator=";", line_terminator="\r\n", quote_style="necessary")


def decimal_comma(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.replace(".", ",", literal=True)
