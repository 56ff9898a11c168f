"""Which tables have a suite, and what it says. A suite is found by its path; only reading one imports it."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import expectations
from assets.registers.contract import Register
from expectations.expectation import Expectation

FOLDER = Path(expectations.__path__[0])
SCHEMAS = ("core", "marts")
"""Beside the registers: the schemas whose tables have suites of their own here. What is published is held against the
suites of `publication` by `draft_audit`."""

Grains = Mapping[str, Sequence[str]]
"""The columns of which a model's table has one row each combination, by table (`core.employees`)."""


def tables(registers: Mapping[str, Register], grains: Grains) -> list[str]:
    """Returns every table with a suite: the registers, the models of which a grain is known, and what has a module of
    its own."""
    modules = {f"{schema}.{name}" for schema in SCHEMAS for name in _modules(schema)}
    return sorted({f"registers.{name}" for name in registers} | modules | set(grains))


def published_files() -> list[str]:
    """Returns the kinds of published file with a suite."""
    return _modules("publication")


def suite(table: str, registers: Mapping[str, Register], grains: Grains) -> list[Expectation]:
    """Returns what is expected of a table. Raises ValueError where a name stands twice, and whatever reading its
    module raises."""
    from expectations.by_contract import by_contract
    from expectations.patterns import grain

    schema, name = table.split(".")
    derived: list[Expectation] = []
    if schema == "registers":
        derived = by_contract(registers[name], registers)
    elif table in grains:
        # any part of a mart's grain may be empty: the figure of an organisation has no unit
        derived = [grain(table, grains[table], nullable=grains[table] if schema == "marts" else ())]
    own: list[Expectation] = list(import_module(f"expectations.{table}").SUITE) if name in _modules(schema) else []
    names = [expectation.name for expectation in (*derived, *own)]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{table}: {', '.join(sorted(twice))} is there twice")
    return [*derived, *own]


def _modules(schema: str) -> list[str]:
    return sorted(path.stem for path in (FOLDER / schema).glob("*.py") if path.stem != "__init__")
