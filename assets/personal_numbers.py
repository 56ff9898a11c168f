"""Personal, coordination and interim numbers in one text: found and replaced.

Date and check digit decide. A false hit costs a digit group, a miss costs a person: where they fit, the number is
replaced (docs/spec/interfaces.md, Privacy).

The numbers: personal numbers; coordination numbers (day + 60: folkbokföringslag 18 §, lag 2022:1697 2 kap. 8 §),
whose month may be 00 and whose day may be 60 or one that the month lacks, since what isn't known of a birth is
written so; and interim numbers, which have a letter where the first of the last four stands.

The spellings: with and without century; nothing, blanks or up to four of `- + . , / : _` before the last four,
which may stand in brackets; year,
month and day parted by blanks, hyphens, points or slashes, or the year alone (`1985 0709 9805`); the last four in
pairs after a mark; digits of any script; what Excel makes of a number: `1,98507099805E+11`, `198 507 099 805`,
`850709 9805,00`, and (a cell's whole text alone) nine digits that have lost their first zero; and each of them with
signs in it that nobody sees, or of which a browser or Markdown makes others (assets/disguises.py).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from unicodedata import decimal

from personnummer import personnummer

from assets.disguises import DISGUISED, Span, found_as_read, joined

MASK = "[personnummer]"

Place = Literal["text", "cell", "code"]
"""Where a number is looked for: in running text; in a cell of free text, where nine digits may be ten; or in a code
or list, where it counts only if it is a whole code, for case numbers are often made of a date and four digits."""

_BLANKS = r"[ \t\r\n\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]{0,3}"
_DASHES = r"\u02d7\u2010-\u2015\u2043\u207b\u208b\u2212\ufe58"
GAP = rf"{_BLANKS}[-+.,/:_\u00ad\uff0d{_DASHES}]{{0,4}}{_BLANKS}[(\[]?"
PART = rf"[ \u00a0\u2009\u202f./{_DASHES}-]?"
_INTERIM = "TRSUWXJKLMNtrsuwxjklmn"
LAST = rf"(?:\d|[{_INTERIM}])\d[ \u00a0]?\d\d"
THOUSANDS = r"\d{1,3}(?:[ .,'\u00a0\u202f]\d{3}){3}"
SCIENTIFIC = r"\d[.,]\d{7,11}[eE]\+?(?:09|9|11)"
NINE = r"^\d{9}(?:[.,]0{1,2})?$"

_PLAIN = re.compile(
    r"(?<!\d)(?P<century>(?:18|19|20)[ \u00a0-]?)?"
    rf"(?P<year>\d\d)(?P<part>{PART})(?P<month>\d\d)(?P=part)?(?P<day>\d\d)"
    rf"(?P<gap>{GAP})(?P<last>{LAST})(?!\d|-\d\d-\d\d)"  # not the first day of a span of days
    r"(?:(?<=[(\[]....)[)\]])?",
    re.ASCII,
)
_MANGLED = re.compile(rf"(?<![\d.,])(?:{SCIENTIFIC}|{THOUSANDS})(?!\d)", re.ASCII)
_LOST_ZERO = re.compile(NINE, re.ASCII)
_STAMP = re.compile(
    r"(?<!\d)20(?:1[5-9]|[2-9]\d)-?\d\d-?\d\d[-_T ]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)", re.ASCII
)
_DISGUISED = re.compile(DISGUISED)
_BETWEEN_CODES = " \t\r\n\u00a0,;|"


def holds_number(text: str, place: Place = "text") -> bool:
    """Whether a personal, coordination or interim number stands in the text."""
    return next(numbers_in(text, place), None) is not None


def mask_text(text: str, place: Place = "text") -> str:
    """The text with each personal, coordination or interim number replaced."""
    return _without(text, numbers_in(text, place))


def mask_name(name: str) -> str:
    """A file's name with each number replaced."""
    return _without(name, numbers_in_name(name))


def _without(text: str, numbers: Iterable[Span]) -> str:
    for start, end in reversed(list(numbers)):
        text = text[:start] + MASK + text[end:]
    return text


def numbers_in_name(name: str) -> Iterator[Span]:
    """Where numbers stand in a file's name; `20250909-1704` is the day and the time at which a system wrote it."""
    kept = [match.span() for match in _STAMP.finditer(name)]
    for start, end in numbers_in(name):
        if not any(first <= start and end <= last for first, last in kept):
            yield start, end


def numbers_in(text: str, place: Place = "text") -> Iterator[Span]:
    """Where the numbers stand, in order."""
    if _DISGUISED.search(text):
        yield from found_as_read(text, lambda read: _found_as_written(read, place))
    else:
        yield from joined(_found_as_written(text, place))


def _found_as_written(text: str, place: Place) -> Iterator[Span]:
    plain = _with_plain_digits(text)
    spans = _everywhere(plain)
    if place == "code":
        spans = (span for span in spans if _stands_alone(plain, *span))
    yield from spans
    if place == "cell" and (nine := _LOST_ZERO.match(plain)) and _is_personal_number(f"0{plain[:9]}"):
        yield nine.span()


def _everywhere(text: str) -> Iterator[Span]:
    start = 0
    while match := _PLAIN.search(text, start):
        if _is_person(match):
            yield match.span()
            start = match.end()
        else:  # a day with a year after it is none, but the year may begin one
            start = match.start() + 1
    for match in _MANGLED.finditer(text):
        if _is_personal_number(_digits(match[0])):
            yield match.span()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but blanks and separators stands next to it: `250710-1224`, but not `INC-250710-1224`."""
    return (start == 0 or text[start - 1] in _BETWEEN_CODES) and (end == len(text) or text[end] in _BETWEEN_CODES)


def _with_plain_digits(text: str) -> str:
    """The text, as long as it was, with full-width digits and those of other scripts as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(decimal(char)) if char.isdecimal() else char for char in text)


def _is_person(match: re.Match[str]) -> bool:
    last = re.sub(r"\s", "", match["last"])
    if last != match["last"] and not match["gap"].strip():
        return False  # a day and a time: `17.10.2023 16:47`
    last = last if last.isdecimal() else f"1{last[1:]}"  # a letter counts as 1
    if last.startswith("000"):
        return False
    ten = f"{match['year']}{match['month']}{match['day']}{last}"
    if int(match["day"]) >= 60:
        return int(match["month"]) <= 12 and int(match["day"]) <= 91 and _checks(ten)
    sign = "+" if "+" in match["gap"] else "-"
    return bool(personnummer.valid(f"{(match['century'] or '')[:2]}{ten[:6]}{sign}{last}"))


def _checks(ten: str) -> bool:
    """Whether the tenth digit is the check digit of the nine before it (Luhn)."""
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return sum(product // 10 + product % 10 for product in products) % 10 == 0


def _digits(mangled: str) -> str:
    """The digits of the number that Excel wrote so."""
    mantissa, _, exponent = mangled.lower().partition("e")
    digits = re.sub(r"\D", "", mantissa)
    return digits.ljust(int(exponent) + 1, "0") if exponent else digits


def _is_personal_number(digits: str) -> bool:
    """Whether ten or twelve digits on end are somebody's."""
    match = _PLAIN.fullmatch(digits)
    return match is not None and len(digits) in (10, 12) and _is_person(match)
