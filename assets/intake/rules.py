"""The rules that cells must keep, read off the contract: which rule, at what cost, and where it is broken."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from assets.intake.parsing import literal
from assets.registers.column import NUMBER_DECIMALS, NUMBER_DIGITS, Column
from assets.registers.contract import Register
from assets.registers.pattern import anchored

REQUIRED, UNREADABLE, OUT_OF_BOUNDS, CONDITION = "krävs", "oläsbar", "utanför gränser", "villkor"
PATTERN = "mönster"
CELL_COUNT, QUOTE = "fel antal celler", "citattecken"
"""Rules on a whole record of a text file, which costs the row whatever stands in it."""
THE_ROW, THE_CELL = "raden", "cellen"


@dataclass(frozen=True)
class Check:
    """One rule on one column. `broken` tells where, over a frame of values and texts (see `text_of`); what
    breaks it costs the row, which goes to quarantine, or the cell alone."""

    column: Column
    rule: str
    effect: str
    broken: pl.Expr


def text_of(column: Column) -> pl.Expr:
    """The cell as text, beside its value, which stands under the column's slug."""
    return pl.col(f"text:{column.slug}")


def checks(register: Register, masked: Collection[str]) -> Iterator[Check]:
    """Every check of a register, column by column. `masked`: slugs of columns in which texts held a personal
    number; in a key such a cell can't be read."""
    for column in register.columns:
        value, text = pl.col(column.slug), text_of(column)
        is_key = column.name in register.key
        unreadable = text.is_not_null() & value.is_null()
        if is_key and column.slug in masked:
            unreadable |= pl.col(f"masked:{column.slug}")
        due = matches(column.req_when, register) if column.req_when else pl.lit(False)
        if column.req:
            yield Check(column, REQUIRED, THE_ROW, text.is_null())
        if column.req_when:
            yield Check(column, CONDITION, THE_ROW, due & text.is_null())
        costs_row = pl.lit(True) if column.req or is_key else due
        yield Check(column, UNREADABLE, THE_ROW, unreadable & costs_row)
        yield Check(column, UNREADABLE, THE_CELL, unreadable & ~costs_row)
        if column.pattern is not None:
            unfit = ~matches_pattern(column).fill_null(True) & ~unreadable
            yield Check(column, PATTERN, THE_ROW, unfit & costs_row)
            yield Check(column, PATTERN, THE_CELL, unfit & ~costs_row)
        if column.min is not None or column.max is not None:
            effect = THE_ROW if column.req or is_key else THE_CELL
            yield Check(column, OUT_OF_BOUNDS, effect, out_of_bounds(column).fill_null(False))


def out_of_bounds(column: Column) -> pl.Expr:
    """Whether the value lies outside the contract's bounds; null where there is none."""
    value, is_outside = pl.col(column.slug), pl.lit(False)
    if column.min is not None:
        is_outside |= value < _bound(column, column.min)
    if column.max is not None:
        is_outside |= value > _bound(column, column.max)
    return is_outside


def _bound(column: Column, bound: float) -> pl.Expr:
    """The bound in the column's own type: against a float, a decimal would be rounded."""
    kind = pl.Decimal(NUMBER_DIGITS, NUMBER_DECIMALS) if column.type == "number" else pl.Int64()
    return pl.lit(Decimal(repr(bound)), kind) if column.type == "number" else pl.lit(bound, kind)


def matches_pattern(column: Column) -> pl.Expr:
    """Whether the value has the form that the contract's pattern tells; null where there is none."""
    return pl.col(column.slug).str.contains(anchored(column.pattern or ""))


def matches(wanted: Mapping[str, str], register: Register) -> pl.Expr:
    """Rows in which each of the columns has the value that the contract spells so."""
    return pl.all_horizontal(
        pl.col(column.slug).eq_missing(literal(column, spelled))
        for name, spelled in wanted.items()
        for column in [register.by_name[name]]
    )
