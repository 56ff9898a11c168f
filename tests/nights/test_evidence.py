"""From a figure to its rows: the evidence alone gives every figure, and `explain` and `diff` read it to people."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from tests.nights.conftest import B, K, read_csv, run_steps, with_demo_read
from tests.nights.victim import settings_of

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def data(first_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two reviews of the demo: as known on B, and as known on K."""
    data = with_demo_read(first_night, tmp_path_factory.mktemp("evidence") / "data")
    shutil.copytree(first_night / "inbox", data / "inbox")
    run_steps(settings_of(data), B, B)
    run_steps(settings_of(data), B, K)
    return data


@pytest.fixture
def farsta(data: Path) -> Path:
    return data / "published" / "reviews" / f"{B}_{K}" / "farsta"


def lagesbild(data: Path, *arguments: str) -> str:
    environment = {"LAGESBILD_DATA": str(data), "LAGESBILD_INBOX": str(data / "inbox")}
    result = CliRunner().invoke(main, arguments, env=environment)
    assert result.exit_code == 0, result.output
    return result.output


def test_every_figure_follows_from_the_evidence_alone(farsta: Path) -> None:
    figures = {row["Indikator"]: row for row in read_csv(farsta / "indikatorer.csv")}
    sums = duckdb.sql(f"""
        SELECT indicator, count(*) FILTER (measured), count(*) FILTER (measured AND NOT ok),
            sum(numerator) FILTER (measured), sum(denominator) FILTER (measured), count(*) FILTER (NOT measured)
        FROM read_parquet('{farsta}/underlag.parquet') GROUP BY indicator
    """).fetchall()
    found = {indicator: rest for indicator, *rest in sums}
    assert len(figures) == 64
    for indicator, figure in figures.items():
        evidence = json.loads((farsta / "underlag" / f"{indicator}.json").read_text(encoding="utf-8"))
        assert evidence["figure"]["state"] == figure["Status"]
        measured, not_ok, numerator, denominator, not_measured = found.get(indicator, [0, 0, 0, 0, 0])
        totals = (figure["Täljare"], figure["Nämnare"], figure["Ej mätta"])
        if figure["Status"] in ("ej mätbar", "ej tillämplig"):
            assert totals[:2] == ("", "")
            assert measured == 0
        elif evidence["kind"] == "share":
            assert totals == (str(numerator), str(denominator), str(not_measured))
        else:
            assert totals == (str(measured if evidence["kind"] == "count" else not_ok), "", "0")


def test_the_evidence_names_the_deliveries_by_hash(farsta: Path) -> None:
    delivered = {row["Källfil"]: row for row in read_csv(farsta / "leveranser.csv") if row["Status"] == "i kraft"}
    evidence = json.loads((farsta / "underlag" / "INC-01.json").read_text(encoding="utf-8"))
    (delivery,) = evidence["deliveries"]
    assert delivery["register"] == "personuppgiftsincidenter"
    assert delivery["sha256"] == delivered[delivery["name"]]["Sha256"]
    everything = json.loads((farsta / "underlag" / "DQ-01.json").read_text(encoding="utf-8"))
    assert {one["name"] for one in everything["deliveries"]} >= set(delivered)


def test_the_city_gets_parts_and_wholes_and_no_items(farsta: Path) -> None:
    city = farsta.parent / "staden"
    evidence = json.loads((city / "underlag" / "REV-01.json").read_text(encoding="utf-8"))
    assert [part["organisation"] for part in evidence["organisations"]] == ["farsta"]
    assert "deliveries" not in evidence
    assert not (city / "underlag.parquet").exists()


def test_explain_goes_from_the_figure_to_the_rows_and_their_neighbours(data: Path) -> None:
    output = lagesbild(data, "explain", "pub-01")
    assert (
        "PUB-01 Kartlagda behov av biträdesavtal – farsta, per 2023-10-31, leveranser till och med 2023-11-21"
        in output
    )
    assert " % = " in output
    assert "brist: SYS-" in output
    assert "Objekt-id → pm3_objekt OBJ-" in output
    assert "← registerforteckning " in output
    assert "pm3_system: " in output
    assert "from core.supplied_systems as system" in output


def test_explain_of_one_unit_and_of_the_city(data: Path) -> None:
    rows = read_csv(data / "published" / "reviews" / f"{B}_{K}" / "farsta" / "indikatorer_per_enhet.csv")
    unit = next(row for row in rows if row["Indikator"] == "REG-02")
    output = lagesbild(data, "explain", "REG-02", "--organisation", "farsta", "--unit", unit["Enhet"])
    assert (
        f"Enhet {unit['Enhet']}: {unit['Värde']} ({unit['Täljare']} av {unit['Nämnare']}), {unit['Status']}" in output
    )
    assert "farsta: " in lagesbild(data, "explain", "REG-02", "--organisation", "staden")


def test_explain_of_what_is_not_there_is_wrong_use(data: Path) -> None:
    for arguments in (["explain", "XYZ-01"], ["explain", "REG-02", "--run", "2001-01-01_2001-01-01"]):
        result = CliRunner().invoke(main, arguments, env={"LAGESBILD_DATA": str(data)})
        assert result.exit_code == 2


def test_diff_shows_which_items_and_deliveries_make_the_difference(data: Path, tmp_path: Path) -> None:
    output = lagesbild(data, "diff", f"{B}_{B}", f"{B}_{K}", "--csv", str(tmp_path))
    figures, items, deliveries = (
        read_csv(tmp_path / f"{name}.csv") for name in ("indikatorer", "poster", "leveranser")
    )
    farsta = {row["Indikator"]: row for row in figures if row["Organisation"] == "farsta" and not row["Enhet"]}
    known = Path(data / "published" / "reviews")
    for name, row in farsta.items():
        for side, run in (("före", f"{B}_{B}"), ("efter", f"{B}_{K}")):
            published = {one["Indikator"]: one for one in read_csv(known / run / "farsta" / "indikatorer.csv")}
            assert row[f"Värde {side}"] == published[name]["Värde"]
    shares = {name: row for name, row in farsta.items() if row["Täljare före"] and row["Täljare efter"]}
    assert shares
    assert {name for name, row in shares.items() if row["Täljare före"] != row["Täljare efter"]} <= {
        row["Indikator"] for row in items
    }
    assert [row for row in deliveries if row["Levererad efter"] > str(B)], "a delivery dated after B, known by K"
    assert min(farsta) in output


def test_a_run_does_not_differ_from_itself(data: Path) -> None:
    output = lagesbild(data, "diff", f"{B}_{K}", f"{B}_{K}")
    assert [line for line in output.splitlines() if "skiljer" in line] == [
        "Indikatorer: 0 skiljer", "Poster: 0 skiljer", "Leveranser i kraft: 0 skiljer",
        "Inställningar: 0 skiljer",
    ]  # fmt: skip
