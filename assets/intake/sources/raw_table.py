"""A grid of text cells → the raw table that SQL and columns read: text columns under the source's headings.

Columns are named by the headings, trimmed. A heading that comes again (DuckDB knows no case) gets `#2`, `#3`; a
nameless one the name before it with `#2`, a leading one `#1`; a trailing nameless column without any value is none.
Beside them stand `row` (as a spreadsheet counts; a JSON record's number), `sheet`, `file` and `delivered`.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from assets.intake.parsing import SPACES, SPOILED
from assets.intake.refusal import Refused
from assets.intake.rows import sum_rows
from assets.intake.sources.definition import META, Source
from assets.intake.sources.grids import Grid
from assets.registers.comparable import heading_key
from assets.registers.contract import Register
from assets.registers.refusal_reasons import HEADING_MISSING


@dataclass(frozen=True)
class RawTable:
    """The rows of one sheet. `rows`: `row` and the source's columns, every cell a trimmed text and an empty one ''.
    `broken`: `row` and `rule` of the rows whose form is wrong; they are in no `rows`. `notes`: rows passed over
    because their only value is in a single cell. `dropped`: characters left out that no document can
    hold. `repeated`: names of columns whose heading comes again."""

    rows: pl.DataFrame
    broken: pl.DataFrame
    notes: int
    dropped: int
    sheet: str
    epoch_1904: bool
    repeated: frozenset[str]


def raw_table(grid: Grid, source: Source, register: Register) -> RawTable:
    """The rows of a grid. Blank rows, rows that repeat the headings, sums and, where a single value is none, notes
    are left out; then `fill_down` fills. Raises Refused where a column to fill isn't there."""
    texts = grid.cells.columns[2:]
    trimmed = (pl.col(name).str.strip_chars(SPACES).fill_null("") for name in texts)
    cells = grid.cells.select("row", "fault", *trimmed)
    is_broken = pl.col("fault").is_not_null()
    filled = pl.sum_horizontal(pl.col(name).ne("").cast(pl.UInt16) for name in texts) if texts else pl.lit(0)
    cells = cells.with_columns(filled=filled)
    cells = cells.filter(is_broken | ((pl.col("filled") > 0) & ~_repeats(cells, grid)))
    headings = [unicodedata.normalize("NFC", name) for name in grid.heading.names]
    headings += [""] * (len(texts) - len(headings))
    is_note = _sums(cells, headings, source, register)
    if not grid.counts_alone and len(texts) > 1:
        is_note |= cells.select(~is_broken & (pl.col("filled") == 1) & ~_goes_on(headings, source)).to_series()
    body = cells.filter(~is_note)
    has_value = [bool(body[name].ne("").any()) for name in texts]
    width = max((place + 1 for place in range(len(texts)) if headings[place] or has_value[place]), default=0)
    names = column_names(headings[:width])
    rows = body.select("row", "fault", *texts[:width]).rename(dict(zip(texts, names, strict=False)))
    rows = _filled_down(rows, source.read.fill_down)
    keys = [heading_key(heading) for heading in headings[:width]]
    return RawTable(
        rows=rows.filter(~is_broken).drop("fault"),
        broken=rows.filter(is_broken).select("row", rule="fault"),
        notes=cells.height - body.height,
        dropped=grid.dropped,
        sheet=grid.sheet,
        epoch_1904=grid.epoch_1904,
        repeated=frozenset(name for name, key in zip(names, keys, strict=True) if key and keys.count(key) > 1),
    )


def aligned(tables: Sequence[RawTable]) -> list[RawTable]:
    """The sheets of one file with the same columns in the same order, the spelling of the first; a cell whose column
    a sheet doesn't have is empty."""
    if len(tables) == 1:
        return list(tables)
    names: dict[str, str] = {}
    for table in tables:
        names |= {name.casefold(): names.get(name.casefold(), name) for name in table.rows.columns[1:]}
    aligned_tables = []
    for table in tables:
        own = {name.casefold(): name for name in table.rows.columns[1:]}
        columns = ((pl.col(own[key]) if key in own else pl.lit("")).alias(name) for key, name in names.items())
        aligned_tables.append(replace(table, rows=table.rows.select("row", *columns)))
    return aligned_tables


def with_place(table: RawTable, file: str, delivered: str) -> pl.DataFrame:
    """The raw table with what its SQL may ask of where a row stands. `delivered`: the day as ISO text."""
    place = {"sheet": table.sheet, "file": file, "delivered": delivered}
    return table.rows.with_columns(pl.lit(text).alias(name) for name, text in place.items())


def column_names(headings: Iterable[str]) -> list[str]:
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


def _sums(cells: pl.DataFrame, headings: Sequence[str], source: Source, register: Register) -> pl.Series:
    """Rows that sum up the others, as `rows.sum_rows` has it; none where SQL may make of them what it will."""
    needed = []
    for column in register.required if source.sql is None else ():
        mapping = source.columns.get(column.name)
        wanted = {heading_key(name) for name in (mapping.headings if mapping else column.headings)}
        places = [str(place) for place, name in enumerate(headings) if heading_key(name) in wanted and name]
        needed += places[:1] if len(wanted) == 1 or mapping is None else []
    body = cells.select(pl.col("filled").alias("values"), pl.col(r"^\d+$").replace("", None))
    return sum_rows(body, needed) & cells["fault"].is_null()


def _goes_on(headings: Sequence[str], source: Source) -> pl.Expr:
    """Whether a row's only value stands to the right of what is filled down, so that the row goes on with what is
    said above."""
    wanted = {heading_key(name) for name in source.read.fill_down}
    filled = [place for place, name in enumerate(headings) if name and heading_key(name) in wanted]
    right = [str(place) for place in range(min(filled, default=len(headings)), len(headings)) if place not in filled]
    return pl.any_horizontal(pl.col(place).ne("") for place in right) if right else pl.lit(False)


def _repeats(cells: pl.DataFrame, grid: Grid) -> pl.Series:
    """Rows that say the headings again, as page breaks in an export do."""
    repeats = pl.repeat(True, cells.height, dtype=pl.Boolean, eager=True)
    headings = [(place, name) for place, name in enumerate(grid.heading.names) if name]
    if not grid.heading.positions:  # records have no heading row
        return ~repeats
    for place, heading in headings:
        if str(place) in cells.columns:
            own = heading.rsplit(" / ", 1)[-1]  # of two heading rows the lower one
            repeats &= cells[str(place)].is_in([heading, own])
        if not repeats.any():
            break
    return repeats


def _filled_down(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """An empty cell means "as above"; a new value in an earlier listed column stops the later ones. What stood in a
    broken row nobody knows, so an empty cell under it can't be read."""
    by_key = {heading_key(name): name for name in reversed(rows.columns[2:])}
    groups: list[str] = []
    for wanted in names:
        name = wanted if wanted in rows.columns else by_key.get(heading_key(wanted))
        if name is None:
            raise Refused(HEADING_MISSING.format(heading=wanted))
        known = pl.when(pl.col("fault").is_null()).then(pl.col(name).replace("", None)).otherwise(pl.lit(SPOILED))
        above = known.forward_fill()
        rows = rows.with_columns((above.over(groups) if groups else above).fill_null("").alias(name))
        rows = rows.with_columns(pl.col(name).rle_id().alias(f"\x00{name}"))
        groups.append(f"\x00{name}")
    return rows.drop(groups)
