"""A delivered file → its rows as text cells, numbered as a spreadsheet numbers them.

Encodings, separators, workbooks and the place of the heading row: interfaces.md, "Reading a file".
What can't be read is refused with a reason; nothing here knows what a cell means.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from assets.intake.headings import WITHIN_ROWS, Cells, Heading, accept, find_heading
from assets.intake.inbox import TEXT_ENDINGS
from assets.intake.refusal import EMPTY, NO_HEADING_ROW, UNREADABLE, Refused
from assets.registers.contract import Register

if TYPE_CHECKING:
    from fastexcel import DType

SEPARATORS = (";", ",", "\t", "|")
_HEAD_BYTES = 1 << 18
_BLANK = ' \t\r\n\u00a0\ufeff;,|"'
_SENTINEL = "\x1e"
_C1 = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"}
_MIDNIGHT = r"^\d{4}-\d{2}-\d{2} 00:00:00$"


@dataclass(frozen=True)
class Sheet:
    """The rows of a file from its first one. Columns: `row` (1 = the file's first) and `0`, `1`, … of text."""

    cells: pl.DataFrame
    heading: Heading


def read(path: Path, ending: str, register: Register) -> Sheet:
    """The file's rows with the register's heading row among them; `ending` tells text from workbook.

    Raises Refused where the file is empty or its heading row won't do, and whatever its reader raises.
    """
    return _read_text(path, register) if ending in TEXT_ENDINGS else _read_workbook(path, register)


def _read_text(path: Path, register: Register) -> Sheet:
    source = _as_utf8(path)
    with path.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
        head = file.read(_HEAD_BYTES).decode("utf-8-sig", errors="ignore")
    if not head.strip(_BLANK):
        raise Refused(EMPTY)
    heading, separator = None, ""
    for candidate in SEPARATORS:
        found = find_heading(list(islice(_records(head, candidate), WITHIN_ROWS)), register)
        if found and (heading is None or len(found.positions) > len(heading.positions)):
            heading, separator = found, candidate
    heading = accept(heading, register)
    width = len(heading.keys) + 1  # one more, so that cells beyond the headings are seen
    return Sheet(_numbered(_all_rows(source, separator, width)), heading)


def _as_utf8(path: Path) -> Path | bytes:
    """The file itself where it is UTF-8 already, else its text as UTF-8 bytes."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return path.read_bytes().decode("utf-16").encode()
    if _is_utf8(path):
        return path
    # Latin-1 with the C1 range read as Windows-1252; its five unused bytes stay the controls they are.
    return path.read_bytes().decode("latin-1").translate(_C1).encode()


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _all_rows(source: Path | bytes, separator: str, width: int) -> pl.DataFrame:
    """Every record of the file, `width` cells each: a record is a row also where quotes hold line breaks."""
    names = [f"column_{number}" for number in range(1, width + 1)]
    try:
        return pl.read_csv(
            source,
            has_header=False,
            separator=separator,
            schema=dict.fromkeys(names, pl.String),
            missing_columns="insert",
            extra_columns="ignore",
            truncate_ragged_lines=True,
            infer_schema=False,
        )
    except pl.exceptions.PolarsError:
        # Stray quotes: Polars refuses the file, the csv module reads them as the characters they are.
        text = (source.read_bytes() if isinstance(source, Path) else source).decode("utf-8-sig")
        rows = [row[:width] for row in _records(f"{text}\n{_SENTINEL}\n", separator)]
        if rows.pop() != [_SENTINEL]:  # a quote that never ends has swallowed the rest of the file
            raise Refused(UNREADABLE) from None
        padded = [row + [None] * (width - len(row)) for row in rows]
        return pl.DataFrame(padded, schema=dict.fromkeys(names, pl.String), orient="row")


def _records(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _read_workbook(path: Path, register: Register) -> Sheet:
    import fastexcel  # only where there is a workbook

    workbook = fastexcel.read_excel(path.read_bytes())
    reason = EMPTY
    for index, _ in enumerate(workbook.sheet_names):

        def load(dtype: "DType", columns: list[int] | None = None, index: int = index) -> pl.DataFrame:
            sheet = workbook.load_sheet(index, header_row=None, skip_rows=0, dtypes=dtype, use_columns=columns)
            return sheet.to_polars()

        cells = load("string")
        head: Sequence[Cells] = cells.head(WITHIN_ROWS).rows()
        heading = find_heading(head, register)
        if heading:
            return Sheet(_numbered(_bare_dates(cells, load)), accept(heading, register))
        if any(cell and cell.strip(_BLANK) for row in cells.iter_rows() for cell in row):
            reason = NO_HEADING_ROW
    raise Refused(reason)


def _bare_dates(cells: pl.DataFrame, load: "Callable[[DType, list[int]], pl.DataFrame]") -> pl.DataFrame:
    """Date cells at midnight without their time: a date cell gives no time of day, the text `00:00` does.

    Both look alike as text, so the columns that hold such a text are read again as dates: only real date
    cells come back.
    """
    suspects = [
        position
        for position, column in enumerate(cells.iter_columns())
        if column.dtype == pl.String and column.str.contains(_MIDNIGHT).any()
    ]
    if not suspects:
        return cells
    bare = []
    for position, date in zip(suspects, load("datetime", suspects).iter_columns(), strict=True):
        text = cells.to_series(position)
        is_date = text.str.contains(_MIDNIGHT) & date.is_not_null()
        bare.append(pl.select(pl.when(is_date).then(text.str.head(10)).otherwise(text)).to_series().alias(text.name))
    return cells.with_columns(bare)


def _numbered(cells: pl.DataFrame) -> pl.DataFrame:
    named = cells.rename({old: str(position) for position, old in enumerate(cells.columns)})
    return named.with_row_index("row", offset=1)
