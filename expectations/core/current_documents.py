"""core.current_documents: one row per organisation and type with a current document."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.current_documents", "organisation", "typ"),
]
