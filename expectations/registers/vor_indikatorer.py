"""registers.vor_indikatorer: the risk analysis' indicators."""

from expectations.expectation import Expectation
from expectations.patterns import year

SUITE: list[Expectation] = [
    year(2000, 2100, "VOR-01 räknar rader för granskningens år; ett felskrivet år räknas aldrig."),
]
