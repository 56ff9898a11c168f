"""history.series and marts.changes: which earlier figures a curve is made of, and what tonight is compared with."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from assets.settings import Run
from assets.warehouse.history import create_history_tables, load_history
from tests.cases import MODELS

pytestmark = pytest.mark.slow

TONIGHT = date(2026, 11, 21)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for schema in ("intake", "history", "core", "marts"):
            con.execute(f"CREATE SCHEMA {schema}")
        con.execute("CREATE TABLE intake.organisations AS SELECT 'a' AS organisation")
        create_history_tables(con)
        yield con


def keep(
    folder: Path,
    as_of: date,
    value: float | None,
    state: str,
    known_at: date | None = None,
    organisation: str = "a",
) -> None:
    """A run's figures as history keeps them: of the organisation and of a unit. Without K it is a night's."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    (folder / "gaps").mkdir(exist_ok=True)
    if known_at is None:
        with duckdb.connect() as other:
            other.execute("CREATE SCHEMA history")
            create_history_tables(other)
            other.execute(f"COPY history.gaps TO '{folder}/gaps/{as_of}.parquet'")
    duckdb.sql(
        f"""COPY (
            SELECT DATE '{as_of}' AS as_of, DATE '{known_at or as_of}' AS known_at, 'X-01' AS indicator,
                '{organisation}' AS organisation, unnest([NULL, 'E1']) AS unit,
                1::BIGINT AS numerator, 2::BIGINT AS denominator,
                {"NULL" if value is None else value}::DECIMAL(18, 1) AS value, '{state}' AS state,
                NULL::VARCHAR AS reason, 0::BIGINT AS not_measured
        ) TO '{folder}/figures/{as_of}_{known_at or as_of}.parquet'"""
    )


def loaded(con: duckdb.DuckDBPyConnection, folder: Path) -> list[tuple[str, bool]]:
    run = Run("r", "nightly", TONIGHT, TONIGHT, TONIGHT, folder)
    load_history(con, folder, run)
    return [
        (str(day), night)
        for day, night in con.execute("SELECT as_of, night FROM history.series ORDER BY ALL").fetchall()
    ]


def build_marts(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """The marts that read the series, as of tonight, where the organisation's figure is 50."""
    con.execute(f"CREATE TABLE core.review AS SELECT DATE '{TONIGHT}' AS as_of, true AS nightly")
    con.execute(
        """CREATE TABLE marts.indicator_values AS
        SELECT 'organisation' AS level, 'X-01' AS indicator, 'a' AS organisation, NULL::VARCHAR AS unit,
            1 AS numerator, 2 AS denominator, 50::DECIMAL(18, 1) AS value, 'röd' AS state, NULL::VARCHAR AS reason"""
    )
    for name in names:
        con.execute(f"CREATE TABLE marts.{name} AS {MODELS[f'marts.{name}'].query}")


def test_nights_thin_out_and_reviews_stay(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for age in range(1, 120):
        keep(tmp_path, TONIGHT - timedelta(days=age), 50, "röd")
    keep(tmp_path, date(2025, 10, 15), 40, "röd", known_at=date(2025, 11, 1))
    keep(tmp_path, date(2025, 10, 15), 41, "röd", known_at=date(2025, 11, 2))
    keep(tmp_path, date(2020, 10, 15), 10, "röd", known_at=date(2020, 11, 1))
    found = loaded(con, tmp_path)
    nights = [day for day, night in found if night]
    assert nights[:3] == ["2026-07-31", "2026-08-31", "2026-09-30"]
    assert nights[3:] == [str(TONIGHT - timedelta(days=age)) for age in range(35, 0, -1)]
    assert [day for day, night in found if not night] == ["2025-10-15"]
    assert con.execute("SELECT value FROM history.series WHERE NOT night").fetchall()[0][0] == 41, "its newest K"


def test_tonight_is_compared_with_the_last_night_and_the_last_review(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    keep(tmp_path, date(2025, 10, 31), None, "ej mätbar", known_at=date(2025, 11, 21))
    keep(tmp_path, date(2026, 11, 19), 40, "röd")
    keep(tmp_path, date(2026, 11, 20), 50, "röd")
    loaded(con, tmp_path)
    build_marts(con, "series", "changes")
    assert con.execute("SELECT count(*) FROM marts.series").fetchall() == [(4,)]
    rows = con.execute("SELECT since, before, value_before, state_before, changed FROM marts.changes ORDER BY since")
    assert rows.fetchall() == [
        ("genomgång", date(2025, 10, 31), None, "ej mätbar", True),
        ("natt", date(2026, 11, 20), 50, "röd", False),
    ]


def test_a_review_of_the_last_nights_day_leaves_that_night_to_be_compared_with(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    keep(tmp_path, date(2026, 11, 19), 30, "röd")
    keep(tmp_path, date(2026, 11, 20), 40, "röd")
    keep(tmp_path, date(2026, 11, 20), 60, "grön", known_at=TONIGHT)
    assert loaded(con, tmp_path) == [("2026-11-19", True), ("2026-11-20", False), ("2026-11-20", True)]
    build_marts(con, "series", "changes")
    keys = con.execute("SELECT count(*), count(DISTINCT (as_of, night, indicator, organisation)) FROM marts.series")
    assert keys.fetchall() == [(4, 4)]
    rows = con.execute("SELECT since, before, value_before FROM marts.changes ORDER BY since")
    assert rows.fetchall() == [("genomgång", date(2026, 11, 20), 60), ("natt", date(2026, 11, 20), 40)]


def test_each_organisation_is_compared_with_its_own_newest_figures(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """However many nights lie between, and whether or not another organisation has any."""
    con.execute("INSERT INTO intake.organisations VALUES ('b'), ('c')")
    keep(tmp_path, TONIGHT - timedelta(days=40), 10, "röd", organisation="b")
    keep(tmp_path, TONIGHT - timedelta(days=30), 20, "röd", organisation="b")
    for age in range(20, 0, -1):
        keep(tmp_path, TONIGHT - timedelta(days=age), age, "röd")
    loaded(con, tmp_path)
    found = con.execute("SELECT organisation, as_of, value FROM history.figures WHERE unit IS NULL ORDER BY 1")
    assert [(name, str(day), int(value)) for name, day, value in found.fetchall()] == [
        ("a", "2026-11-20", 1),
        ("b", "2026-10-22", 20),
    ]
