"""core.supplied_systems: one row per system in use with personal data and a supplier."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.supplied_systems", "organisation", "system_id"),
]
