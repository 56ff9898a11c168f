"""core.active_risks: one row per active risk."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.active_risks", "organisation", "risk_id"),
]
