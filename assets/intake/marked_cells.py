"""A sheet's cells as its reader gives them, made good by what its XML says of them (`sheet_xml`).

`left_out`: how many columns of the sheet come before the first of the cells.
"""

import polars as pl

from assets.intake.parsing import SPACES, SPOILED
from assets.intake.sheet_xml import SheetXml


def left_out_columns(cells: pl.DataFrame, sheet: SheetXml) -> int:
    """How many columns the reader has left out, as it does with empty ones before the first: seen by where the first
    row that says something begins."""
    for row, texts in enumerate(cells.iter_rows()):
        given = next((position for position, text in enumerate(texts) if text and text.strip(SPACES)), None)
        if given is not None:
            return min((position for position, rows in sheet.filled.items() if row in rows), default=given) - given
    return 0


def with_decoded_texts(cells: pl.DataFrame, sheet: SheetXml, left_out: int) -> pl.DataFrame:
    """The cells with the texts that the reader gives with escapes in them as Excel shows them."""
    by_position: dict[int, dict[int, str]] = {}
    for (row, position), text in sheet.texts.items():
        if 0 <= position - left_out < cells.width and row < cells.height:
            by_position.setdefault(position - left_out, {})[row] = text
    return cells.with_columns(
        cells[:, position].scatter(list(texts), list(texts.values())) for position, texts in by_position.items()
    )


def _lost(cells: pl.DataFrame, sheet: SheetXml, left_out: int) -> dict[int, list[int]]:
    """By position, the rows in which a value stands that the reader gave as empty."""
    found = {}
    for position in range(cells.width):
        if rows := sheet.filled.get(position + left_out):
            row = pl.lit(pl.Series(rows, dtype=pl.Int64))
            inside = row.filter(row < cells.height)
            found[str(position)] = inside.filter(pl.col(str(position)).gather(inside).is_null()).implode()
    if not found:
        return {}
    rows_of = cells.select(**found).row(0, named=True)
    return {int(position): rows for position, rows in rows_of.items()}


def with_marks(cells: pl.DataFrame, sheet: SheetXml, left_out: int) -> pl.DataFrame:
    """The cells with those marked whose value can't be had, and those that hold one that the reader gave as empty."""
    spoiled: dict[int, dict[int, str]] = {}
    for (row, position), text in sheet.spoiled.items():
        if position >= left_out:
            spoiled.setdefault(position - left_out, {})[row] = SPOILED + text
    for position, rows in _lost(cells, sheet, left_out).items():
        for row in rows:
            spoiled.setdefault(position, {}).setdefault(row, SPOILED)
    width = max([cells.width - 1, *spoiled]) + 1
    height = max([cells.height - 1, *(row for texts in spoiled.values() for row in texts)]) + 1
    if height > cells.height:
        cells = pl.concat([cells, cells.clear(height - cells.height)])
    cells = cells.with_columns(pl.lit(None, pl.String).alias(str(position)) for position in range(cells.width, width))
    columns = []
    for position, texts in spoiled.items():
        column = cells[str(position)].cast(pl.String).scatter(list(texts), list(texts.values()))
        columns.append(column.alias(str(position)))
    return cells.with_columns(columns)
