"""core.request_deadlines: one row per request of a data subject, with the day by which it is to be answered."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.request_deadlines", "organisation", "arende_id"),
]
