"""Rows under a source's own headings → the texts of the contract's columns.

[columns] (from, file, constant, hash, extract) → [values] → format, in that order. What a source file doesn't mention
flows on as it stands: nothing gets a default value, nothing unknown becomes a known one.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from assets.intake.parsing import SPACES, null_if_blank
from assets.intake.refusal import Refused
from assets.intake.sources.definition import ColumnMapping, Source, compiled
from assets.intake.sources.formats import read_formats
from assets.registers.contract import Column, Register, heading_key

META = ("row", "sheet", "file", "delivered")
"""What stands beside the source's own columns in its raw table."""


@dataclass(frozen=True)
class MappedRows:
    """`cells`: `row` and, under the contract's column names, the texts that the contract reads, null where
    there is no
    value. `source_texts`: the same columns with the source's own text, as quarantine shows it. `unreadable`: the same
    columns, true where the text fits none of the column's formats. `absent_but_there`: columns that the source file
    says are absent and the file has. `unknown`: headings that nothing wants."""

    cells: pl.DataFrame
    source_texts: pl.DataFrame
    unreadable: pl.DataFrame
    absent_but_there: tuple[str, ...]
    unknown: tuple[str, ...]


def map_columns(rows: pl.DataFrame, source: Source, register: Register, file: str) -> MappedRows:
    """`rows`: text columns and `row`, after the source's SQL. `file`: the file's own name. Raises Refused where a
    heading that the source file names is missing."""
    found = {name: name for name in rows.columns if name not in META}
    by_key = {heading_key(name): name for name in reversed(list(found))}
    cells: dict[str, pl.Series] = {}
    shown: dict[str, pl.Series] = {}
    unreadable: dict[str, pl.Series] = {}
    used: set[str] = set()
    for column in register.columns:
        mapping = source.columns.get(column.name)
        if mapping is None:
            heading = _own_heading(column, source, by_key)
            if heading is None:
                continue
            mapping = ColumnMapping.model_validate({"from": heading})
        headings = [_heading(name, found, by_key) for name in mapping.headings]
        used.update(headings)
        text = _source_text(rows, mapping, headings, file)
        shown[column.name] = text
        cells[column.name], unreadable[column.name] = _cell(text, mapping, source.values.get(column.name, {}), column)
    ignored = {heading_key(name) for name in source.ignore}
    named = {heading_key(name) for name in source.headings}
    unknown = [
        name
        for name in found
        if name not in used and heading_key(name) not in ignored and heading_key(name) not in named
    ]
    row = rows.get_column("row")
    return MappedRows(
        cells=pl.DataFrame([row, *(series.alias(name) for name, series in cells.items())]),
        source_texts=pl.DataFrame([row, *(series.alias(name) for name, series in shown.items())]),
        unreadable=pl.DataFrame([row, *(series.alias(name) for name, series in unreadable.items())]),
        absent_but_there=tuple(name for name in source.absent if name in cells),
        unknown=tuple(unknown),
    )


def _own_heading(column: Column, source: Source, by_key: Mapping[str, str]) -> str | None:
    """The heading under which a column that the source file doesn't mention stands by its contract's own spelling."""
    ignored = {heading_key(name) for name in source.ignore}
    keys = (heading_key(spelling) for spelling in column.headings)
    return next((by_key[key] for key in keys if key in by_key and key not in ignored), None)


def _heading(name: str, found: Mapping[str, str], by_key: Mapping[str, str]) -> str:
    heading = found.get(name) or by_key.get(heading_key(name))
    if heading is None:
        raise Refused(f"rubriken {name} saknas")
    return heading


def _source_text(rows: pl.DataFrame, mapping: ColumnMapping, headings: Sequence[str], file: str) -> pl.Series:
    """The text of the cell as the source has it, or as the file's name, a constant or a made key gives it."""
    if mapping.hash:
        return _made_key(rows.select(headings))
    if mapping.source is not None:
        return rows.get_column(headings[0]).str.strip_chars(SPACES)
    if mapping.file is not None:
        match = compiled(mapping.file).search(PurePath(file).name)
        return pl.repeat(match[1] if match else "", rows.height, dtype=pl.String, eager=True)
    return pl.repeat(mapping.constant or "", rows.height, dtype=pl.String, eager=True)


def _made_key(parts: pl.DataFrame) -> pl.Series:
    """The first twelve hex digits of SHA-256 over the trimmed, casefolded texts joined by U+001F; nothing but empty
    texts is no value. Made once for each distinct row of parts: no columnar engine here folds case by
    Unicode's rule."""
    trimmed = parts.select(pl.all().str.strip_chars(SPACES).fill_null(""))
    distinct = trimmed.unique()
    keys = [
        hashlib.sha256("\x1f".join(text.casefold() for text in texts).encode()).hexdigest()[:12] if any(texts) else ""
        for texts in distinct.iter_rows()
    ]
    names = [str(number) for number in range(parts.width)]
    made = distinct.rename(dict(zip(distinct.columns, names, strict=True))).with_columns(
        key=pl.Series(keys, dtype=pl.String)
    )
    return trimmed.rename(dict(zip(trimmed.columns, names, strict=True))).join(
        made, on=names, how="left", maintain_order="left"
    )["key"]


def _cell(
    text: pl.Series, mapping: ColumnMapping, words: Mapping[str, str], column: Column
) -> tuple[pl.Series, pl.Series]:
    """The text for the contract, and where it fits none of the column's formats."""
    text = text.fill_null("")
    if mapping.extract:
        text = pl.select(pl.coalesce(_first_group(text, mapping.extract), text)).to_series()
    mapped = first_fitting(text, words)
    value = pl.select(
        null_if_blank(pl.lit(pl.select(pl.coalesce(mapped, text)).to_series()), column.type)
    ).to_series()
    if not mapping.format:
        return value, pl.repeat(False, len(value), dtype=pl.Boolean, eager=True)
    read = read_formats(value, mapping.format, mapping.zone)
    is_mapped = mapped.is_not_null()
    cell = pl.select(pl.when(is_mapped).then(value).otherwise(pl.coalesce(read, value))).to_series()
    return cell, ~is_mapped & value.is_not_null() & read.is_null()


def _first_group(text: pl.Series, pattern: str) -> pl.Series:
    """The first group where the text fits. Python's expressions, which source files are written in, can do what the
    columnar engine's can't, so each distinct text is tried once."""
    expression = compiled(pattern)
    distinct = text.unique()
    groups = [match[1] if (match := expression.search(each)) else None for each in distinct]
    return text.replace_strict(distinct, pl.Series(groups, dtype=pl.String), return_dtype=pl.String)


def first_fitting(text: pl.Series, words: Mapping[str, str]) -> pl.Series:
    """What the first line that fits gives; null where none does. `*` stands for anything, but never for an empty
    cell; case and outer blanks don't matter."""
    lowered = text.str.strip_chars(SPACES).str.to_lowercase()
    mapped = pl.lit(None, pl.String)
    for word, value in reversed(list(words.items())):
        plain = word.strip(SPACES).lower()
        if "*" in plain:
            fits = (lowered != "") & lowered.str.contains(f"(?s)^{'.*'.join(map(re.escape, plain.split('*')))}$")
        else:
            fits = lowered == plain
        mapped = pl.when(fits).then(pl.lit(value)).otherwise(mapped)
    return pl.select(mapped).to_series() if words else pl.repeat(None, len(text), dtype=pl.String, eager=True)
