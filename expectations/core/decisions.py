"""core.decisions: one row per decision of an earlier management review that isn't struck."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.decisions", "organisation", "besluts_id"),
]
