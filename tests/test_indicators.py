"""Given → expected: every indicator on the cases in `indicators/`, whose format `cases.py` explains."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from assets.warehouse.build import ITEM
from assets.warehouse.models import Model, indicators
from tests.cases import DEFAULT, MODELS, Case, read_cases, run, warehouse

pytestmark = pytest.mark.slow

CASES = Path(__file__).parent / "indicators"


def display_name(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def as_lines(rows: Sequence[Mapping[str, object]], columns: list[str]) -> list[str]:
    return sorted(" | ".join(display_name(row.get(column)) for column in columns) for row in rows)


ALL_CASES = [case for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: f"{case.indicator}: {case.name}")
def test_items(case: Case, tmp_path: Path) -> None:
    found = run(case, tmp_path)
    expected = [{"organisation": DEFAULT} | row for row in case.tables["items"]]
    columns = list(dict.fromkeys(["organisation", "key", *(name for row in expected for name in row)]))
    assert not set(columns) - ITEM.keys() - {"obstacle"}
    assert as_lines(found, columns) == as_lines(expected, columns)
    for item in found:
        if item["obstacle"] is None:
            assert (item["ok"] is None) == (not item["measured"])
            assert not (item["ok"] and item["reason"]), "a reason only where something is wrong"


@pytest.mark.parametrize("model", indicators(MODELS), ids=lambda model: model.indicator_id)
def test_every_indicator_has_cases_and_bears_empty_tables(model: Model, tmp_path: Path) -> None:
    assert (CASES / f"{model.name}.txt").exists()
    for row in run(Case(model.name, "empty", date(2026, 6, 30)), tmp_path):
        assert row["organisation"] == DEFAULT


def test_who_was_protected_and_is_gone_stays_protected(tmp_path: Path) -> None:
    def person(key: str, mark: str, organisation: str = DEFAULT) -> dict[str, str]:
        return {
            "organisation": organisation, "Anställnings-id": key, "Enhet": "E1", "Roll": "Chef",
            "Anställd från": "2020-01-01", "Skyddade personuppgifter": mark,
        }  # fmt: skip

    case = Case("protected_persons", "gone", date(2026, 6, 30))
    earlier = [person("here", "Ja"), person("gone", "Ja"), person("open", "Nej"), person("quarantined", "?")]
    now = [person("here", "Nej"), person("marked", "Ja"), person("gone", "Nej", "bromma")]
    case.tables = {"personal, earlier": earlier, "personal": [*now, person("quarantined", "Nej") | {"Enhet": ""}]}
    with warehouse(case, "core.protected_persons", tmp_path) as con:
        found = con.execute("SELECT organisation, anstallnings_id FROM core.protected_persons").fetchall()
    assert sorted(found) == [(DEFAULT, "gone"), (DEFAULT, "marked"), (DEFAULT, "quarantined")]
