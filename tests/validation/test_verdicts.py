"""A whole validation: what is kept from night to night, what is asked again, and who is blocked."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.settings import Settings
from assets.validation import suites
from assets.validation.result_history import keep_night, nights_of
from assets.validation.results import RESULT, TableResult
from assets.validation.validate import validate
from expectations.expectation import CRITICAL, Expectation
from tests.validation.conftest import REGISTERS, a_run

FEW = ["core.employees", "marts.gaps", "registers.enheter", "registers.revision"]


@pytest.fixture(autouse=True)
def few_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suites, "tables", lambda *_: FEW)


def a_night(con: duckdb.DuckDBPyConnection, settings: Settings, kind: str = "nightly") -> Sequence[TableResult]:
    return validate(con, a_run(settings.data, kind), settings, REGISTERS)


def asked(judged: Sequence[TableResult]) -> list[str]:
    assert [each.broken for each in judged if each.broken] == []
    return [each.table for each in judged if not each.kept]


def told(judged: Sequence[TableResult]) -> list[pl.DataFrame]:
    return [each.verdicts for each in judged]


def test_an_unchanged_table_keeps_its_verdicts_without_being_asked(
    con: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    first = a_night(con, settings)
    assert asked(first) == FEW
    code = "import sys, assets.validation.validate; assert 'great_expectations' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
    again = a_night(con, settings)
    assert asked(again) == []
    assert all(one.equals(other) for one, other in zip(told(first), told(again), strict=True))
    assert con.execute("SELECT count(*) FROM validation.verdicts").fetchall() == [
        (sum(each.height for each in told(first)),)
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            "UPDATE core.employees SET employed = false WHERE row = 3",
            ["core.employees", "registers.enheter"],
        ),
        ("UPDATE intake.deliveries SET folder = folder || 'x' WHERE register = 'revision'", ["registers.revision"]),
        ("DELETE FROM marts.gaps WHERE indicator = 'KLA-04'", ["marts.gaps"]),
        ("INSERT INTO intake.organisations VALUES ('ny')", FEW),
        ("UPDATE registers.handlingsplan SET ar = 1", []),
    ],
    ids=[
        "a table that others read",
        "another reading of a delivery",
        "rows",
        "one more organisation",
        "a table nobody asked of",
    ],
)
def test_what_has_changed_is_asked_again(
    con: duckdb.DuckDBPyConnection, settings: Settings, change: str, expected: list[str]
) -> None:
    a_night(con, settings)
    con.execute(change)
    assert asked(a_night(con, settings)) == expected


def test_a_changed_suite_is_asked_again(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_night(con, settings)
    source = suites.source_of
    monkeypatch.setattr(
        suites, "source_of", lambda table, registers: source(table, registers) + "x" * (table == "marts.gaps")
    )
    assert asked(a_night(con, settings)) == ["marts.gaps"]
    assert len(list((settings.data / "validation" / "kept").iterdir())) == len(FEW), "the old ones are gone"


def test_a_review_reads_what_is_kept_and_keeps_nothing(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    assert asked(a_night(con, settings, "review")) == FEW
    assert not (settings.data / "validation").exists()
    a_night(con, settings)
    before = {path: path.read_bytes() for path in (settings.data / "validation").rglob("*.parquet")}
    con.execute("DELETE FROM marts.gaps WHERE indicator = 'KLA-04'")
    assert asked(a_night(con, settings, "review")) == ["marts.gaps"]
    assert {path: path.read_bytes() for path in (settings.data / "validation").rglob("*.parquet")} == before


def test_one_organisation_is_blocked_and_the_other_not(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    con.execute("DELETE FROM marts.gaps WHERE organisation = 'jarva' AND indicator = 'KLA-04'")
    judged = a_night(con, settings)
    assert con.execute("FROM validation.blocked").fetchall() == [("jarva",)]
    assert not any(each.fault_of_nobody for each in judged)


def test_a_broken_suite_is_told_and_leaves_the_others(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = suites.suite
    broken = Expectation("trasig", CRITICAL, "Fel.", "Ingen.", "SELECT nothing FROM marts.gaps")
    monkeypatch.setattr(
        suites, "suite", lambda table, registers: [broken] if table == "marts.gaps" else whole(table, registers)
    )
    con.execute("DROP TABLE core.employees")
    judged = {each.table: each for each in a_night(con, settings)}
    assert "trasig" in judged["marts.gaps"].fault_of_nobody
    assert "core.employees" in judged["core.employees"].fault_of_nobody
    assert judged["registers.revision"].verdicts.height > 0
    assert con.execute("""SELECT count(*) FROM validation.verdicts WHERE "table" = 'marts.gaps'""").fetchall() == [
        (0,)
    ]
    assert not list((settings.data / "validation" / "kept").glob("marts.gaps*"))


def test_personal_numbers_are_told_by_place(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    a_night(con, settings)
    rows = con.execute(
        'SELECT organisation, register, delivery, row, "column" FROM validation.personal_numbers'
    ).fetchall()
    assert {(register, column) for _, register, _, _, column in rows} == {
        ("informationstillgangar", "Tillgång"), ("personuppgiftsincidenter", "Beskrivning"),
    }  # fmt: skip


def test_the_last_nights_are_kept(tmp_path: Path) -> None:
    verdict = {
        "organisation": "farsta",
        "table": "registers.personal",
        "expectation": "x",
        "severity": CRITICAL,
        "ok": True,
    }
    verdicts = pl.DataFrame([verdict], schema=RESULT)
    for day in range(1, 6):
        keep_night(tmp_path, date(2026, 11, day), verdicts, keep=3)
    assert nights_of(tmp_path, date(2026, 11, 4), last=30)["night"].to_list() == [
        date(2026, 11, 3),
        date(2026, 11, 4),
    ]
    assert nights_of(tmp_path / "none", date(2026, 11, 4), last=30).is_empty()
