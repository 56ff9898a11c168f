"""registers.vor_indikatorer: the risk analysis' indicators."""

from expectations.expectation import Expectation
from expectations.patterns import wrong_rows

SUITE: list[Expectation] = [
    wrong_rows(
        "vor_indikatorer",
        "ar_rimligt",
        "each.ar NOT BETWEEN 2000 AND 2100",
        "År är inget årtal. Skriv fyra siffror.",
        "VOR-01 räknar rader för granskningens år; ett felskrivet år räknas aldrig.",
    ),
]
