"""A sheet's cells as they were meant. Its reader gives texts of all: of numbers, of dates, and of errors."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from assets.intake.marked_cells import with_marks
from assets.intake.parsing import AMBIGUOUS, SPOILED
from assets.intake.sheet_xml import SheetXml
from assets.intake.times import FIRST_SERIAL_DAY, SERIAL, SHIFT_1904

if TYPE_CHECKING:
    from fastexcel import DType, ExcelReader

_DATE = r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}:\d{2}.*)?$"
_MIDNIGHT = r"^\d{4}-\d{2}-\d{2}[ T]00:00:00$"


def load_sheet(workbook: "ExcelReader", index: int, dtype: "DType", columns: list[str] | None = None) -> pl.DataFrame:
    return workbook.load_sheet(index, header_row=None, skip_rows=0, dtypes=dtype, use_columns=columns).to_polars()


def cells_reader(
    workbook: "ExcelReader",
    index: int,
    cells: pl.DataFrame,
    sheet: SheetXml | None,
    left_out: int,
    *,
    epoch_1904: bool,
) -> Callable[[Sequence[int]], pl.DataFrame]:
    """`left_out`: how many columns of the sheet come before the first of the cells."""

    def read(numbers: Sequence[int]) -> pl.DataFrame:
        plain = _plain_numbers(cells, workbook, index, numbers)
        bare = _bare_dates(plain, workbook, index, epoch_1904=epoch_1904)
        named = bare.rename({old: str(position) for position, old in enumerate(bare.columns)})
        return (with_marks(named, sheet, left_out) if sheet else named).with_row_index("row", offset=1)

    return read


def _bare_dates(cells: pl.DataFrame, workbook: "ExcelReader", index: int, *, epoch_1904: bool) -> pl.DataFrame:
    """Date cells at midnight without their time, for a date cell gives no time of day and the text `00:00` does; and
    those of a serial that is no date marked as spoiled.

    Cells and texts look alike, so the columns that hold such a text are read again as dates: only real date
    cells come back.
    """
    suspects = _holding(cells.select(pl.col(pl.String)), _DATE)
    if not suspects:
        return cells
    first = FIRST_SERIAL_DAY + SHIFT_1904 if epoch_1904 else FIRST_SERIAL_DAY
    earliest = datetime.combine(first, datetime.min.time())
    bare = []
    for name, date in zip(suspects, load_sheet(workbook, index, "datetime", suspects).iter_columns(), strict=True):
        text = cells[name]
        is_date = text.str.contains(_DATE) & date.is_not_null()
        value = (
            pl.when(is_date & (date < earliest))
            .then(pl.lit(SPOILED) + text.str.head(10))
            .when(is_date & text.str.contains(_MIDNIGHT))
            .then(text.str.head(10))
            .otherwise(text)
        )
        bare.append(pl.select(value).to_series().alias(name))
    return cells.with_columns(bare)


def _plain_numbers(
    cells: pl.DataFrame, workbook: "ExcelReader", index: int, positions: Sequence[int]
) -> pl.DataFrame:
    """The cells, in which a number of three decimals can't be taken for a text with thousands marked: `1.125` of a
    number's cell is `1.1250`.

    Cells and texts look alike, so the columns that hold such a text are read again as yes and no, which a number is
    to the reader and a text isn't.
    """
    suspects = _holding(cells.select(cells.columns[at] for at in positions).select(pl.col(pl.String)), AMBIGUOUS)
    if not suspects:
        return cells
    typed = load_sheet(workbook, index, "boolean", suspects)
    is_number = {name: typed[name].is_not_null() & cells[name].str.contains(AMBIGUOUS) for name in suspects}
    return cells.with_columns(
        pl.when(is_number[name]).then(pl.col(name) + "0").otherwise(pl.col(name)).alias(name) for name in suspects
    )


def _holding(texts: pl.DataFrame, pattern: str) -> list[str]:
    """The columns in which some text is like that."""
    if not texts.width:
        return []
    holds = texts.select(pl.all().str.contains(pattern).any()).row(0)
    return [name for name, any_does in zip(texts.columns, holds, strict=True) if any_does]


def shift_serials(text: pl.Expr) -> pl.Expr:
    """Serials that count from 1904 as ones that count from 1900."""
    number = text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False) + SHIFT_1904.days
    integer = number.floor().cast(pl.Int64, strict=False).cast(pl.String)
    shifted = pl.when(number == number.floor()).then(integer).otherwise(number.cast(pl.String))
    return pl.when(text.str.contains(SERIAL)).then(shifted).otherwise(text)
