"""core.unknown_learners: one row per organisation whose completions name people whom personal doesn't know."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.unknown_learners", "organisation"),
]
