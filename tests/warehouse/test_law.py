"""Another day's law: which limits hold on a day, and which figures would be others under them."""

from datetime import date

import duckdb
import pytest

from assets.warehouse.build import build, create_tables
from assets.warehouse.law import changes_under, limits_on
from tests.warehouse.conftest import MODELS, REGISTERS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("day", "expected", "adequate"),
    [
        (date(2023, 7, 9), {("Första rapport", 6), ("Incidentanmälan", 24), ("Slutrapport", 4)}, []),
        (date(2026, 1, 14), {("Första rapport", 6), ("Incidentanmälan", 24), ("Slutrapport", 4)}, ["EU-US DPF"]),
        (
            date(2026, 1, 15),
            {("Första rapport", 24), ("Incidentanmälan", 72), ("Lägesrapport", 1), ("Slutrapport", 1)},
            ["EU-US DPF"],
        ),
    ],
)
def test_limits_of_a_day(day: date, expected: set[tuple[str, int]], adequate: list[str]) -> None:
    limits, adequacy = limits_on(MODELS, day)
    of_incidents = limits.filter(register="nis_incidenter")
    assert set(of_incidents.select("step", "span").iter_rows()) == expected
    assert adequacy["name"].to_list() == adequate


@pytest.fixture
def city() -> duckdb.DuckDBPyConnection:
    """One incident, reported first after ten hours and never since; one transfer to the United States."""
    con = duckdb.connect()
    con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [date(2026, 10, 31)])
    create_tables(con, REGISTERS, MODELS)
    con.execute("INSERT INTO intake.organisations VALUES ('a')")
    con.execute(
        "INSERT INTO intake.coverage SELECT 'a', unnest(['nis_incidenter', 'registerforteckning']), DATE '2026-10-31'"
    )
    con.execute("""
        INSERT INTO registers.nis_incidenter BY NAME SELECT 'a' AS organisation, 'x' AS delivery, 2 AS row,
            'N-1' AS arende_id, 'Journal' AS tjanst, DATE '2026-10-01' AS registrerad,
            TIMESTAMPTZ '2026-10-01 10:00:00+02' AS kannedom, TIMESTAMPTZ '2026-10-01 10:00:00+02' AS kannedom_last,
            DATE '2026-10-01' AS kannedom_day, TIMESTAMPTZ '2026-10-01 20:00:00+02' AS forsta_rapport,
            TIMESTAMPTZ '2026-10-01 20:00:00+02' AS forsta_rapport_last, DATE '2026-10-01' AS forsta_rapport_day
    """)
    con.execute("""
        INSERT INTO registers.registerforteckning BY NAME SELECT 'a' AS organisation, 'x' AS delivery, 2 AS row,
            'B-1' AS behandlings_id, 'Lön' AS behandling, 'Aktiv' AS status, true AS tredjelandsoverforing,
            'EU-US DPF' AS overforingsgrund
    """)
    build(con, MODELS, MODELS)
    return con


NOT_YET_IN_FORCE = [("UTB-08", None, None, None, None), ("UTB-10", None, None, None, None)]
"""Cybersäkerhetslagen 2 kap. 4 §: not to be measured for want of registers, and before the law not asked at all."""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 1, 15), []),
        (date(2025, 12, 31), [*NOT_YET_IN_FORCE, ("INC-07", 1, 2, 0, 3)]),
        (date(2023, 1, 1), [*NOT_YET_IN_FORCE, ("INC-07", 1, 2, 0, 3), ("REG-05", 1, 1, 0, 1)]),
    ],
)
def test_what_would_be_others_under_another_days_law(
    city: duckdb.DuckDBPyConnection,
    day: date,
    expected: list[tuple[str, int | None, int | None, int | None, int | None]],
) -> None:
    """Six hours instead of twenty-four, and a final report within four weeks; a transfer before its ground; training
    that no law asked for yet."""
    changed = changes_under(city, MODELS, day).filter(organisation="a")
    columns = ("indicator", "numerator", "denominator", "numerator_under", "denominator_under")
    assert changed.select(columns).rows() == expected


@pytest.mark.parametrize(
    ("day", "as_it_was"), [(date(2025, 6, 1), True), (date(2026, 1, 1), False), (date(2026, 8, 1), True)]
)
def test_a_decision_that_lapsed_and_came_back_is_one(
    city: duckdb.DuckDBPyConnection, day: date, as_it_was: bool
) -> None:
    """The law of a day in either period has it in force, that of a day between them hasn't."""
    city.execute("UPDATE core.adequacy SET in_force_to = DATE '2025-12-31'")
    city.execute("INSERT INTO core.adequacy FROM core.adequacy SELECT name, DATE '2026-07-01', NULL, source")
    changed = changes_under(city, MODELS, day).filter(organisation="a", indicator="REG-05")
    assert changed.is_empty() == as_it_was
    assert city.execute("SELECT name FROM core.adequacy").fetchall() == [("EU-US DPF",)]
    assert city.execute("SELECT ok FROM indicators.reg_05").fetchall() == [(as_it_was,)]
