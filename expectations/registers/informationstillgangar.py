"""registers.informationstillgangar: the inventory of information assets."""

from expectations.expectation import Expectation
from expectations.patterns import at_least, happened

SUITE: list[Expectation] = [
    at_least(
        "informationstillgangar",
        1,
        "Varje organisation har informationstillgångar, så en leverans utan rader är en tom export.",
    ),
    happened("informationstillgangar", "bekraftad", "Bekräftad"),
    happened("informationstillgangar", "behorighetsrutin", "Behörighetsrutin"),
]
