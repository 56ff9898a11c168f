"""An installation's own register, indicator, targets and lists: a configuration alone, and nothing else touched."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from docx import Document
from openpyxl import load_workbook

from assets.publication.document.number_check import faults
from assets.registers.comparable import plain
from pipelines.commands.diff import tell_settings
from pipelines.commands.explain import explain
from pipelines.config import check_installation, read_settings
from pipelines.definitions import build_defs
from tests.nights.conftest import B, K, read_csv, run_steps, with_demo_read

pytestmark = pytest.mark.long

REGISTER = """
about = "Keys to rooms. One row per key."
called = "nyckelregistret"
mode = "snapshot"
key = ["Nyckel"]

[columns]
Nyckel = { type = "code", req = true }
Enhet = { type = "code", ref = "enheter" }
"Återlämnad" = { type = "date" }
"""

TERM = """/*
about = "One row per key that is still in use."
grain = ["organisation", "nyckel"]
*/
select
    room_key.organisation,
    room_key.nyckel,
    room_key.enhet,
    coalesce(room_key.aterlamnad <= review.as_of, false) as is_returned,
    room_key.delivery,
    room_key.row
from registers.nycklar as room_key
cross join core.review as review
"""

INDICATOR = """/*
title = "Återlämnade nycklar"
title_en = "Returned keys"
area = "Styrning"
kind = "share"
target = 100
needs = ["nycklar"]
motive = "Nackas säkerhetspolicy"
question = "Är nyckeln återlämnad?"

[sentence]
one = "nyckel"
many = "nycklar"
does_one = "är återlämnad"
does_many = "är återlämnade"

[reach]
makes.nycklar = 1
*/
select
    room_key.organisation,
    room_key.enhet as unit,
    room_key.nyckel as key,
    room_key.nyckel as label,
    room_key.is_returned as ok,
    if(ok, null, 'inte återlämnad') as reason,
    room_key.delivery,
    room_key.row
from core.keys_in_use as room_key
"""

CHOICES = """
[PLAN-01]
target = 60
title = "Aktiviteter i planen som är klara"

[NYC-01]
target = 30

[UPH-01]
off = true
reason = "Upphandlar genom 1 serviceförvaltning"
"""

USED = ("nycklar", "personal", "enheter", "handlingsplan", "klassningar", "informationstillgangar", "pm3_system")

LISTS = f"registers = {{ farsta = {json.dumps(USED)}, nykoping = [] }}\n"


def write_configuration(config: Path, lists: str = "", choices: str = CHOICES) -> None:
    files = {
        "registers/nycklar.toml": REGISTER,
        "sql/core/keys_in_use.sql": TERM,
        "sql/indicators/nyc_01.sql": INDICATOR,
        "indicators.toml": choices,
        "lagesbild.toml": lists,
    }
    for name, text in files.items():
        (config / name).parent.mkdir(parents=True, exist_ok=True)
        (config / name).write_text(text, encoding="utf-8")


@pytest.fixture
def environment(small_inbox: Path, first_night: Path, tmp_path: Path) -> dict[str, str]:
    """An installation with the demo's deliveries and one of the own register, without a configuration."""
    data = with_demo_read(first_night, tmp_path / "data")
    return environment_of(data, small_inbox)


def environment_of(data: Path, small_inbox: Path) -> dict[str, str]:
    (small_inbox / "farsta" / "Nycklar_2023-10-31.csv").write_text(
        "Nyckel;Enhet;Återlämnad\nN1;3001;2023-10-01\nN2;3002;\nN3;Ingenstans;2023-12-01\n", encoding="utf-8"
    )
    return {"LAGESBILD_DATA": str(data), "LAGESBILD_INBOX": str(small_inbox), "LAGESBILD_TODAY": "2023-11-21"}


def figures_of(folder: Path) -> dict[str, dict[str, str]]:
    return {row["Indikator"]: row for row in read_csv(folder / "indikatorer.csv")}


def test_a_register_an_indicator_and_a_target_in_a_configuration_alone(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = run_steps(read_settings(environment), B, K)
    bare = Path(shutil.copytree(first, Path(environment["LAGESBILD_DATA"]) / "bare"))
    before = figures_of(bare / "farsta")
    assert before["PLAN-01"]["Mål"] == "100"
    write_configuration(Path(environment["LAGESBILD_DATA"]) / "config")
    settings = read_settings(environment)
    check_installation(settings)
    published = run_steps(settings, B, K)
    folder = published / "farsta"
    figures = figures_of(folder)

    own = figures["NYC-01"]
    assert (own["Täljare"], own["Nämnare"], own["Värde"], own["Mål"], own["Status"]) == (
        "1",
        "3",
        "33,3",
        "30",
        "grön",
    )
    gaps = read_csv(folder / "bristlistor" / "NYC-01.csv")
    assert [(row["Objekt"], row["Källrad"]) for row in gaps] == [("N2", "3"), ("N3", "4")]
    unmatched = read_csv(folder / "bristlistor" / "omatchade.csv")
    assert ("nycklar", "Ingenstans") in {(row["Register"], row["Värde"]) for row in unmatched}
    assert len(read_csv(folder / "bristlistor" / "DQ-01.csv")) <= 27
    assert figures["DQ-01"]["Nämnare"] == "27"

    chosen = figures["PLAN-01"]
    assert (chosen["Mål"], chosen["Titel"]) == ("60", "Aktiviteter i planen som är klara")
    assert (chosen["Täljare"], chosen["Värde"]) == (before["PLAN-01"]["Täljare"], before["PLAN-01"]["Värde"])
    off = figures["UPH-01"]
    reason = "Upphandlar genom 1 serviceförvaltning"
    assert (off["Status"], off["Orsak"], off["Värde"]) == ("mäts inte här", reason, "")
    assert not (folder / "bristlistor" / "UPH-01.csv").exists()

    changed = {"PLAN-01", "UPH-01", "NYC-01", "DQ-01"}
    compared = ("Täljare", "Nämnare", "Värde", "Mål", "Status", "Orsak", "Ej mätta")
    for indicator in figures.keys() - changed:
        assert [figures[indicator][name] for name in compared] == [before[indicator][name] for name in compared], (
            indicator
        )

    evidence = {name: json.loads((folder / "underlag" / f"{name}.json").read_text()) for name in figures}
    assert evidence["UPH-01"]["setting"] == {"off": True, "reason": reason}
    assert evidence["NYC-01"]["setting"] == {"target": 30, "product_target": 100}
    assert evidence["UTB-01"]["setting"] == {}
    assert [delivery["register"] for delivery in evidence["NYC-01"]["deliveries"]] == ["nycklar"]
    manifest = json.loads((published / "manifest.json").read_text())
    assert sorted(manifest["settings"]["indicators"]) == ["NYC-01", "PLAN-01", "UPH-01"]

    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "Mäts inte här" in page
    assert reason in page
    assert "Mäts inte ännu" not in page
    assert "nyckelregistret" in (folder / "indikatorer" / "NYC-01.html").read_text(encoding="utf-8")
    assert "produktens är 100" in (folder / "indikatorer" / "PLAN-01.html").read_text(encoding="utf-8")
    word = (folder / "ledningens_genomgang.docx").read_bytes()
    assert faults(word, evidence) == []
    texts = document_texts(folder)
    assert {"Mäts inte här", reason} <= texts
    assert any("1 av 3 nycklar är återlämnad" in text for text in texts)
    book = load_workbook(folder / "ledningens_genomgang.xlsx", read_only=True)
    assert {"NYC-01", "Mäts inte"} <= set(book.sheetnames)
    assert "UPH-01" not in book.sheetnames

    capsys.readouterr()
    tell_settings(bare, published)
    assert explain(published, "PLAN-01", "farsta", None)
    output = capsys.readouterr().out
    assert "Inställningar: 3 skiljer" in output
    assert "NYC-01: produktens egna → target = 30, product_target = 100" in output
    assert "Målet är satt här; produkten har 100." in output

    graph = build_defs(settings).resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert {"registers/nycklar", "core/keys_in_use", "indicators/nyc_01"} <= keys


def document_texts(folder: Path) -> set[str]:
    """What stands in the document: paragraphs, and cells of tables."""
    document = Document(str(folder / "ledningens_genomgang.docx"))
    paragraphs = {"".join(node.text or "" for node in paragraph._p.iter() if node.tag.endswith("}t"))
                  for paragraph in document.paragraphs}  # fmt: skip
    cells = {
        "".join(node.text or "" for node in cell._tc.iter() if node.tag.endswith("}t"))
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    }
    return paragraphs | cells


def test_who_delivers_some_registers_sees_those_and_no_alert_about_the_rest(
    small_inbox: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    environment = environment_of(tmp_path / "data", small_inbox)
    write_configuration(tmp_path / "data" / "config", LISTS, choices="")
    for path in (small_inbox / "farsta").glob("*.*"):
        if not plain(path.name).startswith(USED):
            path.unlink()
    settings = read_settings(environment)
    published = run_steps(settings)
    assert "registers nämner nykoping, som inte är någon organisation" in caplog.text
    folder = published / "farsta"
    figures = figures_of(folder)
    later = {name for name, row in figures.items() if row["Status"] == "mäts inte ännu"}
    with duckdb.connect(folder / "warehouse.duckdb", read_only=True) as con:
        needs = dict(con.execute("SELECT indicator, needs FROM indicators").fetchall())
    city = {
        row["Register"] for row in read_csv(published / "staden" / "leveranser.csv") if row["Status"] == "i kraft"
    }
    not_yet_law = {name for name, row in figures.items() if row["Orsak"].startswith("före ")}
    assert later == {name for name in figures if not set(needs[name]) <= {*USED, *city}} - not_yet_law
    assert "UPH-01" in later
    assert figures["UPH-01"]["Orsak"] == "används inte: upphandlingar"
    assert figures["NYC-01"]["Täljare"] == "1"
    assert {row["Objekt"] for row in read_csv(folder / "bristlistor" / "DQ-01.csv")} <= {*USED, *city}
    assert figures["DQ-01"]["Nämnare"] == str(len({*USED, *city}))

    statuses = {row["Register"]: row["Status"] for row in read_csv(folder / "leveranser.csv")}
    assert "saknas" not in statuses.values()
    assert statuses["risker"] == "används inte"
    alerts = [row for row in read_csv(folder / "larm.csv") if row["Tillstånd"] != "stängt"]
    assert {row["Register"] for row in alerts} <= {*USED, ""}
    assert not {row["Indikator"] for row in alerts} & later

    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "Mäts inte ännu" in page
    assert f"av {len(USED)} register är i kraft" in page.replace("\N{NO-BREAK SPACE}", " ")
    city_figures = figures_of(published / "staden")
    assert {name for name, row in city_figures.items() if row["Status"] == "mäts inte ännu"} == later
    evidence = {name: json.loads((folder / "underlag" / f"{name}.json").read_text()) for name in figures}
    assert faults((folder / "ledningens_genomgang.docx").read_bytes(), evidence) == []
    assert "Mäts inte ännu" in document_texts(folder)
    manifest = json.loads((published / "manifest.json").read_text())
    assert manifest["settings"]["registers"] == {"farsta": list(USED), "nykoping": []}
