"""A whole validation: what is kept from night to night, what is asked again, and who is blocked."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.settings import Settings
from assets.validation import suite_runner, suites
from assets.validation.failing_rows import failing_rows
from assets.validation.result_history import keep_night, nights_of
from assets.validation.results import RESULT, TableResult
from assets.validation.validate import validate
from assets.warehouse.models import grains
from expectations.expectation import CRITICAL, INFO, Expectation
from tests.validation.conftest import MODELS, REGISTERS, a_run

pytestmark = pytest.mark.slow

FEW = ["core.employees", "marts.gaps", "registers.enheter", "registers.revision"]


@pytest.fixture(autouse=True)
def few_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suites, "tables", lambda *_: FEW)


def a_night(con: duckdb.DuckDBPyConnection, settings: Settings, kind: str = "nightly") -> Sequence[TableResult]:
    return validate(con, a_run(settings.data, kind), settings, REGISTERS, grains(MODELS))


def validated(outcomes: Sequence[TableResult]) -> list[str]:
    assert [outcome.broken for outcome in outcomes if outcome.broken] == []
    return [outcome.table for outcome in outcomes if not outcome.kept]


def results_of(outcomes: Sequence[TableResult]) -> list[pl.DataFrame]:
    return [outcome.results for outcome in outcomes]


def test_an_unchanged_table_keeps_its_results_without_being_asked(
    con: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    first = a_night(con, settings)
    assert validated(first) == FEW
    code = "import sys, assets.validation.validate; assert 'great_expectations' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
    again = a_night(con, settings)
    assert validated(again) == []
    assert all(one.equals(other) for one, other in zip(results_of(first), results_of(again), strict=True))
    assert con.execute("SELECT count(*) FROM validation.results").fetchall() == [
        (sum(outcome.height for outcome in results_of(first)),)
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
    assert validated(a_night(con, settings)) == expected


def test_rows_that_are_looked_up_in_others_hang_on_those_too(
    con: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    con.execute("""UPDATE intake.deliveries SET lookups = [{'column': 'Område', 'target': 'enheter.Enhetsnamn'}]
        WHERE register = 'revision'""")
    a_night(con, settings)
    con.execute("UPDATE intake.deliveries SET folder = folder || 'x' WHERE register = 'enheter'")
    assert validated(a_night(con, settings)) == ["registers.enheter", "registers.revision"]


def test_a_changed_suite_is_asked_again(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_night(con, settings)
    real = suites.suite
    stricter = Expectation("ny", CRITICAL, "Fel.", "Ingen.", "SELECT organisation FROM marts.gaps WHERE false")
    monkeypatch.setattr(
        suites, "suite", lambda table, *rest: [*real(table, *rest), *[stricter] * (table == "marts.gaps")]
    )
    assert validated(a_night(con, settings)) == ["marts.gaps"]
    assert len(list((settings.data / "validation" / "kept").iterdir())) == len(FEW), "the old ones are gone"


def test_a_severity_is_part_of_the_suite_and_its_words_are_not(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_night(con, settings)
    real = suites.suite
    monkeypatch.setattr(
        suites,
        "suite",
        lambda *rest: [replace(expectation, explanation="Så här nu.", reason="Ny.") for expectation in real(*rest)],
    )
    again = a_night(con, settings)
    assert validated(again) == []
    assert {text for results in results_of(again) for text in results["explanation"]} == {"Så här nu."}
    monkeypatch.setattr(
        suites, "suite", lambda *rest: [replace(expectation, severity=INFO) for expectation in real(*rest)]
    )
    assert validated(a_night(con, settings)) == FEW


def test_a_change_of_the_page_or_its_code_asks_nothing(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_night(con, settings)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} is no part of the key"))
    assert validated(a_night(con, settings)) == []
    monkeypatch.setattr(suite_runner, "ENGINE_VERSION", suite_runner.ENGINE_VERSION + 1)
    assert validated(a_night(con, settings)) == FEW


def test_who_is_protected_decides_which_places_are_told_anew(
    con: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    con.execute("UPDATE core.employees SET enhet = NULL, row = 3 WHERE organisation = 'jarva'")
    a_night(con, settings)
    con.execute("INSERT INTO core.protected_persons (organisation, anstallnings_id) VALUES ('jarva', 'A1')")
    assert validated(a_night(con, settings)) == ["core.employees", "registers.enheter", "registers.revision"]


def test_a_passing_suite_is_asked_once_and_a_failing_one_of_gx_once_more(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[str] = []
    monkeypatch.setattr(
        "assets.validation.validate_table.failing_rows",
        lambda *rest: followed.append(rest[1]) or failing_rows(*rest),
    )
    a_night(con, settings, "review")
    assert followed == []
    con.execute("UPDATE registers.enheter SET verksamhet = 'okänd' WHERE organisation = 'jarva'")
    con.execute("DELETE FROM marts.gaps WHERE organisation = 'jarva' AND indicator = 'KLA-04'")
    a_night(con, settings, "review")
    assert followed == ["registers.enheter"], "what is asked in SQL tells all at once"


def test_a_message_holds_no_value(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "SELECT gap.organisation FROM marts.gaps AS gap WHERE CAST(gap.label AS INTEGER) > 1"
    broken = Expectation("trasig", CRITICAL, "Fel.", "Ingen.", query)
    real = suites.suite
    monkeypatch.setattr(
        suites, "suite", lambda table, *rest: [broken] if table == "marts.gaps" else real(table, *rest)
    )
    faults = [outcome.pipeline_fault for outcome in a_night(con, settings) if outcome.pipeline_fault]
    assert faults == ["marts.gaps, trasig: Conversion Error, line 4"]


def test_a_review_reads_what_is_kept_and_keeps_nothing(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    assert validated(a_night(con, settings, "review")) == FEW
    assert not (settings.data / "validation").exists()
    a_night(con, settings)
    before = {path: path.read_bytes() for path in (settings.data / "validation").rglob("*.parquet")}
    con.execute("DELETE FROM marts.gaps WHERE indicator = 'KLA-04'")
    assert validated(a_night(con, settings, "review")) == ["marts.gaps"]
    assert {path: path.read_bytes() for path in (settings.data / "validation").rglob("*.parquet")} == before


def test_one_organisation_is_blocked_and_the_other_not(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    con.execute("DELETE FROM marts.gaps WHERE organisation = 'jarva' AND indicator = 'KLA-04'")
    outcomes = a_night(con, settings)
    assert con.execute("FROM validation.blocked").fetchall() == [("jarva",)]
    assert not any(outcome.pipeline_fault for outcome in outcomes)


def test_a_broken_suite_is_told_and_leaves_the_others(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = suites.suite
    broken = Expectation("trasig", CRITICAL, "Fel.", "Ingen.", "SELECT nothing FROM marts.gaps")
    monkeypatch.setattr(
        suites, "suite", lambda table, *rest: [broken] if table == "marts.gaps" else real(table, *rest)
    )
    con.execute("DROP TABLE core.employees")
    outcomes = {outcome.table: outcome for outcome in a_night(con, settings)}
    assert "trasig" in outcomes["marts.gaps"].pipeline_fault
    assert "core.employees" in outcomes["core.employees"].pipeline_fault
    assert outcomes["registers.revision"].results.height > 0
    assert con.execute("""SELECT count(*) FROM validation.results WHERE "table" = 'marts.gaps'""").fetchall() == [
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
    result = {
        "organisation": "farsta",
        "table": "registers.personal",
        "expectation": "x",
        "severity": CRITICAL,
        "ok": True,
    }
    results = pl.DataFrame([result], schema=RESULT)
    for day in range(1, 6):
        keep_night(tmp_path, date(2026, 11, day), results, keep=3)
    assert nights_of(tmp_path, date(2026, 11, 4), last=30)["night"].to_list() == [
        date(2026, 11, 3),
        date(2026, 11, 4),
    ]
    assert nights_of(tmp_path / "none", date(2026, 11, 4), last=30).is_empty()
