"""Records that a source's SQL has made of one row of its file: each that isn't known counts (docs/spec/indicators.md,
Bounds)."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from assets.warehouse.build import build
from tests.warehouse.conftest import BASE, MODELS
from tests.warehouse.deliveries import Deliveries, Row
from tests.warehouse.toy_indicator import add, define

pytestmark = pytest.mark.slow

INCIDENT = {
    "Registrerad": "2026-10-01", "Kännedom": "2026-10-01 09:00", "Typ": "Felutskick", "Risk": "Risk",
    "Anmäld IMY": "2026-10-02 09:00", "Status": "Öppen",
}  # fmt: skip
LATE = INCIDENT | {"Anmäld IMY": "?"}


def bad_rows(con: duckdb.DuckDBPyConnection, indicator: str, register: str) -> tuple[int, int, int] | None:
    """How many are in quarantine, how many lack a cell and how many point at nothing."""
    build(con, MODELS, ["marts.bad_rows"])
    found = con.execute(
        """SELECT quarantined, incomplete, unmatched FROM marts.bad_rows
        WHERE indicator = ? AND register = ? AND organisation = 'farsta'""",
        [indicator, register],
    )
    row: tuple[int, int, int] | None = found.fetchone()
    return row


@pytest.mark.parametrize(
    ("rows", "at", "counts"),
    [
        # of three records of row 7, one lacks this cell and another that one
        ([LATE, INCIDENT | {"Kännedom": "?"}, INCIDENT], [7, 7, 7], (0, 2, 0)),
        ([LATE, LATE, LATE, INCIDENT], [7, 7, 7, 8], (0, 3, 0)),
        # the lines don't tell that both cells are of one record: one too many, but no more than there are records
        ([LATE | {"Kännedom": "?"}, INCIDENT], [7, 7], (0, 2, 0)),
        ([LATE | {"Kännedom": "?", "Risk": "?"}, INCIDENT], [7, 7], (0, 2, 0)),
        ([LATE | {"Kännedom": "?"}, INCIDENT], [7, 8], (0, 1, 0)),
        ([INCIDENT | {"Registrerad": "?"}] * 2, [7, 7], (2, 0, 0)),
    ],
    ids=["one cell each", "the same cell", "two cells of one", "three of one", "a row each", "quarantine"],
)
def test_each_record_without_a_cell_counts(
    rows: list[Row], at: Sequence[int], counts: tuple[int, int, int], tmp_path: Path
) -> None:
    delivered = Deliveries(tmp_path)
    numbered = [{**row, "Ärende-id": f"P{number}"} for number, row in enumerate(rows)]
    delivered.deliver("personuppgiftsincidenter", numbered, at=at, source="desk")
    con = delivered.loaded(models=MODELS)
    assert bad_rows(con, "INC-03", "personuppgiftsincidenter") == counts


@pytest.mark.parametrize(("at", "unmatched"), [([7, 7, 8], 3), ([7, 8, 9], 2)])
def test_each_record_that_points_at_nothing_counts(at: Sequence[int], unmatched: int, tmp_path: Path) -> None:
    """The first points at three systems that aren't there, the second at none, the third at one."""
    asset = {"Tillgång": "T", "Enhet": "E1", "Aktiv": "Ja"}
    systems = ["S1, S2, S3", "", "S4"]
    assets = [asset | {"Tillgångs-id": f"T{number}", "System-id": own} for number, own in enumerate(systems)]
    delivered = Deliveries(tmp_path)
    delivered.deliver("pm3_system", [{"System-id": "S9", "System": "S", "Livscykel": "Drift"}])
    delivered.deliver("informationstillgangar", assets, at=at, source="desk")
    con = delivered.loaded(models=MODELS)
    assert bad_rows(con, "KLA-04", "informationstillgangar") == (0, 0, unmatched)


@pytest.mark.parametrize("at", [[100, 100], [100, 101]])
def test_records_of_one_row_may_fill_a_moment_together(at: Sequence[int], tmp_path: Path) -> None:
    """Forty-eight completions of one second, and two more of which it isn't known when they were."""
    done = {"Kurskod": "K", "Avsnitt": "1", "Status": "Genomförd"}
    stamped = [done | {"Anställnings-id": f"A{number}", "Genomförd": "2026-10-01 12:00:00"} for number in range(48)]
    unknown = [done | {"Anställnings-id": f"B{number}", "Genomförd": "?"} for number in range(2)]
    delivered = Deliveries(tmp_path)
    delivered.deliver("utbildning", [*stamped, *unknown], at=[*range(2, 50), *at], source="moodle")
    con = delivered.loaded(models=MODELS)
    build(con, MODELS, ["core.near_bulk"])
    assert con.execute("SELECT bad, completions FROM core.near_bulk").fetchall() == [(2, 48)]


def test_the_share_of_a_hundred_stays_inside_when_six_records_come_right(con: duckdb.DuckDBPyConnection) -> None:
    """Three lost cells and three records in quarantine may give 97 of 103, 94,2 %."""
    register = "personuppgiftsincidenter"
    define(con, target=95, needs=(register,))
    con.execute("DELETE FROM catalogue.reach; DELETE FROM catalogue.deciding_columns")
    con.execute("INSERT INTO catalogue.reach VALUES ('X-01', ?, 'makes', 1, NULL)", [register])
    con.execute("INSERT INTO catalogue.deciding_columns VALUES ('X-01', ?, 'Risk', 1)", [register])
    con.execute("INSERT INTO intake.registers BY NAME SELECT ? AS register, 'organisation' AS level", [register])
    con.execute("INSERT INTO intake.coverage VALUES ('a', ?, DATE '2026-10-30')", [register])
    place = f"'a' AS organisation, '{register}' AS register, 'p.csv' AS delivery"
    con.execute(f"INSERT INTO intake.rejected BY NAME SELECT {place}, 1 AS row FROM range(3)")
    con.execute(f"""INSERT INTO intake.faults BY NAME
        SELECT {place}, 7 AS row, 'Risk' AS "column", 'cellen' AS effect FROM range(3)""")
    con.execute(f"INSERT INTO intake.shared_rows BY NAME SELECT {place}, 7 AS row, 3 AS records")
    add(con, "a", 100, 0)
    build(con, BASE, ["marts.bounds"])
    found = con.execute(
        "SELECT CAST(lowest AS DOUBLE), certain, incomplete FROM marts.bounds WHERE organisation = 'a'"
    ).fetchone()
    assert found == (94.0, False, 3)
