"""Rows under a source's own headings → the texts of the contract's columns.

[columns] (from, file, constant, hash, extract) → [values] → format, in that order. What a source file doesn't mention
flows on as it stands: nothing gets a default value, nothing unknown becomes a known one.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import polars as pl

from assets.intake.parsing import SPACES, SPOILED, null_if_blank, undo_spreadsheet_marks
from assets.intake.refusal import ColumnsMissing, Refused
from assets.intake.rows import ORGANISATION_COLUMNS
from assets.intake.sources.cells import first_group, in_name, made_key
from assets.intake.sources.column_mapping import ColumnMapping
from assets.intake.sources.definition import META, Source
from assets.intake.sources.formats import read_formats
from assets.intake.sources.reshape import HEADING
from assets.intake.sources.words import first_fitting
from assets.intake.workbook_cells import shift_serials
from assets.registers.column import Column
from assets.registers.comparable import heading_key
from assets.registers.contract import Register
from assets.registers.refusal_reasons import HEADING_MISSING, HEADING_TWICE, SEVERAL_ORGANISATIONS


@dataclass(frozen=True)
class MappedRows:
    """`cells`: under the contract's column names the texts that the contract reads, null where there is no value.
    `own`: the same columns with the source's own text, as quarantine shows it. `unreadable`: of the columns with
    formats, true where the text fits none of them. `missing`: columns of the contract that come from nowhere.
    `unknown`: headings that nothing wants. `headings`: of the columns that come from one heading, which. All in the
    rows' order."""

    cells: pl.DataFrame
    own: pl.DataFrame
    unreadable: pl.DataFrame
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    headings: Mapping[str, str]


@dataclass(frozen=True)
class _Found:
    """The columns that the rows have. `repeated`: those whose heading comes again. `place_columns`: those that say
    where a row stands, which only a source file that names them means."""

    source: Source
    names: tuple[str, ...]
    repeated: Collection[str]
    place_columns: Collection[str]
    by_key: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {heading_key(name): name for name in reversed(self.names)})

    def named(self, heading: str) -> str:
        """The column that the source file names so: a heading of the source's, else what stands beside them. Raises
        Refused where it is missing."""
        found = heading if heading in self.names else self.by_key.get(heading_key(heading))
        if found is None and heading.lower() in self.place_columns:
            renamed = next((name for name in self.names if name.lower() == f"{heading.lower()}#2"), None)
            found = renamed or heading.lower()
        if found is None:
            raise Refused(HEADING_MISSING.format(heading=heading))
        return found

    def own(self, column: Column) -> str | None:
        """The column that stands under a spelling of the contract, and isn't ignored. Raises Refused where there are
        several."""
        keys = {heading_key(spelling) for spelling in column.headings}
        keys -= {heading_key(name) for name in self.source.ignore}
        found = [name for name in self.names if heading_key(name) in keys]
        again = [name for name in self.repeated if heading_key(_heading(name)) in keys and name not in found]
        if len(found) > 1 or any(name not in self.source.headings for name in again):
            raise Refused(HEADING_TWICE.format(column=column.name))
        return found[0] if found else None


def _heading(name: str) -> str:
    """The heading of a column that has a number because it comes again."""
    return re.sub(r"#\d+$", "", name)


def map_columns(
    rows: pl.DataFrame,
    source: Source,
    register: Register,
    file: str,
    *,
    repeated: Collection[str] = (),
    epoch_1904: bool = False,
) -> MappedRows:
    """`rows`: text columns and `row`, after the source's SQL. `file`: the file's own name. `repeated`: columns whose
    heading comes again in the file. Raises Refused where a heading that the source file names is missing, or a column
    that the contract wants."""
    made = (*META, HEADING) if source.sql else META
    own_names = tuple(name for name in rows.columns if name not in made)
    found = _Found(source, own_names, repeated, set(rows.columns) - {*own_names})
    cells: dict[str, pl.Series] = {}
    own: dict[str, pl.Series] = {}
    unreadable: dict[str, pl.Series] = {}
    headings: dict[str, tuple[str, ...]] = {}
    for column in register.columns:
        mapping = source.columns.get(column.name) or _by_contract(column, found)
        if mapping is None:
            continue
        headings[column.name] = tuple(map(found.named, mapping.headings))
        text = _source_text(rows, mapping, headings[column.name], file)
        words = source.values.get(column.name, {})
        own[column.name] = text
        cells[column.name], fault = _cell(text, mapping, words, column, epoch_1904=epoch_1904)
        if fault is not None:
            unreadable[column.name] = fault
    unwanted = list(_unwanted(found, {name for names in headings.values() for name in names}))
    due = [column.name for column in register.columns if column.req or column.head]
    if lacking := [name for name in due if name not in cells and name not in source.absent]:
        raise ColumnsMissing(lacking, unwanted)
    _refuse_several_organisations(rows, unwanted, register)
    return MappedRows(
        cells=pl.DataFrame(cells),
        own=pl.DataFrame(own),
        unreadable=pl.DataFrame(unreadable),
        missing=tuple(column.name for column in register.columns if column.name not in cells),
        unknown=tuple(unwanted),
        headings={name: named[0] for name, named in headings.items() if len(named) == 1},
    )


def _by_contract(column: Column, found: _Found) -> ColumnMapping | None:
    """A column that the source file doesn't mention stands by its contract's own spelling."""
    heading = found.own(column)
    return None if heading is None else ColumnMapping.model_validate({"from": heading})


def _unwanted(found: _Found, used: Collection[str]) -> Iterator[str]:
    """Headings that neither the source file nor the contract knows."""
    named = {heading_key(name) for name in found.source.headings}
    renamed = {f"{name.lower()}#2" for name in found.source.headings if name.lower() in META}
    return (
        name
        for name in found.names
        if name not in used and heading_key(name) not in named and name.lower() not in renamed
    )


def _refuse_several_organisations(rows: pl.DataFrame, unwanted: Sequence[str], register: Register) -> None:
    """As for a delivery without a source: a column that nothing wants says whose the rows are, and they are
    several's."""
    columns = {heading_key(name): name for name in ORGANISATION_COLUMNS}
    for name in unwanted:
        key = heading_key(name)
        values = rows[name].str.to_lowercase().str.replace_all(r"\s+", " ") if key in columns else None
        if values is not None and key not in register.by_heading and values.filter(values != "").n_unique() > 1:
            raise Refused(SEVERAL_ORGANISATIONS.format(column=columns[key]))


def _source_text(rows: pl.DataFrame, mapping: ColumnMapping, headings: Sequence[str], file: str) -> pl.Series:
    """The text of the cell as the source has it, or as the file's name, a constant or a made key gives it."""
    if mapping.hash:
        return made_key(
            rows.select(pl.col(name).cast(pl.String).alias(str(place)) for place, name in enumerate(headings))
        )
    if mapping.source is not None:
        return rows[headings[0]].cast(pl.String).fill_null("").str.strip_chars(SPACES)
    text = mapping.constant or ""
    if mapping.file is not None:
        text = in_name(mapping.file, PurePosixPath(file).name)
    return pl.repeat(text, rows.height, dtype=pl.String, eager=True)


def _cell(
    own: pl.Series, mapping: ColumnMapping, words: Mapping[str, str], column: Column, *, epoch_1904: bool
) -> tuple[pl.Series, pl.Series | None]:
    """The text for the contract, and where it fits none of the column's formats, if it has any."""
    text = own
    if column.type != "text" and mapping.source is not None:
        text = pl.select(undo_spreadsheet_marks(pl.lit(text))).to_series().fill_null("")
    if mapping.extract:
        part = first_group(text, mapping.extract)
        # who is protected never stops being so because nothing is left of the cell
        text = part.zip_with(part != "", text) if column.protects else part
    mapped = first_fitting(text, words)
    value = pl.select(null_if_blank(pl.lit(mapped.zip_with(mapped.is_not_null(), text)), column.type)).to_series()
    if not mapping.format:
        if epoch_1904 and column.type in ("date", "datetime") and mapping.source is not None:
            value = pl.select(
                pl.when(mapped.is_null()).then(shift_serials(pl.lit(value))).otherwise(value)
            ).to_series()
        return value, None
    read = read_formats(value, mapping.format, mapping.zone)
    is_mapped = mapped.is_not_null()
    kept = pl.select(pl.coalesce(read, value)).to_series()
    spoiled = value.str.starts_with(SPOILED).fill_null(False)
    return value.zip_with(is_mapped, kept), ~is_mapped & ~spoiled & value.is_not_null() & read.is_null()
