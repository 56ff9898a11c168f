"""A delivery's rows → rows that keep the contract, with every row and cell that doesn't listed.

Always: rows read = rows loaded + rows in quarantine + duplicates (interfaces.md, "What is refused").
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

import polars as pl

from assets.intake import privacy
from assets.intake.parsing import no_value, parse
from assets.registers.contract import Column, Register
from assets.registers.landed import key_fields, landed_fields

REQUIRED, UNREADABLE, OUT_OF_BOUNDS, CONDITION = "krävs", "oläsbar", "utanför gränser", "villkor"
THE_ROW, THE_CELL = "raden", "cellen"
SECRECY = "sekretess"

NOT_FILLED = frozenset(
    ("", "-", "–", ".", "?", "x", "n/a", "tbd", "saknas", "okänt", "vet ej", "kompletteras",
     "ska kompletteras", "se hanteringsanvisningar", "enligt gallringsplan")
)  # fmt: skip
"""Texts, casefolded, that say nothing (indicators.md, "filled")."""

FAULT = {"row": pl.UInt32, "column": pl.String, "value": pl.String, "rule": pl.String, "effect": pl.String}
REJECTED = {"row": pl.UInt32, "key": pl.List(pl.String)}
PROTECTED = {"key": pl.String}


@dataclass(frozen=True)
class Conformed:
    """What became of a delivery's rows.

    `rows`: the loaded ones, typed, under ASCII names, the file's row number first. `faults`: a line for
    each cell that put its row in quarantine or was dropped, without any value of a `pii` column or with a
    personal number. `rejected`: the rows in quarantine with the texts of their key columns. `protected`:
    the first key text of every row read, loaded or not, that is marked as protected.
    """

    rows: pl.DataFrame
    faults: pl.DataFrame
    rejected: pl.DataFrame
    protected: pl.DataFrame
    read: int
    duplicates: int

    @property
    def dropped_cells(self) -> int:
        return self.faults.filter(pl.col("effect") == THE_CELL).height


@dataclass(frozen=True)
class _Cells:
    """A column of a delivery: its texts (personal numbers replaced), its values, and per row the rule that
    its cell breaks at the cost of the row, or of the cell alone (null: none)."""

    column: Column
    delivered: bool
    text: pl.Series
    values: pl.DataFrame
    costs_row: pl.Series
    costs_cell: pl.Series


def conform(register: Register, delivered: pl.DataFrame) -> Conformed:
    """Holds rows against the contract.

    `delivered`: `row` and, under the name of each contract column, its texts. A column that isn't there
    reads as empty, except the one that protects: without it everybody is protected.
    """
    columns = {column.name: _read(column, register, delivered) for column in register.columns}
    columns = {name: _held_to_condition(cells, columns) for name, cells in columns.items()}
    row = delivered["row"]
    quarantined = reduce(or_, (cells.costs_row.is_not_null() for cells in columns.values()))
    typed = pl.DataFrame([row, *(series for cells in columns.values() for series in _landed(cells, columns))])
    typed = typed.select("row", *landed_fields(register))
    loaded = ~quarantined
    last = typed.filter(loaded).select(pl.struct(key_fields(register)).is_last_distinct()).to_series()
    loaded = loaded.scatter(loaded.arg_true(), last)  # the same key again: the last row wins
    return Conformed(
        rows=typed.filter(loaded),
        faults=_faults(columns, row, loaded),
        rejected=_keys(register, columns, row).filter(quarantined),
        protected=_protected(register, columns),
        read=delivered.height,
        duplicates=delivered.height - int(quarantined.sum()) - int(loaded.sum()),
    )


def _read(column: Column, register: Register, delivered: pl.DataFrame) -> _Cells:
    """The column's values, and the rules that its cells break on their own."""
    there = column.name in delivered.columns
    if there:
        text = delivered.select(no_value(pl.col(column.name), column.type)).to_series()
    else:
        text = pl.Series(column.name, [None] * delivered.height, dtype=pl.String)
    masks = {} if column.pii else privacy.masks(text)
    is_key = column.name in register.key
    masked = text.is_in(list(masks)) if masks and is_key else _nowhere(text)
    text = text.replace(masks) if masks else text
    values = parse(text, column)
    first = values.to_series()
    unreadable = (text.is_not_null() & first.is_null()) | masked
    outside = _outside(first, column)
    broken = _rules((unreadable, UNREADABLE), (outside, OUT_OF_BOUNDS))
    if outside.any():
        values = first.set(outside, None).to_frame()
    none = pl.repeat(None, text.len(), dtype=pl.String, eager=True)
    if column.req:
        broken = _first(broken, _rules((text.is_null(), REQUIRED)))
    if column.req or is_key:
        return _Cells(column, there, text, values, costs_row=broken, costs_cell=none)
    return _Cells(column, there, text, values, costs_row=none, costs_cell=broken)


def _held_to_condition(cells: _Cells, columns: Mapping[str, _Cells]) -> _Cells:
    """A column that is required where others have certain values: no value there costs the row."""
    if not cells.column.req_when:
        return cells
    due = _has(cells.column.req_when, columns) & cells.values.to_series().is_null()
    rule = _rules((due & cells.text.is_null(), CONDITION), (due, UNREADABLE))
    return replace(cells, costs_row=_first(cells.costs_row, rule), costs_cell=cells.costs_cell.set(due, None))


def _has(wanted: Mapping[str, str], columns: Mapping[str, _Cells]) -> pl.Series:
    """Rows in which each of the columns has the value that the contract spells so."""

    def each(name: str, spelled: str) -> pl.Series:
        wanted_value = parse(pl.Series([spelled]), columns[name].column).to_series()
        return columns[name].values.to_series().eq_missing(wanted_value)

    return reduce(and_, (each(name, spelled) for name, spelled in wanted.items()))


def _outside(values: pl.Series, column: Column) -> pl.Series:
    outside = _nowhere(values)
    if column.min is not None:
        outside |= (values < column.min).fill_null(False)
    if column.max is not None:
        outside |= (values > column.max).fill_null(False)
    return outside


def _nowhere(series: pl.Series) -> pl.Series:
    return pl.repeat(False, series.len(), eager=True)


def _rules(*cases: tuple[pl.Series, str]) -> pl.Series:
    """Per row the first rule whose mask holds, else null."""
    return pl.select(pl.coalesce(pl.when(mask).then(pl.lit(rule)) for mask, rule in cases)).to_series()


def _first(*rules: pl.Series) -> pl.Series:
    return pl.select(pl.coalesce(rules)).to_series()


def _landed(cells: _Cells, columns: Mapping[str, _Cells]) -> Iterator[pl.Series]:
    """What of a column may leave the intake: of `pii` a flag at most, of secret text that it is secret."""
    column, values = cells.column, cells.values
    if column.protects:
        yield _protects(cells)
    elif column.open_when:
        text = values.to_series()
        yield text.set(text.is_not_null() & ~_has(column.open_when, columns), SECRECY)
    elif not column.pii:
        yield from values.iter_columns()
    if column.filled:
        said = cells.text.str.to_lowercase()
        yield (said.is_not_null() & ~said.is_in(NOT_FILLED)).fill_null(False).alias(f"{column.slug}_filled")


def _protects(cells: _Cells) -> pl.Series:
    """Fail closed: a cell that can't be read protects, and where the column is missing everybody is protected."""
    said = cells.values.to_series()
    unsaid = said.is_null() & (cells.text.is_not_null() if cells.delivered else ~_nowhere(said))
    return said.fill_null(False) | unsaid


def _keys(register: Register, columns: Mapping[str, _Cells], row: pl.Series) -> pl.DataFrame:
    texts = [columns[name].text for name in register.key]
    return pl.DataFrame([row, pl.select(pl.concat_list(texts)).to_series().alias("key")])


def _protected(register: Register, columns: Mapping[str, _Cells]) -> pl.DataFrame:
    key = columns[register.key[0]].text.alias("key")
    protects = [_protects(cells) for cells in columns.values() if cells.column.protects]
    if not protects:
        return pl.DataFrame(schema=PROTECTED)
    return key.filter(reduce(or_, protects)).drop_nulls().unique(maintain_order=True).to_frame()


def _faults(columns: Mapping[str, _Cells], row: pl.Series, loaded: pl.Series) -> pl.DataFrame:
    """A line for each cell that cost its row, and for each cell dropped from a row that was loaded."""
    lines = [pl.DataFrame(schema=FAULT)]
    for name, cells in columns.items():
        costs_cell = cells.costs_cell.set(~loaded, None)
        for rules, effect in ((cells.costs_row, THE_ROW), (costs_cell, THE_CELL)):
            if rules.null_count() == rules.len():
                continue
            value = pl.lit(None, pl.String) if cells.column.pii else cells.text
            line = pl.select(row, column=pl.lit(name), value=value, rule=rules, effect=pl.lit(effect))
            lines.append(line.filter(pl.col("rule").is_not_null()))
    faults = pl.concat(lines)
    hidden = privacy.masks(faults["value"])
    return faults.with_columns(pl.col("value").replace(dict.fromkeys(hidden, privacy.MASK))).sort(
        "row", maintain_order=True
    )
