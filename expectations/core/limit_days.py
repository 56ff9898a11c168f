"""core.limit_days: one row per way of counting and day: the day on which a limit ends."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.limit_days", "counting", "day"),
]
