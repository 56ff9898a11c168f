"""core.decided_documents: one row per governing document decided by B."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.decided_documents", "organisation", "dokument_id"),
]
