"""Personal numbers and e-mail addresses in whole columns at a time.

A vectorised search finds the few texts that could hold a number; `assets.personal_numbers` decides.
"""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from assets.disguises import DISGUISED
from assets.personal_numbers import (
    GAP,
    LAST,
    NINE,
    PART,
    SCIENTIFIC,
    THOUSANDS,
    Place,
    holds_number,
    mask_text,
)  # fmt: skip

if TYPE_CHECKING:
    import polars as pl

EMAIL_MASK = "[e-post]"
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_EMAIL = re.compile(EMAIL)

_LOOSE = rf"\d{{2}}{PART}\d{{2}}{PART}\d{{2}}{GAP}{LAST}|{THOUSANDS}|{SCIENTIFIC}|{DISGUISED}"
"""What the vectorised search looks for: Polars' regular expressions have no look-around, and their digits are of any
script."""

_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?$"
"""A moment as systems write it: the loose search takes every one for a number, and none is, whatever its digits."""


def masked(text: str) -> str:
    """What people have written, without personal numbers and e-mail addresses."""
    return _EMAIL.sub(EMAIL_MASK, mask_text(text))


def masks(
    texts: "pl.DataFrame", free_text: Collection[str] = (), codes: Collection[str] = ()
) -> dict[str, dict[str, str]]:
    """By column, where there are any: every distinct text that holds a number, and the text with it replaced.
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
        if replaced := {text: mask_text(text, place) for text in of_column if holds_number(text, place)}:
            found[name] = replaced
    return found


def _suspects(text: "pl.Expr", place: Place) -> "pl.Expr":
    """The distinct texts that may hold a number, as one list."""
    suspects = text.filter(text.str.contains(f"{_LOOSE}|{NINE}" if place == "cell" else _LOOSE))
    return suspects.filter(~suspects.str.contains(_MOMENT)).unique().implode()
