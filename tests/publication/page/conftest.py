"""A site to look at in a browser: of the demo organisation's review and of the city, written once."""

from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.publication.output import OrganisationFolder
from assets.publication.page.front import FrontLine, write_front
from assets.publication.page.matrix import write_matrix
from assets.publication.page.render import copy_looks
from assets.publication.page.site import write_site
from assets.publication.page.stale_notice import mark_kept
from assets.publication.page.system import write_systems
from assets.publication.page.year import write_year
from assets.publication.report import Report
from assets.validation.page import render
from assets.validation.results import RESULT
from tests.publication.conftest import Built
from tests.publication.organisation_folders import folder_of, write
from tests.publication.page import handmade
from tests.publication.page.handmade import B


def eventful_night(folder: OrganisationFolder) -> OrganisationFolder:
    """The folder of a night that validation and alerts have much to say of."""
    row = {
        "organisation": "farsta", "table": "registers.personuppgiftsincidenter", "expectation": "andel_i_karantan",
        "severity": "varning", "ok": False, "checked": 930, "unexpected": 5, "explanation": "Rätta Roll eller Enhet.",
        "reason": "Varje enhet har en chef.", "places": ["PERSONUPPGIFTSINCIDENTER_slutlig_2026-10-30.xlsx rad 312"],
    }  # fmt: skip
    results = pl.DataFrame([row, row | {"ok": True, "expectation": "annan"}], schema=RESULT)
    night = results.with_columns(night=pl.lit(B)).drop("explanation", "reason", "places")
    alerts = folder.run.folder / "alerts" / "farsta"
    alerts.mkdir(parents=True, exist_ok=True)
    (alerts / "larm.csv").write_text("Larm-id;Text\n", encoding="utf-8")
    (alerts / "larm.html").write_text("<main><h1>Lägesbild: 1 nytt larm</h1></main>", encoding="utf-8")
    publication = replace(folder.publication, validation_page=lambda _: render(B, results, night))
    return replace(folder, publication=publication)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, built: Built, reports: dict[str, Report]) -> Path:
    """The top of a publication: farsta (a review), staden, and `natt`, a blocked night with much in it."""
    top = tmp_path_factory.mktemp("site")
    busy = handmade.report(
        [
            handmade.indicator(),
            handmade.indicator("UTB-02", state="ej mätbar", value=None, reason="massregistrering"),
        ],
        gaps=[handmade.gap(at, label="Mycket långtnamnsomintegåratttala om" * 2) for at in range(40)],
        organisation="natt",
    )
    for organisation, report in {"farsta": reports["farsta"], "staden": reports["staden"], "natt": busy}.items():
        (top / organisation).mkdir()
        copy_looks(top / organisation)
        if not report.is_city:
            write_systems(report, top / organisation)
        write_site(report, top / organisation, None, ["texter/x.md hör inte till något kapitel."])
    write_matrix(reports["staden"], top / "staden" / "matris.html")
    write_year(reports["farsta"], top / "farsta" / "arshjul.html")
    with duckdb.connect(built.run.warehouse, read_only=True) as con:
        folder = folder_of(con, built.run, "farsta", top / "farsta")
        write(folder, "mallar", "register", "sammanfattning", "enheter", "atgarder")
        write(folder_of(con, built.run, "staden", top / "staden"), "sammanfattning")
        write(eventful_night(folder), "larm", "validering")
    mark_kept(top / "natt", handmade.B)
    lines = [FrontLine(name, name, handmade.B, handmade.B, name == "natt", True) for name in ("farsta", "natt")]
    write_front(top, lines, reports["farsta"].run, handmade.MADE_AT)
    return top
