"""What tables are expected to hold: one module per table, `registers/personal.py` for registers.personal.

A module's SUITE is a list of Expectation. A register also has those that its contract tells of (`by_contract`), with
a module of its own or without. Nothing registers a suite: its path is its table.
"""

from expectations.expectation import CRITICAL, INFO, WARNING, Expectation

__all__ = ["CRITICAL", "INFO", "WARNING", "Expectation"]
