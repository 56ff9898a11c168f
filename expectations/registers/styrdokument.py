"""registers.styrdokument: local instruction and routines."""

from expectations.expectation import Expectation
from expectations.patterns import at_least, happened, in_order

SUITE: list[Expectation] = [
    at_least(
        "styrdokument",
        1,
        "Varje organisation ska ha minst en lokal anvisning (STY-01), så en leverans utan rader är en tom export.",
    ),
    happened("styrdokument", "beslutad", "Beslutad"),
    happened("styrdokument", "senast_oversedd", "Senast översedd"),
    in_order(
        "beslutad",
        "senast_oversedd",
        "Dokumentet är översett innan det är beslutat",
        "Ett dokument gäller från beslutet; en översyn dessförinnan håller det inte aktuellt.",
    ),
]
