"""core.plan_activities: one row per activity of the plan."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.plan_activities", "organisation", "aktivitets_id"),
]
