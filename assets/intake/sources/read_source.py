"""A source's file → the rows of its register: bytes to raw table, SQL, columns, words, formats, whose they are.

What comes out goes the same way as every delivery's rows: to the contract, with quarantine and counts. A row is known
there by a number of its own, since two may stand on one row of the file; `placed` says afterwards where each stood.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import polars as pl

from assets.intake.contract_result import ContractResult, OwnTexts
from assets.intake.lookup_key import LookupKey
from assets.intake.privacy import masked
from assets.intake.refusal import Refused
from assets.intake.rows import BROKEN, ParsedRows
from assets.intake.sources.definition import Source
from assets.intake.sources.grids import read_grids
from assets.intake.sources.lookup_hashes import with_hashes
from assets.intake.sources.map_columns import map_columns
from assets.intake.sources.raw_table import RawTable, aligned, raw_table, with_place
from assets.intake.sources.reshape import HEADING, reshape
from assets.intake.sources.sandbox import SourceSqlError
from assets.intake.sources.split import folders_of
from assets.intake.sources.unread_words import unread_words
from assets.registers.contract import Register

SHEET, FROM_HEADING = "source_sheet", "source_heading"
"""Columns that a reading of a source has beside the contract's: the sheet that a row stands on, where the source may
read several; and the source's heading that a fault stands under, where there is one."""


@dataclass(frozen=True)
class SourceDelivery:
    """A file and the source that reads it. `name`: the delivery's, `archive.zip/member` of what was packed;
    `delivered`: its day as ISO text; `organisation`: whose rows are wanted."""

    source: Source
    name: str
    delivered: str
    organisation: str

    @property
    def file(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.name).name

    @property
    def reading(self) -> str:
        """What beside the bytes and the contract decides the rows."""
        return self.source.reading(self.file, self.delivered, self.organisation)


@dataclass(frozen=True)
class SourceRows:
    """`parsed`: the rows by numbers of their own; `own`: what the file says in them; `places`: `id`, and of each the
    file's `row`, its SHEET and its `heading`; `headings`: contract column → the source's heading."""

    parsed: ParsedRows
    own: OwnTexts
    places: pl.DataFrame
    headings: Mapping[str, str]


def read_source(
    path: Path, ending: str, delivery: SourceDelivery, register: Register, lookup_key: LookupKey
) -> SourceRows:
    """The rows of one organisation. Raises Refused, and whatever the file's reader raises."""
    source = delivery.source
    tables = aligned([raw_table(grid, source, register) for grid in read_grids(path, ending, source, register)])
    rows, other_rows = _reshaped(tables, delivery)
    mapped = map_columns(
        rows, source, register, delivery.file,
        repeated={name for table in tables for name in table.repeated},
        epoch_1904=any(table.epoch_1904 for table in tables),
    )  # fmt: skip
    mapped = with_hashes(mapped, source, register, lookup_key)
    folders = folders_of(rows, source.organisation) if source.organisation else None
    wanted = rows.select(pl.lit(True)).to_series() if folders is None else (folders == delivery.organisation)
    wanted = wanted.fill_null(False)
    number = pl.int_range(1, rows.height + 1, dtype=pl.UInt32, eager=True).alias("row")
    broken = _broken(tables, source, first=rows.height + 1)
    return SourceRows(
        parsed=ParsedRows(
            cells=mapped.cells.insert_column(0, number).filter(wanted),
            broken=broken.select(pl.col("id").alias("row"), "rule").cast(BROKEN),  # type: ignore[arg-type]
            notes=sum(table.notes for table in tables),
            dropped_characters=sum(table.dropped for table in tables),
            unknown=list(mapped.unknown),
            missing=list(mapped.missing),
            other_rows=other_rows,
            other_organisations=0 if folders is None else folders.null_count(),
            absent=[name for name in source.absent if name in mapped.missing],
            unexpected=[name for name in source.absent if name not in mapped.missing],
            words=unread_words(mapped.cells.filter(wanted), register, lookup_key),
        ),
        own=OwnTexts(*(_of(wanted, table) for table in (mapped.own, mapped.unreadable))),
        places=pl.concat([_places(rows, number, tables, source), broken.drop("rule")]),
        headings={
            column: heading for column, heading in mapped.headings.items() if heading in tables[0].rows.columns
        },
    )


def _of(wanted: pl.Series, table: pl.DataFrame) -> pl.DataFrame:
    """The rows that are wanted; a table without columns has none."""
    return table.filter(wanted) if table.width else table


def _reshaped(tables: list[RawTable], delivery: SourceDelivery) -> tuple[pl.DataFrame, int]:
    """The rows of all sheets after `where` and SQL, which see a sheet at a time, for a row is known by its number
    there; and how many rows they left out."""
    source = delivery.source
    parts, other_rows = [], 0
    for table in tables:
        try:
            made = reshape(with_place(table, delivery.file, delivery.delivered), source.read.where, source.sql)
        except SourceSqlError as fault:
            raise Refused(f"källan {source.name}: {masked(str(fault))}") from None
        parts.append(made.rows.with_columns(pl.lit(table.sheet).alias("sheet")))
        other_rows += made.other_rows
    rows = pl.concat(parts, how="diagonal")
    return rows.with_columns(pl.exclude("row").fill_null("")), other_rows


def _places(rows: pl.DataFrame, number: pl.Series, tables: list[RawTable], source: Source) -> pl.DataFrame:
    """Where each row stands. What SQL calls a heading is one only where it is: it could be any text of a cell."""
    heading = pl.lit(None, pl.String)
    if source.sql and HEADING in rows.columns:
        named = {name: masked(name) for table in tables for name in table.rows.columns[1:]}
        heading = pl.col(HEADING).replace_strict(named, default=None, return_dtype=pl.String)
    return rows.select(number.alias("id"), "row", _sheet(source, tables).alias(SHEET), heading.alias("heading"))


def _sheet(source: Source, tables: list[RawTable]) -> pl.Expr:
    """The sheet's name as it may be shown, where it is told."""
    shown = {table.sheet: masked(table.sheet) for table in tables}
    return pl.col("sheet").replace(shown) if source.read.several_sheets else pl.lit(None, pl.String)


def _broken(tables: list[RawTable], source: Source, first: int) -> pl.DataFrame:
    """The rows whose form is wrong, of every sheet: whose they are nobody knows, so every organisation sees them."""
    rows = pl.concat(table.broken.with_columns(pl.lit(table.sheet).alias("sheet")) for table in tables)
    return rows.select(
        pl.int_range(first, first + rows.height, dtype=pl.UInt32, eager=True).alias("id"),
        pl.col("row").cast(pl.UInt32),
        _sheet(source, tables).alias(SHEET),
        pl.lit(None, pl.String).alias("heading"),
        "rule",
    )


def placed(result: ContractResult, rows: SourceRows) -> ContractResult:
    """What became of the rows, each where it stands in the file: `row`, SHEET, and of faults FROM_HEADING."""
    headings = pl.DataFrame(
        {"column": list(rows.headings), "from": [masked(heading) for heading in rows.headings.values()]},
        schema={"column": pl.String, "from": pl.String},
    )

    sheet = [] if rows.places[SHEET].null_count() == rows.places.height else [SHEET]

    def at_place(table: pl.DataFrame) -> pl.DataFrame:
        found = table.rename({"row": "id"}).join(rows.places, on="id", how="left", maintain_order="left")
        return found.select("row", *table.columns[1:], *sheet, "heading")

    number = dict(zip(rows.places["id"], rows.places["row"], strict=True))
    in_file = pl.all().replace_strict(number, return_dtype=pl.UInt32)
    faults = at_place(result.failures).join(headings, on="column", how="left", maintain_order="left")
    heading = pl.coalesce(pl.col("heading"), pl.col("from")).alias(FROM_HEADING)
    return replace(
        result,
        valid=at_place(result.valid).drop("heading"),
        failures=faults.select(*result.failures.columns, *sheet, heading).sort("row", maintain_order=True),
        replaced=result.replaced.select(in_file),
        quarantined=at_place(result.quarantined).drop("heading"),
        personal_numbers=at_place(result.personal_numbers).drop("heading"),
    )
