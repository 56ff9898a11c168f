"""A register and an indicator are one file each; an output is a query, a writer and one entry."""

import shutil
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.publication import assets, organisation_folder, outputs, queries
from assets.publication.csv_files import write_table
from assets.publication.output import Group, OrganisationFolder, Output
from assets.settings import Settings
from pipelines.definitions import build_defs
from tests.nights.conftest import B, K, read_csv, run_job

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

INDICATOR = """/*
title = "Återlämnade nycklar"
title_en = "Returned keys"
area = "Styrning"
kind = "share"
target = 100
needs = ["nycklar"]
motive = "S 9"
question = "Är nyckeln återlämnad?"
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "nyckel"
many = "nycklar"
does_one = "är återlämnad"
does_many = "är återlämnade"
*/
select
    room_key.organisation,
    room_key.enhet as unit,
    room_key.nyckel as key,
    room_key.nyckel as label,
    coalesce(room_key.aterlamnad <= review.as_of, false) as ok,
    if(ok, null, 'inte återlämnad') as reason,
    room_key.delivery,
    room_key.row
from registers.nycklar as room_key
cross join core.review as review
"""


def test_a_toy_register_and_a_toy_indicator_are_one_file_each(settings: Settings, tmp_path: Path) -> None:
    registers = Path(shutil.copytree(settings.registers, tmp_path / "registers"))
    sql = Path(shutil.copytree(settings.sql, tmp_path / "sql"))
    (registers / "nycklar.toml").write_text(REGISTER, encoding="utf-8")
    (sql / "indicators" / "nyc_01.sql").write_text(INDICATOR, encoding="utf-8")
    (settings.inbox / "farsta" / "Nycklar_2023-10-31.csv").write_text(
        "Nyckel;Enhet;Återlämnad\nN1;3001;2023-10-01\nN2;3002;\nN3;Ingenstans;2023-12-01\n", encoding="utf-8"
    )
    grown = settings.model_copy(update={"registers": registers, "sql": sql})
    review = run_job(grown, B, K) / "farsta"
    figure = next(row for row in read_csv(review / "indikatorer.csv") if row["Indikator"] == "NYC-01")
    assert (figure["Täljare"], figure["Nämnare"], figure["Värde"], figure["Status"]) == ("1", "3", "33,3", "röd")
    gaps = read_csv(review / "bristlistor" / "NYC-01.csv")
    assert [(row["Objekt"], row["Enhet"], row["Orsak"], row["Källrad"]) for row in gaps] == [
        ("N2", "3002", "inte återlämnad", "3"),
        ("N3", "Ingenstans", "inte återlämnad", "4"),
    ]
    unmatched = read_csv(review / "bristlistor" / "omatchade.csv")
    assert ("nycklar", "Ingenstans") in {(row["Register"], row["Värde"]) for row in unmatched}


REPORT = """/*
about = "Units and their names."
grain = ["organisation", "unit"]
columns = ["unit", "name"]

[headings]
name = "Namn"
*/
select
    unit.organisation,
    unit.enhet as unit,
    unit.enhetsnamn as name
from registers.enheter as unit
order by unit.enhet
"""


def write_units(folder: OrganisationFolder) -> None:
    rows = pl.DataFrame(folder.publication.con.sql(queries.report_query("units").query))
    write_table("units", rows.filter(pl.col("organisation") == folder.organisation), folder.path / "enheter.csv")


def test_an_output_is_a_query_a_writer_and_one_entry(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = Path(shutil.copytree(queries.FOLDER, tmp_path / "report"))
    (reports / "units.sql").write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr(queries, "FOLDER", reports)
    own = Output(
        "enhetslista", "Enheterna", "csv", "organisation", {"enheter.csv": "enheterna vid namn"}, ("units",),
        group=Group.LISTS, write=write_units,
    )  # fmt: skip
    for module in (outputs, organisation_folder, assets):
        monkeypatch.setattr(module, "OUTPUTS", (own, *outputs.OUTPUTS) if module is outputs else outputs.OUTPUTS)
    node = build_defs(settings).resolve_asset_graph().get(dg.AssetKey(["publication", "enhetslista"]))
    assert dg.AssetKey(["registers", "enheter"]) in node.parent_keys
    review = run_job(settings, B, K) / "farsta"
    names = {row["Enhet"]: row["Namn"] for row in read_csv(review / "enheter.csv")}
    assert names
    assert all(names.values())
    assert "enheterna vid namn" in (review / "index.html").read_text(encoding="utf-8")
