"""The life of a gap: four hundred nights in which deliveries and gaps come and go, on the real SQL below Dagster.

A plain account in Python, kept beside, says what each night must leave behind.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pytest

from assets.warehouse.build import create_tables
from tests.warehouse.conftest import MODELS, REGISTERS

pytestmark = pytest.mark.slow

FIRST = date(2026, 1, 1)

_NO_FIGURE = ("ej mätbar", "mäts inte här", "mäts inte ännu")
"""In these states nothing is seen, by turns."""


@dataclass
class Life:
    """What the account keeps of one gap."""

    first_seen: date
    opened: date
    last_seen: date
    closed: date | None = None


@dataclass(frozen=True)
class Night:
    """What a night sees of the one indicator in the one organisation: which items are gaps, which are not measured,
    and whether there is a figure at all."""

    day: date
    gaps: frozenset[str]
    not_measured: frozenset[str]
    measurable: bool


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        create_tables(con, REGISTERS, MODELS)
        con.execute("DELETE FROM catalogue.indicators")
        con.execute(
            "INSERT INTO catalogue.indicators BY NAME SELECT 'X-01' AS indicator, true AS gap_list, 'share' AS kind"
        )
        con.execute("CREATE TABLE core.protected_persons (organisation VARCHAR, anstallnings_id VARCHAR)")
        con.execute("CREATE TABLE marts.measurability (indicator VARCHAR, organisation VARCHAR, state VARCHAR)")
        yield con


def run(con: duckdb.DuckDBPyConnection, night: Night, nightly: bool = True) -> dict[str, Life]:
    """One night on the lives that the last one left in history.gaps; gives the lives it leaves itself."""
    con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [night.day])
    con.execute("SET VARIABLE nightly = ?", [nightly])
    con.execute("DELETE FROM catalogue.items; DELETE FROM marts.measurability")
    unseen = _NO_FIGURE[night.day.toordinal() % len(_NO_FIGURE)]
    con.execute("INSERT INTO marts.measurability VALUES ('X-01', 'a', ?)", [None if night.measurable else unseen])
    for key in night.gaps | night.not_measured if night.measurable else ():
        con.execute(
            "INSERT INTO catalogue.items BY NAME SELECT 'X-01' AS indicator, 'a' AS organisation, ? AS key, "
            "if(?, false, NULL) AS ok, ? AS measured, false AS protected",
            [key, key in night.gaps, key in night.gaps],
        )
    for table in ("core.review", "marts.gaps", "marts.gap_lifecycle"):
        con.execute(f"CREATE OR REPLACE TABLE {table} AS {MODELS[table].query}")
    rows = con.execute("SELECT key, first_seen, opened, last_seen, closed FROM marts.gap_lifecycle").fetchall()
    assert len({row[0] for row in rows}) == len(rows), "one life a gap"
    return {key: Life(*dates) for key, *dates in rows}


def keep(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DELETE FROM history.gaps; INSERT INTO history.gaps BY NAME FROM marts.gap_lifecycle")


def account(lives: dict[str, Life], night: Night) -> None:
    """The same night, told plainly."""
    for key, life in list(lives.items()):
        if life.closed and life.closed <= night.day - timedelta(days=90):
            del lives[key]
    seen = night.gaps if night.measurable else frozenset()
    for key in seen:
        life = lives.setdefault(key, Life(night.day, night.day, night.day))
        if life.closed:
            life.opened, life.closed = night.day, None
        life.last_seen = night.day
    for key, life in lives.items():
        can_be_seen = night.measurable and key not in night.not_measured
        if key not in seen and not life.closed and can_be_seen:
            life.closed = night.day


def nights(number: int, seed: int) -> Iterator[Night]:
    """Nights in which gaps come and go, deliveries are missing for a while, and some nights are skipped."""
    draw = random.Random(seed)
    open_gaps: set[str] = set()
    measurable, day = True, FIRST
    for _ in range(number):
        day += timedelta(days=draw.choice((1, 1, 1, 1, 3)))
        if draw.random() < 0.1:
            measurable = not measurable
        for key in "ABCDEFGH":
            if draw.random() < 0.04:
                open_gaps ^= {key}
        hidden = frozenset(key for key in open_gaps if draw.random() < 0.1)
        yield Night(day, frozenset(open_gaps) - hidden, hidden, measurable)


@pytest.mark.parametrize(("seed", "count"), [pytest.param(1, 400, marks=pytest.mark.long), (2, 100)])
def test_four_hundred_nights_replay_to_the_same_history(
    con: duckdb.DuckDBPyConnection, seed: int, count: int
) -> None:
    expected: dict[str, Life] = {}
    for night in nights(count, seed):
        account(expected, night)
        left = run(con, night)
        assert left == expected, night.day
        assert run(con, night) == left, "the same night twice changes nothing"
        keep(con)


def test_a_review_opens_and_closes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    run(con, Night(FIRST, frozenset("A"), frozenset(), measurable=True))
    keep(con)
    later = Night(FIRST + timedelta(days=9), frozenset("B"), frozenset(), measurable=True)
    left = run(con, later, nightly=False)
    assert left["A"].closed is None
    opened = con.execute("SELECT key, opened, age FROM marts.gaps").fetchall()
    assert opened == [("B", later.day, 0)]


def test_what_was_listed_of_a_person_who_is_protected_by_now_is_forgotten(con: duckdb.DuckDBPyConnection) -> None:
    run(con, Night(FIRST, frozenset({"A1", "A1 / KURS / 3", "A11"}), frozenset(), measurable=True))
    keep(con)
    con.execute("INSERT INTO core.protected_persons VALUES ('a', 'A1')")
    left = run(con, Night(FIRST + timedelta(days=1), frozenset(), frozenset(), measurable=True))
    assert set(left) == {"A11"}
