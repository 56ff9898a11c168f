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
    "points": "{0}{1}.{2}.{3}-{4}",
    "slashes": "{1}/{2}/{3}-{4}",
    "full width": "{0}{1}{2}{3}-{4}",
}
"""Ways of writing one: century, year, month, day, the last four."""


_FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


def unborn(month: int, day: int, serial: int) -> str:
    """Ten digits of a coordination number of an unknown day: month 00, day 60, or one that the month lacks."""
    digits = f"97{month:02d}{day:02d}{serial}"
    doubled = (int(digit) * (2 - position % 2) for position, digit in enumerate(digits))
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def spelled(digits: str, spelling: str) -> str:
    written = SPELLINGS[spelling].format(digits[:2], digits[2:4], digits[4:6], digits[6:8], digits[8:])
    return written.translate(_FULL_WIDTH) if spelling == "full width" else written


numbers = st.builds(
    number,
    st.dates(date(1890, 1, 1), date(1899, 12, 31)),
    st.integers(980, 999),
    coordination=st.booleans(),
)
