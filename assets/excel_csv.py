"""CSV that opens right in Swedish Excel: UTF-8 with BOM, `;`, CRLF, decimal comma, ISO dates, no `sep=` line."""

from pathlib import Path

import polars as pl

_STARTS_FORMULA = r"^[=+\-@\t\r]"
_PLAIN_NUMBER = r"^[+-]?\d+(?:[.,]\d+)?$"


def write_excel_csv(table: pl.DataFrame, path: Path) -> None:
    """Writes the table as it is headed. A cell that would start a formula gets a leading apostrophe."""
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = table.select(pl.selectors.string()).columns
    table.with_columns(_harmless(name) for name in texts).write_csv(
        path, include_bom=True, separator=";", line_terminator="\r\n", quote_style="necessary"
    )


def _harmless(column: str) -> pl.Expr:
    text = pl.col(column)
    starts_formula = text.str.contains(_STARTS_FORMULA) & ~text.str.contains(_PLAIN_NUMBER)
    return pl.when(starts_formula).then("'" + text).when(text != "").then(text).alias(column)


def decimal_comma(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.replace(".", ",", literal=True)
