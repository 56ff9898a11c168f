"""Made-up persons: a name, an address at exempel.se and a number from the fictitious series."""

from datetime import date, timedelta
from random import Random

from pipelines.demo.rows import HERE, Row

FIRST, LAST = (block.split() for block in (HERE / "names.txt").read_text(encoding="utf-8").split("\n\n"))

FIRST_BIRTHDAY = date(1890, 1, 1)
BIRTHDAYS = 3652
"""Days of 1890–1899: with the serials 980–999 the numbers that the tax agency keeps free for tests."""


def check_digit(nine: str) -> str:
    """The tenth digit of a personal number: Luhn's, over the first nine."""
    doubled = "".join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(nine))
    return str(-sum(int(digit) for digit in doubled) % 10)


def personal_number(place: int) -> str:
    """The number at a place of the series: 20 serials a day, so that no two places share a number."""
    day, serial = divmod(place, 20)
    birthday = FIRST_BIRTHDAY + timedelta(days=day)
    nine = f"{birthday:%y%m%d}{980 + serial}"
    return f"{birthday:%Y%m%d}-{nine[6:]}{check_digit(nine)}"


def ascii_name(name: str) -> str:
    return name.casefold().translate(str.maketrans("åäöé", "aaoe")).replace(" ", ".")


class Persons:
    """Hands out persons, each with an employee id and a personal number of their own."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._places = iter(draw.sample(range(BIRTHDAYS * 20), 4000))
        self._last = 10_000

    def person(self) -> Row:
        """The next one: FS10001, FS10002 …"""
        self._last += 1
        name = f"{self._draw.choice(FIRST)} {self._draw.choice(LAST)}"
        return {
            "Anställnings-id": f"FS{self._last}",
            "Personnummer": personal_number(next(self._places)),
            "Namn": name,
            "E-post": f"{ascii_name(name)}{self._last % 1000}@exempel.se",
        }
