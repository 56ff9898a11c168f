"""A workbook → the rows under its heading row as text cells, whichever sheet they stand on.

docs/spec/interfaces.md, Reading a file; docs/spec/sources.md, section 2: a workbook with the heading row on several
sheets is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from assets.intake.headings import WITHIN_ROWS, Heading, accept, find_heading
from assets.intake.parsing import AMBIGUOUS, SPACES, SPOILED
from assets.intake.refusal import Refused
from assets.intake.sheet_xml import SheetXml, WorkbookXml
from assets.intake.times import FIRST_SERIAL_DAY, SERIAL, SHIFT_1904
from assets.intake.unholdable import drop_from_columns
from assets.intake.workbook_xls import inspect_xls
from assets.intake.workbook_xml import inspect
from assets.personal_numbers import mask_text
from assets.registers.contract import Register
from assets.registers.refusal_reasons import EMPTY, NO_HEADING_ROW, SEVERAL_SHEETS

if TYPE_CHECKING:
    from fastexcel import DType, ExcelReader

_DATE = r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}:\d{2}.*)?$"
_MIDNIGHT = r"^\d{4}-\d{2}-\d{2}[ T]00:00:00$"


@dataclass(frozen=True)
class Rows:
    """`cells`: `row` (as the spreadsheet counts) and `0`, `1`, … of text, of the rows under the heading row; a cell
    whose value can't be had begins with `parsing.SPOILED`. `epoch_1904`: whether serials count from 1904. `dropped`:
    how many characters of the sheet no document can hold."""

    cells: pl.DataFrame
    heading: Heading
    epoch_1904: bool
    dropped: int


@dataclass(frozen=True)
class BookSheet:
    """One sheet of a workbook. `cells`: as its reader gives them, without row numbers. `read`: gives them as in
    `Rows`, with `row` and with those marked whose value can't be had, when it is told in which
    columns numbers with decimals stand. `epoch_1904`, `dropped`: as in `Rows`."""

    name: str
    cells: pl.DataFrame
    read: Callable[[Sequence[int]], pl.DataFrame]
    epoch_1904: bool
    dropped: int


def sheets_of(path: Path) -> Iterator[BookSheet]:
    """The sheets in their order. Raises Refused, and what its readers raise."""
    import fastexcel  # only where there is a workbook

    xml = inspect(path) or inspect_xls(path)
    workbook = fastexcel.read_excel(path.read_bytes())
    for index, name in enumerate(workbook.sheet_names):
        cells, dropped = drop_from_columns(_load(workbook, index, "string"))
        yield BookSheet(name, cells, _reader(workbook, index, cells, xml), bool(xml and xml.epoch_1904), dropped)


def read_workbook(path: Path, register: Register) -> Rows:
    """The rows of the one sheet that holds the heading row. Raises Refused where there is none or several, and what
    its readers raise."""
    found: list[tuple[BookSheet, Heading, bool]] = []
    reason = EMPTY
    for sheet in sheets_of(path):
        heading = find_heading(sheet.cells.head(WITHIN_ROWS).rows(), register)
        if heading:
            found.append((sheet, heading, says_something(sheet.cells.slice(heading.index + 1))))
        elif says_something(sheet.cells):
            reason = NO_HEADING_ROW
    if not found:
        raise Refused(reason)
    with_rows = [candidate for candidate in found if candidate[-1]]
    if len(with_rows) > 1:
        raise several_sheets(sheet.name for sheet, *_ in with_rows)
    sheet, heading, _ = (with_rows or found)[0]
    accept(heading, register)
    cells = sheet.read(_numbers(heading, register)).slice(heading.index + 1)
    return Rows(cells, heading, sheet.epoch_1904, sheet.dropped)


def several_sheets(names: Iterable[str]) -> Refused:
    """Why a workbook is refused in which these sheets could be meant."""
    return Refused(SEVERAL_SHEETS.format(sheets=", ".join(map(mask_text, names))))


def _load(workbook: "ExcelReader", index: int, dtype: "DType", columns: list[str] | None = None) -> pl.DataFrame:
    return workbook.load_sheet(index, header_row=None, skip_rows=0, dtypes=dtype, use_columns=columns).to_polars()


def _numbers(heading: Heading, register: Register) -> list[int]:
    return [at for name, at in heading.positions.items() if register.by_name[name].type == "number"]


def _reader(
    workbook: "ExcelReader", index: int, cells: pl.DataFrame, xml: WorkbookXml | None
) -> Callable[[Sequence[int]], pl.DataFrame]:
    def read(numbers: Sequence[int]) -> pl.DataFrame:
        plain = _plain_numbers(cells, workbook, index, numbers)
        bare = _bare_dates(plain, workbook, index, epoch_1904=bool(xml and xml.epoch_1904))
        named = bare.rename({old: str(position) for position, old in enumerate(bare.columns)})
        by_name = {sheet.name: sheet for sheet in xml.sheets} if xml else {}
        sheet = by_name.get(workbook.sheet_names[index])
        marked = _marked(named, sheet, _left_out(cells, sheet)) if sheet else named
        return marked.with_row_index("row", offset=1)

    return read


def _left_out(cells: pl.DataFrame, sheet: SheetXml) -> int:
    """How many columns the reader has left out, as it does with empty ones before the first: seen by where the first
    row that says something begins."""
    for row, texts in enumerate(cells.iter_rows()):
        given = next((position for position, text in enumerate(texts) if text and text.strip(SPACES)), None)
        if given is not None:
            return min((position for position, rows in sheet.filled.items() if row in rows), default=given) - given
    return 0


def says_something(cells: pl.DataFrame) -> bool:
    """Whether anything but blanks stands in some text cell."""
    texts = cells.select(pl.col(pl.String).str.strip_chars(SPACES).str.len_bytes().max().fill_null(0))
    return bool(texts.width and texts.height and max(texts.row(0)) > 0)


def _marked(cells: pl.DataFrame, sheet: SheetXml, left_out: int) -> pl.DataFrame:
    """The cells with those marked whose value can't be had, and those that hold one that the reader gave as empty.
    `left_out`: how many columns of the sheet come before the first of the cells."""
    spoiled: dict[int, dict[int, str]] = {}
    for (row, position), text in sheet.spoiled.items():
        if position >= left_out:
            spoiled.setdefault(position - left_out, {})[row] = SPOILED + text
    for position, rows in sheet.filled.items():
        if 0 <= position - left_out < cells.width:
            places = pl.Series(rows, dtype=pl.Int64)
            places = places.filter(places < cells.height)
            lost = places.filter(cells[str(position - left_out)].gather(places).is_null())
            for row in lost:
                spoiled.setdefault(position - left_out, {}).setdefault(row, SPOILED)
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


def _bare_dates(cells: pl.DataFrame, workbook: "ExcelReader", index: int, *, epoch_1904: bool) -> pl.DataFrame:
    """Date cells at midnight without their time, for a date cell gives no time of day and the text `00:00` does; and
    those of a serial that is no date marked as spoiled.

    Cells and texts look alike, so the columns that hold such a text are read again as dates: only real date
    cells come back.
    """
    suspects = [
        column.name
        for column in cells.iter_columns()
        if column.dtype == pl.String and column.str.contains(_DATE).any()
    ]
    if not suspects:
        return cells
    first = FIRST_SERIAL_DAY + SHIFT_1904 if epoch_1904 else FIRST_SERIAL_DAY
    earliest = datetime.combine(first, datetime.min.time())
    bare = []
    for name, date in zip(suspects, _load(workbook, index, "datetime", suspects).iter_columns(), strict=True):
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
    names = [cells.columns[at] for at in positions if cells[:, at].dtype == pl.String]
    suspects = [name for name in names if cells[name].str.contains(AMBIGUOUS).any()]
    if not suspects:
        return cells
    typed = _load(workbook, index, "boolean", suspects)
    is_number = {name: typed[name].is_not_null() & cells[name].str.contains(AMBIGUOUS) for name in suspects}
    return cells.with_columns(
        pl.when(is_number[name]).then(pl.col(name) + "0").otherwise(pl.col(name)).alias(name) for name in suspects
    )


def shift_serials(text: pl.Expr) -> pl.Expr:
    """Serials that count from 1904 as ones that count from 1900."""
    number = text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False) + SHIFT_1904.days
    integer = number.floor().cast(pl.Int64, strict=False).cast(pl.String)
    shifted = pl.when(number == number.floor()).then(integer).otherwise(number.cast(pl.String))
    return pl.when(text.str.contains(SERIAL)).then(shifted).otherwise(text)
