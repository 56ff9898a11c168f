"""core.protected_persons: one row per id that must stand in no list."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.protected_persons", "organisation", "anstallnings_id"),
]
