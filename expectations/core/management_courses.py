"""core.management_courses: one row per course section that the management must take."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.management_courses", "kurskod", "avsnitt"),
]
