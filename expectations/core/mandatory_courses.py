"""core.mandatory_courses: one row per subject and whole course that everybody must take."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.mandatory_courses", "subject", "kurskod"),
]
