"""core.mandatory_training_obstacles: one row per subject and organisation where mandatory e-learning can't be
measured."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.mandatory_training_obstacles", "subject", "organisation"),
]
