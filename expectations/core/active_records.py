"""core.active_records: one row per active record of processing."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.active_records", "organisation", "behandlings_id"),
]
