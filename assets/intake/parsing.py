"""Cells as text → values of the contract's types, in every spelling that docs/spec/interfaces.md allows.

Whole columns at a time, and all columns of a type together; null where a text can't be read.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from assets.intake.times import days, moments
from assets.intake.together import DELIVERY
from assets.registers.column import NUMBER_DECIMALS, NUMBER_DIGITS, Column, Type
from assets.registers.comparable import folded

SPACES = " \t\r\n\u000b\u000c\u00a0\u2007\u2009\u200b\u202f\ufeff"
"""What is trimmed from a value: blanks, line breaks, NBSP and its narrow kin, zero-width marks."""

SPOILED = "\ufdd0"
"""Begins the text of a workbook's cell whose value can't be had: an error, a formula without a value, a serial that
is no date. It is no character, so that no text of anybody's begins so."""

_SPOILED_CODE = r"(?:^|[,;|\s])[+-]?\d(?:[.,]\d+)?[eE]\+\d{2,3}(?:$|[,;|\s])"
"""A code that a spreadsheet has made a number of, in scientific notation."""
_MONTH_FIRST = r"^\s*(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/\d{4}"
_DAY_FIRST = r"^\s*(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/\d{4}"
_SLASHES = r"^\s*\d{1,2}/\d{1,2}/\d{4}"

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


def undo_spreadsheet_marks(text: pl.Expr) -> pl.Expr:
    """`="00124"` and `'00124`, as people keep a spreadsheet from making numbers of codes, without the marks."""
    bare = text.str.replace(r'^="([^"]*)"$', "${1}").str.replace(r"^'(\d)", "${1}")
    return pl.when(bare != "").then(bare)


def parse(texts: pl.DataFrame, columns: Sequence[Column], deliveries: pl.Series | None = None) -> pl.DataFrame:
    """The values of texts that stand under the columns' ASCII names; null where one can't be read. `deliveries`:
    whose each row is, where they are several's.

    A datetime also gives its `_last` and `_day` (see `times.moments`).
    """
    month_first = _month_first(texts, columns, deliveries)
    texts = texts.with_columns(_readable(column, month_first.get(column.slug)) for column in columns)
    of_type: dict[Type, list[str]] = {}
    for column in columns:
        of_type.setdefault(column.type, []).append(column.slug)
    spelled = [column.slug for column in columns if column.type in ("bool", "enum")]
    spellings = texts.select(pl.col(name).unique().implode() for name in spelled)
    values = texts.select(_value(column, spellings) for column in columns if column.type not in ("date", "datetime"))
    return pl.concat(
        [values, days(texts, of_type.get("date", [])), moments(texts, of_type.get("datetime", []))], how="horizontal"
    )


def _month_first(
    texts: pl.DataFrame, columns: Sequence[Column], deliveries: pl.Series | None
) -> dict[str, pl.Series]:
    """Of each column that has them: the rows with slash dates in a delivery in which more of that column's are
    month-first than day-first."""
    names = [column.slug for column in columns if column.type in ("date", "datetime")]
    slashes = texts.select(pl.col(name).str.contains(_SLASHES).fill_null(False) for name in names)
    found = {}
    for name in (name for name in names if slashes[name].any()):
        text = texts[name]
        signs = text.str.contains(_MONTH_FIRST).cast(pl.Int32) - text.str.contains(_DAY_FIRST).cast(pl.Int32)
        frame = pl.DataFrame({"slashes": slashes[name], "signs": signs})
        if deliveries is None:
            more = pl.col("signs").sum() > 0
        else:
            frame = frame.with_columns(deliveries.alias(DELIVERY))
            more = pl.col("signs").sum().over(DELIVERY) > 0
        found[name] = frame.select(pl.col("slashes") & more).to_series()
    return found


def _readable(column: Column, month_first: pl.Series | None) -> pl.Expr:
    """A column's texts without those that can't be read whatever its type does with them: spoiled cells and codes,
    and the slash dates of a column in which more of them are month-first than day-first."""
    text, unreadable = pl.col(column.slug), pl.col(column.slug).str.starts_with(SPOILED)
    if column.type in ("code", "list"):
        unreadable |= text.str.contains(_SPOILED_CODE)
    if month_first is not None:
        unreadable |= pl.lit(month_first)
    return pl.when(~unreadable).then(text).alias(column.slug)


def _value(column: Column, spellings: pl.DataFrame) -> pl.Expr:
    text = pl.col(column.slug)
    match column.type:
        case "int":
            return integer(text)
        case "number":
            return number(text)
        case "bool":
            return _looked_up(text, spellings, _YES_NO, pl.Boolean())
        case "enum":
            return _looked_up(text, spellings, _meanings(column), pl.String())
        case "list":
            return parts(text)
        case _:
            return text


def literal(column: Column, spelled: str) -> pl.Expr:
    """The value that a contract spells so."""
    return pl.lit(_YES_NO[folded(spelled)] if column.type == "bool" else spelled)


def _meanings(column: Column) -> dict[str, str]:
    """Every spelling of an enum's values, and the value that it stands for."""
    return {folded(word): value for value in column.values for word in (value, *column.also_values.get(value, ()))}


def _looked_up(text: pl.Expr, spellings: pl.DataFrame, meanings: Mapping[str, object], dtype: pl.DataType) -> pl.Expr:
    """What each distinct spelling means, in any case; the columns have few of them."""
    distinct = spellings[text.meta.output_name()].explode().drop_nulls()
    if distinct.is_empty():
        return pl.repeat(None, pl.len(), dtype=dtype).alias(text.meta.output_name())
    known = {spelling: meanings.get(folded(spelling)) for spelling in distinct}
    return text.replace_strict(known, default=None, return_dtype=dtype)


def integer(text: pl.Expr) -> pl.Expr:
    """Blanks may part thousands and the decimals may be zeros: `1 200` is 1200, `3,0` is 3; "ca 20" is none."""
    shape = rf"^[+-]?(?:\d+|\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+)(?:[.,]0{{1,2}})?$"
    digits = text.str.replace_all(_THOUSANDS, "").str.replace(r"[.,]0+$", "").str.strip_prefix("+")
    return pl.when(text.str.contains(shape)).then(digits).cast(pl.Int64, strict=False)


AMBIGUOUS = r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$"
"""A text that may be a number with three decimals, or a whole one with a mark between its thousands: `1.000`."""


MANY_DECIMALS = rf"^[+-]?\d{{1,9}}[.,]\d{{{NUMBER_DECIMALS + 1},}}$"
"""A number with more decimals than land."""


def number(text: pl.Expr) -> pl.Expr:
    """A comma or a point before the decimals, blanks between thousands: `1 234,5` and `1234.5` are 1234.5.

    What can be read in two ways is no number (AMBIGUOUS), nor is one with both marks (`1.234,5`).
    """
    integer_digits = NUMBER_DIGITS - NUMBER_DECIMALS
    shape = rf"^[+-]?(?:\d{{1,{integer_digits}}}|\d{{1,3}}(?:{_THOUSANDS}\d{{3}}){{1,3}})(?:[.,]\d+)?$"
    plain = text.str.replace("\u2212", "-", literal=True)  # the minus of Swedish number formats
    digits = plain.str.replace_all(_THOUSANDS, "").str.replace(",", ".", literal=True).str.strip_prefix("+")
    readable = plain.str.contains(shape) & ~plain.str.contains(AMBIGUOUS)
    decimal = pl.when(readable).then(digits).str.to_decimal(scale=NUMBER_DECIMALS)
    return decimal.cast(pl.Decimal(NUMBER_DIGITS, NUMBER_DECIMALS), strict=False)


def parts(text: pl.Expr) -> pl.Expr:
    """The parts of a list, between commas, semicolons, pipes and line breaks."""
    part = pl.element().str.strip_chars(SPACES)
    return text.str.replace_all(r"[;|\r\n]", ",").str.split(",").list.eval(part.filter(part != ""))
