"""core.decided_assessments: one row per impact assessment decided by B."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.decided_assessments", "organisation", "dpia_id"),
]
