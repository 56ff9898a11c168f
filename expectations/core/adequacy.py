"""core.adequacy: one row per adequacy decision that is a ground of its own, and time in force."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.adequacy", "name", "in_force_from"),
]
