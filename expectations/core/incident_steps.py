"""core.incident_steps: one row per incident of the year and report that the law asks for."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.incident_steps", "organisation", "arende_id", "law", "step"),
]
