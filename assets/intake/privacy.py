"""Personal and coordination numbers in text, codes, lists and file names: found and replaced here.

A vectorised search finds the few texts that could hold one; the package `personnummer` checks date and
check digit (it accepts coordination numbers, day + 60: folkbokföringslag 18 §, lag 2022:1697 2 kap. 8 §).
A false hit costs a digit group, a miss costs a person: where date and check digit fit, it is replaced.
"""

import re

import polars as pl
from personnummer import personnummer

MASK = "[personnummer]"

_LOOSE = r"\d{6}[\s\u00a0]{0,2}[-+\u2010-\u2013\u2212]?[\s\u00a0]{0,2}\d{4}"
"""What the vectorised search looks for: Polars' regular expressions have no look-around."""

_STRICT = re.compile(
    r"(?<!\d)((?:\d{2})?\d{6})[\s\u00a0]{0,2}([-+\u2010-\u2013\u2212]?)[\s\u00a0]{0,2}(\d{4})(?!\d)", re.ASCII
)


def holds_number(text: str) -> bool:
    """Whether a personal or coordination number stands in the text."""
    return any(_is_number(match) for match in _STRICT.finditer(text))


def mask_text(text: str) -> str:
    """The text with each personal or coordination number replaced."""
    return _STRICT.sub(lambda match: MASK if _is_number(match) else match[0], text)


def _is_number(match: re.Match[str]) -> bool:
    birth, sign, rest = match.groups()
    return bool(personnummer.valid(f"{birth}{'+' if sign == '+' else '-'}{rest}"))


def masks(texts: pl.DataFrame) -> dict[str, dict[str, str]]:
    """By column, where there are any: every distinct text that holds a number, and the text with it replaced."""
    suspects = texts.select(pl.all().filter(pl.all().str.contains(_LOOSE)).unique().implode())
    found = {}
    for name in texts.columns:
        replaced = {text: mask_text(text) for text in suspects[name].explode().drop_nulls() if holds_number(text)}
        if replaced:
            found[name] = replaced
    return found
