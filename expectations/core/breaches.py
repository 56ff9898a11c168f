"""core.breaches: one row per personal data breach of the last twelve months."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.breaches", "organisation", "arende_id"),
]
