"""Personal numbers and e-mail addresses in whole columns at a time.

A vectorised search finds the few texts that could hold a number; `assets.personal_numbers` decides.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from assets.disguises import DISGUISED, WIDE, Span
from assets.email_addresses import EMAIL_MASK, MAY_HOLD_ADDRESS, addresses_in, holds_address
from assets.personal_numbers import (
    GAP,
    LAST,
    MASK,
    NINE,
    PART,
    SCIENTIFIC,
    THOUSANDS,
    Place,
    holds_number,
    mask_text,
    numbers_in,
)  # fmt: skip

if TYPE_CHECKING:
    import polars as pl

_LOOSE = rf"\d{{2}}{PART}\d{{2}}{PART}\d{{2}}{GAP}{LAST}|{THOUSANDS}|{SCIENTIFIC}|{DISGUISED}"
"""What the vectorised search looks for: Polars' regular expressions have no look-around, and their digits are of any
script."""

_FEWEST = 9
"""Digits of the shortest number: one that has lost its first zero, or has a letter. Entities and escapes of digits
hold digits themselves."""

_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?$"
"""A moment as systems write it: the loose search takes every one for a number, and none is, whatever its digits."""


def masked(text: str, place: Place = "text") -> str:
    """What people have written, without personal numbers and e-mail addresses."""
    return with_masks(text, numbers_in(text, place), addresses_in(text))


def with_masks(text: str, numbers: Iterable[Span], addresses: Iterable[Span]) -> str:
    """The text with its numbers and addresses replaced; where one holds some of the other, both as one number."""
    found = [(*span, MASK) for span in numbers] + [(*span, EMAIL_MASK) for span in addresses]
    parts: list[str] = []
    at = 0
    for start, end, mask in sorted(found):
        if parts and start < at:
            parts[-1] = MASK if MASK in (mask, parts[-1]) else mask
        else:
            parts += (text[at:start], mask)
        at = max(at, end)
    return "".join(parts) + text[at:]


def masks(
    texts: "pl.DataFrame", free_text: Collection[str] = (), codes: Collection[str] = ()
) -> dict[str, dict[str, str]]:
    """By column, where there are any: every distinct text that holds a number, and the text with it replaced; also
    the addresses in it, but not in a code's or list's, which are compared.
    `free_text`, `codes`: the columns whose cells are looked at as such (see Place); the others are running text."""
    import polars as pl  # takes a while: only where there is something to read

    places: dict[str, Place] = dict.fromkeys(texts.columns, "text")
    places.update((name, "cell") for name in free_text)
    places.update((name, "code") for name in codes)
    if not places:
        return {}
    suspects = texts.select(_suspects(pl.col(name), place) for name, place in places.items()).row(0)
    found = {}
    for (name, place), of_column in zip(places.items(), suspects, strict=True):
        if replaced := {text: _replaced(text, place) for text in of_column if holds_number(text, place)}:
            found[name] = replaced
    return found


def _replaced(text: str, place: Place) -> str:
    return mask_text(text, place) if place == "code" else masked(text, place)


def with_address(texts: "pl.DataFrame") -> dict[str, list[str]]:
    """By column, where there are any: every distinct text that holds an e-mail address."""
    import polars as pl

    if not texts.width:
        return {}
    columns = [pl.col(name) for name in texts.columns]
    suspects = texts.select(
        column.filter(column.str.contains(MAY_HOLD_ADDRESS)).unique().implode() for column in columns
    ).row(0)
    found = zip(texts.columns, (list(filter(holds_address, of_column)) for of_column in suspects), strict=True)
    return {name: with_any for name, with_any in found if with_any}


def _suspects(text: "pl.Expr", place: Place) -> "pl.Expr":
    """The distinct texts that may hold a number, as one list."""
    suspects = text.filter(text.str.contains(f"{_LOOSE}|{NINE}" if place == "cell" else _LOOSE))
    suspects = suspects.filter(suspects.str.count_matches(rf"\d|{WIDE}") >= _FEWEST)
    return suspects.filter(~suspects.str.contains(_MOMENT)).unique().implode()
