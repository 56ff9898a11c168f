"""Cells as text → values of the contract's types, in every spelling that interfaces.md allows.

Each function takes a whole column and gives null where the text can't be read; nothing works row by row.
"""

import unicodedata
from collections.abc import Mapping

import polars as pl

from assets.intake.times import dates, moments
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


def no_value(text: pl.Expr, kind: Type) -> pl.Expr:
    """The trimmed text; null where it says nothing: an empty cell, and in all but texts also `-`, `NULL` …,
    and a list without any part."""
    trimmed = text.str.strip_chars(SPACES)
    nothing = trimmed == "" if kind == "text" else trimmed.is_in(_NO_VALUE)
    if kind == "list":
        nothing |= ~trimmed.str.contains(_LIST_PART)
    return pl.when(~nothing).then(trimmed)


def parse(text: pl.Series, column: Column) -> pl.DataFrame:
    """The values under the column's ASCII name, a datetime's also under `_last` and `_day`; null = unreadable."""
    match column.type:
        case "date":
            return dates(text).to_frame(column.slug)
        case "datetime":
            return moments(text, column.slug)
        case "int":
            return integers(text).to_frame(column.slug)
        case "bool":
            return _looked_up(text, _YES_NO, pl.Boolean).to_frame(column.slug)
        case "enum":
            spellings = {_folded(value): value for value in column.values}
            return _looked_up(text, spellings, pl.String).to_frame(column.slug)
        case "list":
            return lists(text).to_frame(column.slug)
        case "text" | "code":
            return text.to_frame(column.slug)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _looked_up(text: pl.Series, meanings: Mapping[str, object], dtype: type[pl.DataType]) -> pl.Series:
    known = {spelling: meanings.get(_folded(spelling)) for spelling in text.unique().drop_nulls()}
    if not known:
        return pl.Series([None] * text.len(), dtype=dtype)
    return text.replace_strict(known, default=None, return_dtype=dtype)


def integers(text: pl.Series) -> pl.Series:
    """Blanks may part thousands and the decimals may be zeros: `1 200` is 1200, `3,0` is 3; "ca 20" is none."""
    shape = rf"^[+-]?(?:\d+|\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+)(?:[.,]0{{1,2}})?$"
    digits = text.set(~text.str.contains(shape), None).str.replace_all(_THOUSANDS, "")
    return digits.str.replace(r"[.,]0+$", "").str.strip_prefix("+").cast(pl.Int64, strict=False)


def lists(text: pl.Series) -> pl.Series:
    """The parts between commas, semicolons, pipes and line breaks; null where there is no part."""
    part = pl.element().str.strip_chars(SPACES)
    parts = text.str.replace_all(r"[;|\r\n]", ",").str.split(",").list.eval(part.filter(part != ""))
    return parts.set(parts.list.len() == 0, None)
