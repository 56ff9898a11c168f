"""core.mandatory_training: one row per subject and person in scope for training."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.mandatory_training", "subject", "organisation", "anstallnings_id"),
]
