"""core.management_training: one row per person of the management, employed or elected."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.management_training", "organisation", "elected", "anstallnings_id"),
]
