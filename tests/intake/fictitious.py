"""Personal and coordination numbers of the fictitious series alone: born 1890–1899, serial 980–999, so nobody's."""

from datetime import date

from hypothesis import strategies as st


def number(born: date, serial: int, *, coordination: bool = False) -> str:
    """The twelve digits, the check digit computed (Luhn over the last ten without it)."""
    assert 1890 <= born.year <= 1899
    assert 980 <= serial <= 999
    day = born.day + 60 * coordination
    digits = f"{born:%Y%m}{day:02d}{serial}"
    doubled = (int(digit) * (2 - position % 2) for position, digit in enumerate(digits[2:]))
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


PERSON = number(date(1897, 10, 9), 994)
COORDINATED = number(date(1897, 10, 9), 980, coordination=True)

SPELLINGS = {
    "twelve digits": "{0}{1}{2}{3}{4}",
    "hyphen": "{0}{1}{2}{3}-{4}",
    "blank": "{0}{1}{2}{3} {4}",
    "no-break space": "{0}{1}{2}{3}\u00a0{4}",
    "hyphen and blanks": "{0}{1}{2}{3} - {4}",
    "dash": "{0}{1}{2}{3}–{4}",
    "no-break hyphen": "{0}{1}{2}{3}\u2011{4}",
    "minus": "{0}{1}{2}{3}\u2212{4}",
    "iso day": "{0}{1}-{2}-{3}-{4}",
    "blanks all through": "{0}{1} {2} {3} {4}",
    "line break": "{0}{1}{2}{3}-\n{4}",
    "ten digits": "{1}{2}{3}{4}",
    "ten with hyphen": "{1}{2}{3}-{4}",
    "ten with plus": "{1}{2}{3}+{4}",
    "ten with blank": "{1}{2}{3} {4}",
    "parted ten": "{1} {2} {3}-{4}",
    "full stop": "{0}{1}{2}{3}.{4}",
    "slash": "{1}{2}{3}/{4}",
    "colon": "{1}{2}{3}:{4}",
    "underscore": "{0}{1}{2}{3}_{4}",
    "two hyphens": "{0}{1}{2}{3}--{4}",
    "em space": "{0}{1}{2}{3}\u2003{4}",
    "no-break hyphens": "{0}{1}\u2011{2}\u2011{3}\u2011{4}",
    "points": "{0}{1}.{2}.{3}-{4}",
    "slashes": "{1}/{2}/{3}-{4}",
    "full width": "{0}{1}{2}{3}-{4}",
    "comma": "{1}{2}{3},{4}",
    "year, day, last four": "{0}{1} {2}{3} {4}",
    "last four in pairs": "{1}{2}{3}-{5} {6}",
    "zero-width blank in the day": "{1}{2}\u200b{3}-{4}",
    "soft hyphens": "{0}{1}\u00ad{2}\u00ad{3}\u00ad{4}",
    "word joiners": "{1}\u2060{2}{3}-\u2060{5}\u2060{6}",
    "marks of direction": "{1}{2}\u200e{3}\u202a-{4}",
    "entity for the hyphen": "{1}{2}{3}&#45;{4}",
    "entity for a blank": "{0}{1}{2}{3}&nbsp;{4}",
    "entity in an entity": "{1}{2}{3}&amp;#x2011;{4}",
    "entities in the day": "{1}&ndash;{2}&ndash;{3}&ndash;{4}",
    "escape of an address": "{0}{1}{2}{3}%2D{4}",
    "escapes of an address": "{1}{2}{3}%E2%80%93{4}",
    "escaped in Markdown": "{1}{2}{3}\\-{4}",
    "half bold in Markdown": "{1}{2}{3}**-{4}",
    "three hyphens": "{0}{1}{2}{3}---{4}",
    "modifier minus": "{0}{1}{2}{3}\u02d7{4}",
    "brackets": "{0}{1}{2}{3} ({4})",
    "square brackets": "{1}{2}{3}-[{4}]",
    "raised": "{0}{1}{2}{3}-{4}",
    "long entity": "{0}{1}{2}{3}&ZeroWidthSpace;{4}",
    "entity for a no-break blank": "{0}{1}{2}{3}&NonBreakingSpace;{4}",
    "bold tag": "{1}{2}<b>{3}</b>-{4}",
    "variation selector": "{1}\ufe0f{2}{3}-{4}",
    "grapheme joiner": "{0}{1}{2}{3}\u034f{4}",
    "old marks of direction": "{1}{2}\u206a{3}\u206f-{4}",
    "Hangul fillers": "{0}{1}{2}{3}\u115f{4}",
    "Hangul filler in the day": "{1}{2}\u3164{3}-{4}",
    "interlinear mark": "{1}{2}{3}\ufff9-{4}",
}
"""Ways of writing one: century, year, month, day, the last four, and its halves."""


_OTHER_DIGITS = {"full width": "".join(chr(0xFF10 + digit) for digit in range(10)), "raised": "⁰¹²³⁴⁵⁶⁷⁸⁹"}


def unborn(month: int, day: int, serial: int) -> str:
    """Ten digits of a coordination number of an unknown day: month 00, day 60, or one that the month lacks."""
    digits = f"97{month:02d}{day:02d}{serial}"
    doubled = (int(digit) * (2 - position % 2) for position, digit in enumerate(digits))
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def spelled(digits: str, spelling: str) -> str:
    written = SPELLINGS[spelling].format(
        digits[:2], digits[2:4], digits[4:6], digits[6:8], digits[8:], digits[8:10], digits[10:]
    )
    if spelling in _OTHER_DIGITS:
        return written.translate(dict(zip(map(ord, "0123456789"), _OTHER_DIGITS[spelling], strict=True)))
    return written


numbers = st.builds(
    number,
    st.dates(date(1890, 1, 1), date(1899, 12, 31)),
    st.integers(980, 999),
    coordination=st.booleans(),
)
