"""Limits that are days: the real models against the law's rules written out by hand, every day of 1990–2060."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.warehouse.build import build
from assets.warehouse.days_off import days_off
from tests.cases import MODELS, Case, warehouse

pytestmark = pytest.mark.slow

YEARS = range(1990, 2061)
FIRST, LAST = date(1990, 1, 1), date(2060, 12, 31)
DAY = timedelta(1)


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian algorithm."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


def saturday_from(day: date) -> date:
    return day + timedelta((5 - day.weekday()) % 7)


@cache
def holidays(year: int) -> frozenset[date]:
    """Lag (1989:253) om allmänna helgdagar."""
    fixed = {date(year, *day) for day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26))}
    moving = {easter(year) + timedelta(days) for days in (-2, 0, 1, 39, 49)}
    return frozenset(fixed | moving | {saturday_from(date(year, 6, 20)), saturday_from(date(year, 10, 31))})


@cache
def eves(year: int) -> frozenset[date]:
    """The three that lag (1930:173) 2 § puts on a level with Sundays."""
    return frozenset({saturday_from(date(year, 6, 20)) - DAY, date(year, 12, 24), date(year, 12, 31)})


def moved(day: date, counting: str) -> date:
    while (
        day.weekday() >= 5
        or day in holidays(day.year)
        or (counting == "swedish" and day in eves(day.year))
    ):  # fmt: skip
        day += DAY
    return day


def months_after(day: date, months: int) -> date:
    """The day with the same number, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    next_month = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), next_month - DAY)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder: Path = tmp_path_factory.mktemp("limits")
    with warehouse(Case("limits", "every day", LAST), "core.limit_days", folder) as con:
        yield con


def test_the_library_knows_the_days_of_the_law() -> None:
    found = {day: eve for day, _, eve in days_off() if day.year in YEARS}
    assert {day for day, eve in found.items() if not eve} == {day for year in YEARS for day in holidays(year)}
    assert {day for day, eve in found.items() if eve} == {day for year in YEARS for day in eves(year)}
    assert len(found) == len([day for day, _, _ in days_off() if day.year in YEARS]), "a day twice"


def test_every_day_moves_as_each_law_says(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT counting, day, moved_to FROM core.limit_days WHERE day BETWEEN ? AND ?", [FIRST, LAST]
    ).fetchall()
    assert len(rows) == 2 * ((LAST - FIRST).days + 1)
    assert [row for row in rows if moved(row[1], row[0]) != row[2]] == []


@given(day=st.dates(FIRST, date(2058, 12, 31)), months=st.integers(0, 24), weeks=st.integers(0, 52))
def test_a_span_ends_on_the_same_number_or_weekday(
    con: duckdb.DuckDBPyConnection, day: date, months: int, weeks: int
) -> None:
    found = con.execute(
        "SELECT CAST(CAST($1 AS DATE) + to_months($2) AS DATE), CAST(CAST($1 AS DATE) + to_days(7 * $3) AS DATE)",
        [day, months, weeks],
    ).fetchone()
    assert found == (months_after(day, months), day + timedelta(7 * weeks))


def test_requests_that_came_in_on_every_day(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """INSERT INTO registers.begaran BY NAME
        SELECT 'farsta' AS organisation, strftime(day, '%Y%m%d') || extended AS arende_id, 'Radering' AS typ,
            CAST(day AS DATE) AS inkommen, if(extended, CAST(day AS DATE), NULL) AS forlangd
        FROM generate_series(CAST(? AS TIMESTAMP), ?, INTERVAL 1 DAY) AS days (day)
        CROSS JOIN (VALUES (true), (false)) AS answers (extended)""",
        [FIRST, date(2060, 9, 30)],
    )
    build(con, MODELS, ["core.request_deadlines"])
    rows = con.execute("SELECT inkommen, arende_id LIKE '%true', limit_day FROM core.request_deadlines").fetchall()
    assert len(rows) == 2 * ((date(2060, 9, 30) - FIRST).days + 1)
    wrong = [
        (day, limit) for day, extended, limit in rows if moved(months_after(day, 3 if extended else 1), "eu") != limit
    ]
    assert wrong == []


def test_final_reports_on_incidents_of_every_day(con: duckdb.DuckDBPyConnection) -> None:
    """Four weeks under the law of 2018, a month under that of 2025, each by lag (1930:173)."""
    con.execute(
        """INSERT INTO registers.nis_incidenter BY NAME
        SELECT 'farsta' AS organisation, strftime(day, '%Y%m%d') AS arende_id, CAST(day AS DATE) AS registrerad,
            day AS kannedom, day AS kannedom_last, CAST(day AS DATE) AS kannedom_day, day AS incidentanmalan,
            day AS incidentanmalan_last, CAST(day AS DATE) AS incidentanmalan_day, 'Hanterad' AS status
        FROM generate_series(CAST(? AS TIMESTAMP), ?, INTERVAL 1 DAY) AS days (day)""",
        [FIRST, date(2060, 11, 30)],
    )
    build(con, MODELS, ["core.incident_deadlines"])
    rows = con.execute(
        """SELECT CAST(strptime(arende_id, '%Y%m%d') AS DATE), limit_day
        FROM core.incident_deadlines WHERE step = 'Slutrapport'"""
    ).fetchall()
    assert len(rows) == (date(2060, 11, 30) - FIRST).days + 1
    new_law = date(2026, 1, 15)
    wrong = [
        (day, limit)
        for day, limit in rows
        if moved(months_after(day, 1) if day >= new_law else day + timedelta(28), "swedish") != limit
    ]
    assert wrong == []


def test_no_step_has_two_laws_on_one_day(con: duckdb.DuckDBPyConnection) -> None:
    build(con, MODELS, ["core.law_limits"])
    twice = con.execute("""
        SELECT days.day, limits.register, limits.step
        FROM core.law_limits AS limits
        JOIN core.limit_days AS days
            ON coalesce(days.day >= limits.in_force_from, true) AND coalesce(days.day <= limits.in_force_to, true)
        WHERE days.counting = 'eu'
        GROUP BY ALL HAVING count(*) > 1
    """).fetchall()
    assert twice == []
