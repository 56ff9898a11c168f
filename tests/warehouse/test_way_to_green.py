"""marts.way_to_green and marts.gap_order: how few gaps turn a figure green, which of them first, and when it is green
at the pace of the last 90 days."""

from collections.abc import Mapping
from datetime import date, timedelta

import duckdb
import pytest

from assets.warehouse.build import build
from tests.warehouse.conftest import BASE
from tests.warehouse.toy_indicator import add, define

pytestmark = pytest.mark.slow

B = date(2026, 10, 31)
Row = dict[str, object]


def ago(days: int) -> date:
    return B - timedelta(days=days)


def way(con: duckdb.DuckDBPyConnection, organisation: str = "a") -> Row | None:
    """The row of X-01, without its keys; None where the figure isn't short of its target."""
    build(con, BASE, ["marts.gap_order"])
    found = con.execute("FROM marts.way_to_green WHERE organisation = ?", [organisation])
    names = [column[0] for column in found.description]
    row = found.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


@pytest.mark.parametrize(
    ("kind", "target", "ok", "not_ok", "to_close"),
    [
        ("share", 80, 7, 3, 1),
        ("share", 80, 0, 10, 8),
        ("share", 100, 5, 2, 2),
        ("share", 95, 18, 2, 1),
        ("share", 33, 0, 3, 1),
        ("share", 34, 1, 2, 1),
        ("share", 80, 8, 2, None),
        ("share", None, 0, 10, None),
        ("open", 0, 5, 3, 3),
        ("open", 0, 5, 0, None),
    ],
)
def test_the_fewest_gaps_that_turn_it_green(
    con: duckdb.DuckDBPyConnection, kind: str, target: int | None, ok: int, not_ok: int, to_close: int | None
) -> None:
    define(con, kind, target)
    add(con, "a", ok, not_ok, not_measured=4)
    found = way(con)
    assert (found and found["to_close"]) == to_close
    assert found is None or found["gaps"] == not_ok


def test_a_law_is_red_until_every_gap_is_closed_and_protected_persons_count(con: duckdb.DuckDBPyConnection) -> None:
    define(con, target=100, law=True)
    add(con, "a", 8, 1)
    add(con, "a", 0, 1, unit="E1", protected=True)
    found = way(con)
    assert found
    assert (found["gaps"], found["to_close"]) == (2, 2)
    assert len(order(con)) == 1, "who is protected is in no list"


def order(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, bool, list[str] | None]]:
    """Key → place, whether it is among the first, and the figures that share it."""
    rows = con.execute(
        "SELECT gap.key, ordered.place, ordered.first, ordered.shared FROM marts.gap_order AS ordered "
        "JOIN marts.gaps AS gap ON gap.id = ordered.id WHERE gap.organisation = 'a' AND gap.indicator = 'X-01'"
    ).fetchall()
    return {key: (place, first, shared) for key, place, first, shared in rows}


def item(con: duckdb.DuckDBPyConnection, key: str, indicator: str = "X-01", row: int = 1, **own: object) -> None:
    fields: Mapping[str, object] = {
        "indicator": indicator, "organisation": "a", "key": key, "ok": False, "numerator": 0, "denominator": 1,
        "measured": True, "protected": False, "delivery": "register.csv", "row": row,
    } | own  # fmt: skip
    marks = ", ".join("?" * len(fields))
    con.execute(f"INSERT INTO catalogue.items ({', '.join(fields)}) VALUES ({marks})", list(fields.values()))


def test_the_largest_items_are_the_shortest_way(con: duckdb.DuckDBPyConnection) -> None:
    """Of 100 requirements 50 are met and 80 wanted: the object that lacks 30 is enough."""
    define(con, target=80)
    item(con, "small", numerator=20, denominator=30)
    item(con, "large", numerator=10, denominator=40)
    item(con, "middle", numerator=20, denominator=30)
    found = way(con)
    assert found
    assert (found["gaps"], found["to_close"]) == (3, 1)
    assert {key: place for key, (place, first, _) in order(con).items() if first} == {"large": 1}


def test_what_several_figures_share_comes_first_then_the_oldest(con: duckdb.DuckDBPyConnection) -> None:
    define(con, target=50)
    con.execute(
        "INSERT INTO catalogue.indicators BY NAME SELECT 1 AS position, 'X-02' AS indicator, 'open' AS kind, "
        "0 AS target, CAST([] AS VARCHAR[]) AS needs, true AS gap_list, false AS law UNION ALL BY NAME "
        "SELECT 2 AS position, 'X-03' AS indicator, 'share' AS kind, 1 AS target, CAST([] AS VARCHAR[]) AS needs, "
        "true AS gap_list, false AS law"
    )
    for number, key in enumerate(("alone", "shared", "namesake", "with a green one"), 1):
        item(con, key, row=number)
    item(con, "shared", "X-02", row=2)
    item(con, "namesake", "X-02", row=3, delivery="another.csv")
    item(con, "with a green one", "X-03", row=4)
    item(con, "in order", "X-03", row=5, ok=True, numerator=1)
    found = way(con)
    assert found
    assert found["to_close"] == 2
    in_order = order(con)
    assert in_order["shared"] == (1, True, ["X-02"])
    assert {key: shared for key, (*_, shared) in in_order.items() if shared} == {"shared": ["X-02"]}
    assert sum(first for _, first, _ in in_order.values()) == 2


def life(con: duckdb.DuckDBPyConnection, number: int, first_seen: date, closed: date | None) -> None:
    con.execute(
        "INSERT INTO history.gaps BY NAME SELECT ? AS id, 'X-01' AS indicator, 'a' AS organisation, ? AS key, "
        "CAST(? AS DATE) AS first_seen, CAST(? AS DATE) AS opened, CAST(? AS DATE) AS closed",
        [f"gone-{number}", f"gone-{number}", first_seen, first_seen, closed],
    )


def night(con: duckdb.DuckDBPyConnection, day: date, value: float | None = 50, is_night: bool = True) -> None:
    con.execute(
        "INSERT INTO history.series BY NAME SELECT CAST(? AS DATE) AS as_of, ? AS night, 'X-01' AS indicator, "
        "'a' AS organisation, CAST(? AS DECIMAL(18, 1)) AS value",
        [day, is_night, value],
    )


@pytest.mark.parametrize(
    ("first_night", "closed", "opened", "green_on", "why"),
    [
        # ten closed and none opened in 90 days: the five left take 45
        (400, 10, 0, B + timedelta(days=45), None),
        (400, 20, 10, B + timedelta(days=45), None),
        (400, 9, 0, None, "too_few"),
        (400, 12, 12, None, "not_fewer"),
        (400, 12, 20, None, "not_fewer"),
        # followed for 40 days alone: a quarter a day
        (40, 10, 0, B + timedelta(days=20), None),
        (29, 10, 0, None, "too_short"),
        (None, 10, 0, None, "too_short"),
    ],
)
def test_when_it_is_green_at_the_pace_of_the_last_90_days(
    con: duckdb.DuckDBPyConnection, first_night: int | None, closed: int, opened: int, green_on: date | None,
    why: str | None,
) -> None:  # fmt: skip
    define(con, "open", 0)
    add(con, "a", 3, 5)
    if first_night is not None:
        night(con, ago(first_night))
        night(con, ago(500), value=None)
        night(con, ago(501), is_night=False)
    for number in range(closed):
        life(con, number, ago(450), ago(5))
    for number in range(opened):
        # of those that have come within the days, and still stand as they can't be seen tonight
        life(con, 100 + number, ago(8), None)
    con.execute("SET VARIABLE nightly = false")
    # the five of tonight are as old as the others
    lift(con)
    found = way(con)
    assert found
    assert (found["green_on"], found["no_forecast"]) == (green_on, why)


def lift(con: duckdb.DuckDBPyConnection) -> None:
    """Tonight's own gaps were there long before the days that count."""
    build(con, BASE, ["marts.gaps"])
    con.execute(
        "INSERT INTO history.gaps BY NAME SELECT id, indicator, organisation, key, DATE '2025-01-01' AS first_seen, "
        "DATE '2025-01-01' AS opened FROM marts.gaps WHERE id IS NOT NULL"
    )
    con.execute("DROP TABLE marts.gaps")


def test_what_closed_before_it_was_followed_is_no_pace(con: duckdb.DuckDBPyConnection) -> None:
    define(con, "open", 0)
    add(con, "a", 3, 5)
    night(con, ago(60))
    for number in range(20):
        life(con, number, ago(450), ago(70))
    lift(con)
    found = way(con)
    assert found
    assert (found["days"], found["closed"], found["no_forecast"]) == (60, 0, "too_few")


def test_what_takes_longer_than_ten_years_is_not_dated(con: duckdb.DuckDBPyConnection) -> None:
    define(con, "open", 0)
    add(con, "a", 0, 500)
    night(con, ago(400))
    for number in range(10):
        life(con, number, ago(450), ago(5))
    lift(con)
    found = way(con)
    assert found
    assert (found["green_on"], found["no_forecast"]) == (None, "too_far")
