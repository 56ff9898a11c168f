"""References by another name (docs/spec/sources.md, lookup): which columns are looked up in which, and in what order.

`resolve_lookups` puts the keys in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import duckdb

from assets.refusal import RunRefused
from assets.registers.column import Column
from assets.registers.contract import Register
from assets.warehouse.staged import IN_FORCE


@dataclass(frozen=True)
class Lookup:
    """The column of a register whose texts are looked up in a column of the target."""

    register: Register
    column: Column
    target: Register
    looked_up: Column

    @property
    def is_of_key(self) -> bool:
        return self.column.name in self.register.key

    @property
    def positions(self) -> str:
        """A query for the deliveries in force of which it holds; it takes $column and $target."""
        return f"""
            SELECT position FROM intake.deliveries AS delivery
            WHERE {IN_FORCE} AND register = '{self.register.name}'
                AND list_contains(lookups, {{'column': $column, 'target': $target}})
        """

    @property
    def parameters(self) -> dict[str, str]:
        return {"column": self.column.name, "target": f"{self.target.name}.{self.looked_up.name}"}


def lookups_in_force(con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]) -> list[Lookup]:
    """Every lookup of a delivery in force, once."""
    found = con.execute(f"""
        SELECT DISTINCT register, lookup."column", lookup.target
        FROM (SELECT register, unnest(lookups) AS lookup FROM intake.deliveries AS delivery WHERE {IN_FORCE})
        ORDER BY ALL
    """)
    return [_lookup(registers, *line) for line in found.fetchall()]


def _lookup(registers: Mapping[str, Register], register: str, column: str, place: str) -> Lookup:
    target, _, looked_up = place.partition(".")
    return Lookup(
        registers[register], registers[register].by_name[column],
        registers[target], registers[target].by_name[looked_up],
    )  # fmt: skip


def targets_first(lookups: Sequence[Lookup]) -> list[Lookup]:
    """Those of keys, each after those of its target's own key. Raises RunRefused where keys hang on each other."""
    of_keys = [lookup for lookup in lookups if lookup.is_of_key]
    hang: dict[str, set[str]] = {}
    for lookup in of_keys:
        hang.setdefault(lookup.register.name, set()).add(lookup.target.name)
    try:
        order = list(TopologicalSorter(hang).static_order())
    except CycleError as fault:
        ring = " → ".join(reversed(fault.args[1]))
        raise RunRefused(f"Källornas nycklar slås upp i varandra, så att ingen kan bli klar: {ring}.") from None
    return sorted(of_keys, key=lambda lookup: order.index(lookup.register.name))
