"""What tables are expected to hold: one module per table, `registers/personal.py` for registers.personal.

A module's SUITE is a list of Expectation. To it comes what is stated elsewhere already: what a register's contract
demands (`by_contract`), and that a model has one row per grain (`patterns.grain`). A table of which nothing more is
to be said has no module. Nothing registers a suite: its path is its table.
"""
