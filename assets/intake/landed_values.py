"""What of a column lands: which values may leave the intake, and what is made of them beside."""

from collections.abc import Collection, Iterator

import polars as pl

from assets.intake.parsing import SPOILED
from assets.intake.rules import matches, matches_pattern, out_of_bounds, text_of
from assets.intake.together import DELIVERY
from assets.registers.column import Column
from assets.registers.contract import Register

SECRECY = "sekretess"

NOT_FILLED = frozenset(
    ("", "-", "–", ".", "?", "x", "n/a", "tbd", "saknas", "okänt", "vet ej", "kompletteras",
     "ska kompletteras", "se hanteringsanvisningar", "enligt gallringsplan")
)  # fmt: skip
"""Texts, casefolded, that say nothing (docs/spec/indicators.md, "filled")."""


def landed_values(column: Column, register: Register, present: Collection[str]) -> Iterator[pl.Expr]:
    """What of a column may leave the intake: of `pii` a flag at most, of secret text that it is secret."""
    value = pl.col(column.slug)
    if column.protects:
        yield protects(column, present)
    elif column.open_when:
        secret = value.is_not_null() & ~matches(column.open_when, register)
        yield pl.when(secret).then(pl.lit(SECRECY)).otherwise(value).alias(column.slug)
    elif not column.pii:
        yield _within_contract(value, column)
    if column.type == "datetime" and not column.pii:
        yield from (pl.col(f"{column.slug}_last"), pl.col(f"{column.slug}_day"))
    if column.filled:
        text = text_of(column).str.to_lowercase()
        is_filled = text.is_not_null() & ~text.is_in(NOT_FILLED) & ~text.str.starts_with(SPOILED)
        yield is_filled.fill_null(False).alias(f"{column.slug}_filled")
    if column.identifies:
        number = text_of(column).str.replace_all(r"\D", "").str.tail(10)  # without the century, which some leave out
        keys = text_of(register.by_name[register.key[0]]).n_unique().over(DELIVERY, number)
        yield ((number != "") & (keys > 1)).fill_null(False).alias(f"{column.slug}_shared")


def _within_contract(value: pl.Expr, column: Column) -> pl.Expr:
    """The value, if it keeps the contract's bounds and form."""
    if column.min is not None or column.max is not None:
        value = pl.when(~out_of_bounds(column)).then(value)
    if column.pattern is not None:
        value = pl.when(matches_pattern(column)).then(value)
    return value.alias(column.slug)


def protects(column: Column, present: Collection[str]) -> pl.Expr:
    """Fail closed: a cell that can't be read protects, and where the column is missing everybody is protected."""
    if column.name not in present:
        return pl.lit(True).alias(column.slug)
    return pl.col(column.slug).fill_null(text_of(column).is_not_null())
