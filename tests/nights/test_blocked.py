"""An organisation that its validation blocks keeps what it has; the others and the city go on without it."""

import json
from datetime import date
from typing import Any

import duckdb
import pytest

from assets.publication.package.check import package_faults
from assets.settings import Settings
from pipelines import steps
from tests.nights.conftest import csv_files, read_csv, run_steps

pytestmark = pytest.mark.long


def test_a_blocked_organisation_keeps_its_last_folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    (settings.inbox / "jarva").mkdir()
    first = run_steps(settings)
    before, run = (
        csv_files(first / "farsta"),
        json.loads((first / "manifest.json").read_text(encoding="utf-8"))["run"],
    )
    validate = steps.validate

    def blocks(con: duckdb.DuckDBPyConnection, *arguments: Any) -> Any:
        judged = validate(con, *arguments)
        con.execute("INSERT INTO validation.blocked VALUES ('farsta')")
        return judged

    monkeypatch.setattr(steps, "validate", blocks)
    second = run_steps(settings.model_copy(update={"today": date(2023, 11, 22)}))
    kept = csv_files(second / "farsta")
    assert {place: content for place, content in kept.items() if place != "larm.csv"} == {
        place: content for place, content in before.items() if place != "larm.csv"
    }
    manifest = json.loads((second / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["organisations"]["farsta"]["run"] == run != manifest["run"]
    assert manifest["organisations"]["jarva"]["as_of"] == "2023-11-22"
    city = {row["Indikator"]: row for row in read_csv(second / "staden" / "indikatorer.csv")}
    assert city["INC-01"]["Orsak"] == "1 av 2 ej mätbara, 1 av 2 blockerade"
    assert city["DQ-01"]["Orsak"] == "1 av 2 blockerade"
    published = {row["Organisation"] for row in read_csv(second / "staden" / "indikatorer_per_organisation.csv")}
    assert published == {"jarva"}
    history = settings.data / "history" / "figures" / "2023-11-22_2023-11-22.parquet"
    with duckdb.connect() as con:
        owners = con.execute(f"SELECT DISTINCT organisation FROM read_parquet('{history}') ORDER BY 1").fetchall()
    assert owners == [("jarva",), ("staden",)]
    page = (second / "farsta" / "indikatorer" / "INC-01.html").read_text(encoding="utf-8")
    assert "Lägesbilden är inte från i natt." in page
    assert 'href="../validering.html"' in page
    assert "Stoppad av valideringen" in (second / "index.html").read_text(encoding="utf-8")
    assert "inte från i natt" not in (second / "jarva" / "index.html").read_text(encoding="utf-8")
    for organisation in ("farsta", "jarva", "staden"):
        assert package_faults(second / organisation / "ledningens_genomgang.zip") == []
