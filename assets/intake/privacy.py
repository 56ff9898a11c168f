"""Personal and coordination numbers in text, codes, lists and file names: found and replaced here.

A vectorised search finds the few texts that could hold one; the package `personnummer` checks date and
check digit (it accepts coordination numbers, day + 60: folkbokföringslag 18 §, lag 2022:1697 2 kap. 8 §).
A false hit costs a digit group, a miss costs a person: where date and check digit fit, it is replaced.

The spellings: with and without century; nothing, a hyphen, a plus (100 years or older) or blanks before the last
four; year, month and day parted by blanks or hyphens; and what Excel makes of a number: `1,98507099805E+11`,
`198 507 099 805`, `850709 9805,00`, and (a cell's whole text alone) nine digits that have lost their first zero.
"""

import re
from collections.abc import Collection, Iterator

import polars as pl
from personnummer import personnummer

MASK = "[personnummer]"
EMAIL_MASK = "[e-post]"
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"

_BLANKS = r"[ \t\r\n\u00a0\u2007\u2009\u200b\u202f]{0,3}"
_GAP = rf"{_BLANKS}[-+\u00ad\u2010-\u2015\u2212]?{_BLANKS}"
_THOUSANDS = r"[0-9]{1,3}(?:[ .,'\u00a0\u202f][0-9]{3}){3}"
_SCIENTIFIC = r"[0-9][.,][0-9]{7,11}[eE]\+?(?:09|9|11)"
_NINE = r"^[0-9]{9}(?:[.,]0{1,2})?$"

_LOOSE = rf"[0-9]{{2}}[ \u00a0-]?[0-9]{{2}}[ \u00a0-]?[0-9]{{2}}{_GAP}[0-9]{{4}}|{_THOUSANDS}|{_SCIENTIFIC}"
"""What the vectorised search looks for: Polars' regular expressions have no look-around."""

_PLAIN = re.compile(
    r"(?<!\d)(?P<century>(?:18|19|20)[ \u00a0-]?)?"
    r"(?P<year>\d\d)(?P<part>[ \u00a0-]?)(?P<month>\d\d)(?P=part)(?P<day>\d\d)"
    rf"(?P<gap>{_GAP})(?P<last>\d{{4}})(?!\d|-\d\d-\d\d)",  # not the first day of a span of days
    re.ASCII,
)
_MANGLED = re.compile(rf"(?<![\d.,])(?:{_SCIENTIFIC}|{_THOUSANDS})(?!\d)", re.ASCII)
_LOST_ZERO = re.compile(_NINE, re.ASCII)


def holds_number(text: str, *, whole_cell: bool = False) -> bool:
    """Whether a personal or coordination number stands in the text; `whole_cell`: the text is all that a cell of
    free text holds, so that nine digits may be ten."""
    return next(_found(text, whole_cell=whole_cell), None) is not None


def mask_text(text: str, *, whole_cell: bool = False) -> str:
    """The text with each personal or coordination number replaced."""
    for start, end in sorted(_found(text, whole_cell=whole_cell), reverse=True):
        text = text[:start] + MASK + text[end:]
    return text


def _found(text: str, *, whole_cell: bool) -> Iterator[tuple[int, int]]:
    """Where the numbers stand. The patterns don't overlap: a plain one ends in four digits on end, a mangled one
    has a mark before each of its last three."""
    start = 0
    while match := _PLAIN.search(text, start):
        century = (match["century"] or "")[:2]
        sign = "+" if "+" in match["gap"] else "-"
        if personnummer.valid(f"{century}{match['year']}{match['month']}{match['day']}{sign}{match['last']}"):
            yield match.span()
            start = match.end()
        else:  # a day with a year after it is none, but the year may begin one
            start = match.start() + 1
    for match in _MANGLED.finditer(text):
        if _is_number(_digits(match[0])):
            yield match.span()
    if whole_cell and (nine := _LOST_ZERO.match(text)) and _is_number(f"0{text[:9]}"):
        yield nine.span()


def _digits(mangled: str) -> str:
    """The digits of the number that Excel wrote so."""
    mantissa, _, exponent = mangled.lower().partition("e")
    digits = re.sub(r"\D", "", mantissa)
    return digits.ljust(int(exponent) + 1, "0") if exponent else digits


def _is_number(digits: str) -> bool:
    known_century = len(digits) != len("YYYYMMDDNNNN") or digits[:2] in ("18", "19", "20")
    return len(digits) in (10, 12) and known_century and bool(personnummer.valid(digits))


def masks(texts: pl.DataFrame, free_text: Collection[str] = ()) -> dict[str, dict[str, str]]:
    """By column, where there are any: every distinct text that holds a number, and the text with it replaced.
    `free_text`: the columns in whose cells nine digits may be ten."""
    patterns = {name: f"{_LOOSE}|{_NINE}" if name in free_text else _LOOSE for name in texts.columns}
    suspects = texts.select(
        pl.col(name).filter(pl.col(name).str.contains(pattern)).unique().implode()
        for name, pattern in patterns.items()
    )
    found = {}
    for name in texts.columns:
        whole_cell = name in free_text
        replaced = {
            text: mask_text(text, whole_cell=whole_cell)
            for text in suspects[name].explode().drop_nulls()
            if holds_number(text, whole_cell=whole_cell)
        }
        if replaced:
            found[name] = replaced
    return found
