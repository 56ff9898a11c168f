"""A grid of text cells → the raw table that a source's SQL and columns read: text columns under the source's
headings.

Columns are named by the headings, trimmed. A heading that comes again (DuckDB knows no case) gets `#2`, `#3`;
a nameless
one the name before it with `#2`, a leading one `#1`; a trailing nameless column without any value is none.
Beside them
stand `row` (as a spreadsheet counts; a JSON record's number), `sheet`, `file` and `delivered`.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from assets.intake.parsing import SPACES
from assets.intake.refusal import EMPTY, NO_HEADING_ROW, Refused
from assets.intake.sources.definition import Source
from assets.intake.sources.map_columns import META
from assets.registers.contract import Register, heading_key

WITHIN_ROWS = 30
"""The heading row is looked for among so many first rows (docs/spec/interfaces.md, Reading a file)."""

Cells = Sequence[str | None]


def raw_table(grid: pl.DataFrame, source: Source, register: Register) -> pl.DataFrame:
    """The rows under the heading row, every cell a trimmed text and an empty one ''.

    `grid`: `row` and the cells of the file or sheet as text columns in their order. Blank rows, rows that repeat the
    headings and, where the register has more than one required column, rows with a single value are left out; then
    `fill_down` fills. Raises Refused.
    """
    cells = grid.drop("row").select(pl.all().cast(pl.String).str.strip_chars(SPACES).fill_null(""))
    index = heading_index(cells.head(WITHIN_ROWS).rows(), source, register)
    headings = _headings(cells, index, source.read.heading_rows)
    body = cells.slice(index + 1)
    has_value = [body.get_column(name).ne("").any() for name in body.columns]
    width = max((place + 1 for place, text in enumerate(headings) if text or has_value[place]), default=0)
    names = column_names(headings[:width])
    body = body.select(body.columns[:width]).rename(dict(zip(body.columns, names, strict=False)))
    rows = body.insert_column(0, grid["row"].slice(index + 1).cast(pl.UInt32))
    return _filled_down(_data_rows(rows, headings[:width], register), source.read.fill_down)


def with_place(rows: pl.DataFrame, sheet: str, file: str, delivered: date) -> pl.DataFrame:
    """The raw table with what its SQL may ask of where a row stands."""
    return rows.with_columns(sheet=pl.lit(sheet), file=pl.lit(file), delivered=pl.lit(delivered.isoformat()))


def heading_index(rows: Sequence[Cells], source: Source, register: Register) -> int:
    """The place of the heading row: the one that the source file gives, else the first in which the most headings of
    the source file and the contract are recognised. Raises Refused where none is, or all rows are empty."""
    if source.read.heading_row is not None:
        if len(rows) < source.read.heading_row:
            raise Refused(NO_HEADING_ROW if rows else EMPTY)
        return source.read.heading_row - 1
    known = {heading_key(part) for heading in source.headings for part in (heading, *heading.split(" / "))}
    known |= register.by_heading.keys()
    best, most = -1, 0
    for index, row in enumerate(rows):
        recognised = len({heading_key(cell) for cell in row if cell} & known)
        if recognised > most or (recognised == most > 0 and index == best + 1 and source.read.heading_rows > 1):
            best, most = index, recognised
    if best < 0:
        raise Refused(NO_HEADING_ROW if any(cell for row in rows for cell in row) else EMPTY)
    return best


def _headings(cells: pl.DataFrame, index: int, rows: int) -> list[str]:
    """The texts of the heading row; of two rows the parts that say something, the upper one filled to the right."""
    lower = list(cells.row(index))
    if rows == 1 or index == 0:
        return lower
    upper, last = [], ""
    for text in cells.row(index - 1):
        last = text or last
        upper.append(last)
    return [" / ".join(part for part in parts if part) for parts in zip(upper, lower, strict=True)]


def column_names(headings: Sequence[str]) -> list[str]:
    """A name for each heading, all different also without regard to case."""
    names: list[str] = []
    taken = {name.casefold() for name in META}
    named = ""
    for heading in headings:
        # what has no heading is the second of the column before it, or where there is none the first of nothing
        name, number = (heading, 1) if heading else (f"{named}#2", 2) if named else ("#1", 1)
        named = heading or named
        while name.casefold() in taken:
            number += 1
            name = f"{named}#{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _data_rows(rows: pl.DataFrame, headings: Sequence[str], register: Register) -> pl.DataFrame:
    texts = rows.columns[1:]
    if not texts:
        return rows.clear()
    filled = pl.sum_horizontal(pl.col(name).ne("").cast(pl.UInt16) for name in texts)
    repeats = pl.all_horizontal(
        pl.col(name) == heading for name, heading in zip(texts, headings, strict=True) if heading
    )
    least = 2 if len(register.required) > 1 and len(texts) > 1 else 1
    return rows.filter((filled >= least) & ~repeats)


def _filled_down(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """An empty cell means "as above"; a new value in an earlier listed column stops the later ones."""
    groups: list[str] = []
    for name in names:
        if name not in rows.columns:
            raise Refused(f"rubriken {name} saknas")
        above = pl.col(name).replace("", None).forward_fill()
        rows = rows.with_columns((above.over(groups) if groups else above).fill_null("").alias(name))
        rows = rows.with_columns(pl.col(name).rle_id().alias(f"\x00{name}"))
        groups.append(f"\x00{name}")
    return rows.drop(groups)
