"""core.active_assets: one row per active information asset."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.active_assets", "organisation", "tillgangs_id"),
]
