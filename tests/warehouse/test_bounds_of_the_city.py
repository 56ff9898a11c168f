"""The city's bounds hold whatever its organisations' bad rows turn out to be: small worlds, every outcome tried."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

import duckdb
import pytest

from assets.warehouse.build import build
from tests.warehouse.conftest import BASE
from tests.warehouse.toy_indicator import add, define

pytestmark = pytest.mark.slow

REGISTER = "personuppgiftsincidenter"
MARTS = ["marts.bounds", "marts.indicator_values"]
Bound = tuple[float | None, float | None, float | None, bool | None]
"""A figure, its lowest, its highest and whether it is certain."""


@dataclass(frozen=True)
class Part:
    """An organisation's items and bad rows. `turnable`: of those in order, how many stand on a row without a cell."""

    ok: int = 0
    not_ok: int = 0
    not_measured: int = 0
    quarantined: int = 0
    turnable: int = 0

    def outcomes(self) -> Iterator[tuple[int, int]]:
        """How many items are in order and how many not, in each way in which all this may come right."""
        free = self.quarantined + self.turnable  # an item in order, one not in order, or none
        made = ((ok, not_ok) for ok in range(free + 1) for not_ok in range(free - ok + 1))
        for (ok, not_ok), measured in product(made, range(self.not_measured + 1)):
            yield self.ok - self.turnable + ok + measured, self.not_ok + not_ok + self.not_measured - measured


def bounds(con: duckdb.DuckDBPyConnection, parts: Iterable[Part], kind: str, target: int | None) -> dict[str, Bound]:
    """What the real SQL says of the organisations a, b, … and of the city, of an indicator of which each row of a
    register makes one item."""
    define(con, kind=kind, target=target, needs=(REGISTER,))
    con.execute(
        "INSERT INTO intake.registers BY NAME SELECT ? AS register, 'organisation' AS level "
        "WHERE ? NOT IN (SELECT register FROM intake.registers)",
        [REGISTER, REGISTER],
    )
    con.execute("DELETE FROM catalogue.reach; DELETE FROM catalogue.deciding_columns")
    con.execute("INSERT INTO catalogue.reach VALUES ('X-01', ?, 'makes', 1, NULL)", [REGISTER])
    con.execute("INSERT INTO catalogue.deciding_columns VALUES ('X-01', ?, 'Risk', 1)", [REGISTER])
    for organisation, part in zip("abc", parts, strict=False):
        con.execute("INSERT INTO intake.coverage VALUES (?, ?, DATE '2026-10-30')", [organisation, REGISTER])
        add(con, organisation, part.ok, part.not_ok, part.not_measured)
        place = f"'{organisation}' AS organisation, '{REGISTER}' AS register, 'p.csv' AS delivery"
        con.execute(
            f"INSERT INTO intake.rejected BY NAME SELECT {place}, range AS row, ['K' || range] AS key FROM range(?)",
            [part.quarantined],
        )
        con.execute(
            f"""INSERT INTO intake.faults BY NAME
            SELECT {place}, 1000 + range AS row, 'Risk' AS "column", 'cellen' AS effect FROM range(?)""",
            [part.turnable],
        )
    build(con, BASE, MARTS)
    rows = con.execute(
        """SELECT organisation, CAST(value AS DOUBLE), CAST(lowest AS DOUBLE), CAST(highest AS DOUBLE), certain
        FROM marts.bounds"""
    ).fetchall()
    return {organisation: (value, lowest, highest, certain) for organisation, value, lowest, highest, certain in rows}


def figure(kind: str, ok: int, not_ok: int) -> float | None:
    """The figure of so many items in order and not, rounded as the real one is; none of nothing for a share."""
    if kind == "count":
        return float(ok + not_ok)
    if kind == "open":
        return float(not_ok)
    return (2000 * ok + ok + not_ok) // (2 * (ok + not_ok)) / 10 if ok + not_ok else None


def meets(kind: str, ok: int, not_ok: int, target: int) -> bool:
    return not_ok == 0 if kind == "open" else 100 * ok >= target * (ok + not_ok)


def test_rows_of_an_organisation_with_nothing_in_scope_lower_the_citys_share(con: duckdb.DuckDBPyConnection) -> None:
    """The ten would give 100 of 110 where none is in order: 90,9 %, under the target."""
    found = bounds(con, [Part(ok=100), Part(quarantined=10)], "share", 95)
    assert found["staden"] == (100.0, 90.0, 100.0, False)
    assert found["a"] == (100.0, 100.0, 100.0, True)
    assert found["b"] == (None, None, None, None)


def test_rows_of_an_organisation_with_a_single_item_raise_the_citys_share(con: duckdb.DuckDBPyConnection) -> None:
    """The ten would give 10 of 111 where all are in order: 9,0 %."""
    found = bounds(con, [Part(not_ok=100), Part(not_ok=1, quarantined=10)], "share", 95)
    assert found["staden"] == (0.0, 0.0, 9.9, False)
    assert found["a"] == (0.0, 0.0, 0.0, False)
    assert found["b"] == (0.0, 0.0, 100.0, False)


@pytest.mark.parametrize("kind", ["count", "open"])
def test_a_number_of_the_city_lies_between_the_sums_of_the_organisations_ends(
    con: duckdb.DuckDBPyConnection, kind: str
) -> None:
    """Bad rows of one organisation take nothing from what another has."""
    found = bounds(con, [Part(not_ok=5), Part(not_ok=1, quarantined=3)], kind, None)
    assert (found["b"][1], found["b"][2]) == (0.0, 4.0)
    assert (found["staden"][1], found["staden"][2]) == (5.0, 9.0)


@pytest.mark.parametrize("kind", ["share", "count", "open"])
@pytest.mark.parametrize("seed", range(8))
def test_no_outcome_falls_outside(con: duckdb.DuckDBPyConnection, kind: str, seed: int) -> None:
    draw = Random(f"{kind} {seed}")

    def part() -> Part:
        ok = draw.choice([0, 0, 3, 40])
        turnable = draw.randint(0, min(ok, 2))
        return Part(ok, draw.choice([0, 0, 2, 30]), draw.choice([0, 0, 1, 2]), draw.choice([0, 1, 4]), turnable)

    parts = [part() for _ in "abc"]
    target = None if kind == "count" else 0 if kind == "open" else draw.choice([50, 80, 95])
    found = bounds(con, parts, kind, target)
    ways = {name: set(part.outcomes()) for name, part in zip("abc", parts, strict=True)}
    of_two = {(a[0] + b[0], a[1] + b[1]) for a, b in product(ways["a"], ways["b"])}
    ways["staden"] = {(some[0] + c[0], some[1] + c[1]) for some, c in product(of_two, ways["c"])}
    for organisation, outcomes in ways.items():
        value, lowest, highest, certain = found[organisation]
        if value is None:
            continue
        assert lowest is not None
        assert highest is not None
        for outcome in outcomes:
            possible = figure(kind, *outcome)
            assert possible is None or lowest <= possible <= highest, (organisation, outcome, parts)
        if certain:
            assert target is not None
            assert all(meets(kind, *outcome, target) for outcome in outcomes if any(outcome)), parts
