"""Cells as text → values of the contract's types, in every spelling that docs/spec/interfaces.md allows.

Whole columns at a time, and all columns of a type together; null where a text can't be read.
"""

import unicodedata
from collections.abc import Mapping, Sequence

import polars as pl

from assets.intake.times import days, moments
from assets.registers.contract import Column, Type

SPACES = " \t\r\n\u000b\u000c\u00a0\u2007\u2009\u200b\u202f\ufeff"
"""What is trimmed from a value: blanks, line breaks, NBSP and its narrow kin, zero-width marks."""

_NO_VALUE = ("", "-", "–", "NULL", "#N/A")
_LIST_PART = rf"[^,;|{SPACES}]"
_THOUSANDS = r"[ \u00a0\u2009\u202f]"
_YES_NO = {
    "ja": True, "j": True, "yes": True, "y": True, "x": True, "1": True, "sant": True, "true": True,
    "nej": False, "n": False, "no": False, "0": False, "falskt": False, "false": False,
}  # fmt: skip


def null_if_blank(text: pl.Expr, kind: Type) -> pl.Expr:
    """The trimmed text; null where it says nothing: an empty cell, and in all but texts also `-`, `NULL` …,
    and a list without any part."""
    trimmed = text.str.strip_chars(SPACES)
    nothing = trimmed == "" if kind == "text" else trimmed.is_in(_NO_VALUE)
    if kind == "list":
        nothing |= ~trimmed.str.contains(_LIST_PART)
    return pl.when(~nothing).then(trimmed)


def parse(texts: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """The values of texts that stand under the columns' ASCII names; null where one can't be read.

    A datetime also gives its `_last` and `_day` (see `times.moments`).
    """
    of_type: dict[Type, list[str]] = {}
    for column in columns:
        of_type.setdefault(column.type, []).append(column.slug)
    spelled = [column.slug for column in columns if column.type in ("bool", "enum")]
    spellings = texts.select(pl.col(name).unique().implode() for name in spelled)
    values = texts.select(_value(column, spellings) for column in columns if column.type not in ("date", "datetime"))
    return pl.concat(
        [values, days(texts, of_type.get("date", [])), moments(texts, of_type.get("datetime", []))], how="horizontal"
    )


def _value(column: Column, spellings: pl.DataFrame) -> pl.Expr:
    text = pl.col(column.slug)
    match column.type:
        case "int":
            return integer(text)
        case "bool":
            return _looked_up(text, spellings, _YES_NO, pl.Boolean())
        case "enum":
            return _looked_up(text, spellings, {_folded(value): value for value in column.values}, pl.String())
        case "list":
            return parts(text)
        case _:
            return text


def literal(column: Column, spelled: str) -> pl.Expr:
    """The value that a contract spells so."""
    return pl.lit(_YES_NO[_folded(spelled)] if column.type == "bool" else spelled)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _looked_up(text: pl.Expr, spellings: pl.DataFrame, meanings: Mapping[str, object], dtype: pl.DataType) -> pl.Expr:
    """What each distinct spelling means, in any case; the columns have few of them."""
    distinct = spellings[text.meta.output_name()].explode().drop_nulls()
    if distinct.is_empty():
        return pl.repeat(None, pl.len(), dtype=dtype).alias(text.meta.output_name())
    known = {spelling: meanings.get(_folded(spelling)) for spelling in distinct}
    return text.replace_strict(known, default=None, return_dtype=dtype)


def integer(text: pl.Expr) -> pl.Expr:
    """Blanks may part thousands and the decimals may be zeros: `1 200` is 1200, `3,0` is 3; "ca 20" is none."""
    shape = rf"^[+-]?(?:\d+|\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+)(?:[.,]0{{1,2}})?$"
    digits = text.str.replace_all(_THOUSANDS, "").str.replace(r"[.,]0+$", "").str.strip_prefix("+")
    return pl.when(text.str.contains(shape)).then(digits).cast(pl.Int64, strict=False)


def parts(text: pl.Expr) -> pl.Expr:
    """The parts of a list, between commas, semicolons, pipes and line breaks."""
    part = pl.element().str.strip_chars(SPACES)
    return text.str.replace_all(r"[;|\r\n]", ",").str.split(",").list.eval(part.filter(part != ""))
