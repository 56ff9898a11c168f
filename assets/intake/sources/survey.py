"""What a file that nobody has described yet says to a register: which headings it has for what, and what is left.

Nothing here decides: what is certain is found, what is likely is offered, for the person who writes the source file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.intake.parsing import parse
from assets.intake.privacy import masked
from assets.intake.rows import ORGANISATION_COLUMNS
from assets.intake.sources import json_records
from assets.intake.sources.date_formats import fitting_formats
from assets.intake.sources.definition import Source
from assets.intake.sources.file_kind import kind_of
from assets.intake.sources.grids import Grid, read_grids
from assets.intake.sources.likely_headings import LikelyHeadings
from assets.intake.sources.offers import DATES, is_personal, offered_for, texts_of
from assets.intake.sources.raw_table import aligned, raw_table
from assets.registers.column import Column
from assets.registers.comparable import heading_key
from assets.registers.contract import Register

_MONTH_FIRST = frozenset({"%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S"})
_OF_WORDS = frozenset({"enum", "bool"})


@dataclass(frozen=True)
class Survey:
    """What a file holds, seen from a register.

    `recognised`: contract column → the file's heading that is one of its own. `twice`: columns for which the file has
    several such. `offered`: column that nothing gives → headings that may. `dates`: date column or heading → formats
    that fit every cell, where the contract's own reading doesn't, or where two of them do. `words`: enum and bool
    columns → `word` and `count` of what the contract doesn't read under their heading, or under the first that is
    offered. `organisations`: the heading that names whose the
    rows are, and its different words. `personal`, `unwanted`: headings that nothing wants. `nameless`: how many
    columns have no heading. `withheld`: how many headings hold what may not be written down. `heading_row`: as a
    spreadsheet counts, 0 of records.
    """

    rows: int
    heading_row: int
    recognised: Mapping[str, str]
    twice: Mapping[str, tuple[str, ...]]
    offered: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, tuple[str, ...]]
    words: Mapping[str, pl.DataFrame]
    organisations: Mapping[str, tuple[str, ...]]
    personal: tuple[str, ...]
    unwanted: tuple[str, ...]
    nameless: int
    withheld: int
    sheets: tuple[str, ...]
    other_sheets: int
    records: str | None


def survey(path: Path, ending: str, register: Register, registers: Mapping[str, Register]) -> Survey:
    """What the file holds. Raises Refused where it has no rows or no heading row, and whatever its reader raises."""
    records = None
    if ending in json_records.ENDINGS - json_records.LINES:
        records = json_records.path_to_records(path.read_bytes())
    read = {"sheets": "all" if kind_of(path, ending) == "book" else None, "records": records}
    source = Source.model_validate({"name": "draft", "register": register.name, "files": ["*"], "read": read})
    grids = read_grids(path, ending, source, register, LikelyHeadings(source, register))
    meant = _alike(grids, register)
    tables = aligned([raw_table(grid, source, register) for grid in meant])
    cells = pl.concat([table.rows for table in tables]).drop("row")
    names = [name for name in cells.columns if _may_be_written(name)]
    own = {heading_key(heading) for grid in meant for heading in grid.heading.names}
    repeated = {name for table in tables for name in table.repeated}
    named = [name for name in names if heading_key(name) in own - {""} or name in repeated]
    by_column = {column.name: tuple(_of(column, named)) for column in register.columns}
    recognised = {column: found[0] for column, found in by_column.items() if len(found) == 1}
    organisations = dict(_organisations(cells, named, register))
    left = [name for name in named if not any(name in found for found in by_column.values())]
    left = [name for name in left if name not in organisations]
    dates = {name: formats for name in left if (formats := fitting_formats(texts_of(cells[name])))}
    readable = {name for name in left if name not in dates and _reads_as_date(cells[name])}
    lacking = [column for column in register.columns if not by_column[column.name]]
    offered = {
        column.name: tuple(offered_for(column, left, [name for name in left if name in readable or name in dates]))
        for column in lacking
    }
    dates |= {
        name: formats for name, heading in recognised.items() if (formats := _formats(cells[heading], register, name))
    }
    likely = {name: found[0] for name, found in offered.items() if found}
    taken = {name for found in offered.values() for name in found}
    over_nameless = {name.removesuffix("#2") for name in set(names) - set(named)}
    unwanted = [name for name in left if name not in taken | over_nameless]
    personal = [name for name in unwanted if is_personal(name, cells[name], registers)]
    return Survey(
        rows=cells.height,
        heading_row=meant[0].heading.index + 1 if meant[0].heading.positions else 0,
        recognised=recognised,
        twice={column: found for column, found in by_column.items() if len(found) > 1},
        offered=offered,
        dates=dates,
        words={
            name: words
            for name, heading in (recognised | likely).items()
            if register.by_name[name].type in _OF_WORDS
            and (words := unread(cells[heading], register.by_name[name])).height
        },
        organisations=organisations,
        personal=tuple(personal),
        unwanted=tuple(name for name in unwanted if name not in personal),
        nameless=len(names) - len(named),
        withheld=cells.width - len(names),
        sheets=tuple(grid.sheet for grid in meant) if len(grids) > 1 else (),
        other_sheets=len(grids) - len(meant),
        records=records,
    )


def unread(cells: pl.Series, column: Column) -> pl.DataFrame:
    """`word` and `count` of the texts that the contract doesn't read in the column, the commonest first; of spellings
    that differ in case, one."""
    texts = texts_of(cells).alias(column.slug)
    values = parse(texts.to_frame(), [column])[column.slug]
    words = texts.filter(values.is_null()).alias("word").to_frame()
    found = words.group_by(pl.col("word").str.to_lowercase().alias("folded")).agg(
        pl.col("word").min(), count=pl.len()
    )
    return found.select("word", "count").sort(["count", "word"], descending=[True, False])


def _alike(grids: list[Grid], register: Register) -> list[Grid]:
    """The sheet with the most headings of the register, the widest of equal ones, and those with the same ones."""
    filled = [grid for grid in grids if grid.cells.height] or grids

    def known(grid: Grid) -> tuple[int, int]:
        return sum(key in register.by_heading for key in grid.heading.keys), sum(map(bool, grid.heading.keys))

    best = max(filled, key=known)
    keys = {key for key in best.heading.keys if key}
    return [grid for grid in filled if {key for key in grid.heading.keys if key} == keys]


def _may_be_written(name: str) -> bool:
    """Whether a heading holds neither a personal number nor an address: a source file is no place for them."""
    return name.isprintable() and masked(name) == name


def _of(column: Column, names: list[str]) -> Iterator[str]:
    keys = {heading_key(spelling) for spelling in column.headings}
    return (name for name in names if heading_key(name.split("#")[0]) in keys or heading_key(name) in keys)


def _organisations(
    cells: pl.DataFrame, names: list[str], register: Register
) -> Iterator[tuple[str, tuple[str, ...]]]:
    keys = set(map(heading_key, ORGANISATION_COLUMNS)) - register.by_heading.keys()
    for name in names:
        if heading_key(name) in keys and len(words := texts_of(cells[name]).unique().sort()) > 1:
            yield name, tuple(words)


def _formats(cells: pl.Series, register: Register, name: str) -> tuple[str, ...]:
    """The formats that a column's own reading doesn't have, or that fit where its own does and mean another day."""
    if register.by_name[name].type not in DATES:
        return ()
    formats = fitting_formats(texts_of(cells))
    is_read = _reads_as_date(cells) and not (
        _MONTH_FIRST & set(formats) and cells.str.contains("/", literal=True).any()
    )
    return () if is_read else formats


def _reads_as_date(cells: pl.Series) -> bool:
    """Whether the contracts read every cell that says something, and there is one."""
    texts = texts_of(cells)
    column = Column(name="Datum", type="datetime")
    return bool(len(texts)) and parse(texts.alias(column.slug).to_frame(), [column])[column.slug].null_count() == 0
