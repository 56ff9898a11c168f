"""core.spoiled_registers: one row per organisation and register with most of its rows in quarantine."""

from expectations.expectation import Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.spoiled_registers", "organisation", "register"),
]
