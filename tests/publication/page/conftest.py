"""A site to look at in a browser: of the demo organisation's review and of the city, written once."""

from pathlib import Path

import duckdb
import pytest

from assets.publication.page.front import FrontLine, write_front
from assets.publication.page.matrix import write_matrix
from assets.publication.page.site import write_site
from assets.publication.page.stale_notice import mark_kept
from assets.publication.page.system import write_systems
from assets.publication.page.year import write_year
from assets.publication.report import Report
from tests.publication.conftest import Built
from tests.publication.folders import folder_of, write
from tests.publication.page import handmade


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
        if not report.is_city:
            write_systems(report, top / organisation)
        write_site(report, top / organisation, None, ["texter/x.md hör inte till något kapitel."])
    write_matrix(reports["staden"], top / "staden" / "matris.html")
    write_year(reports["farsta"], top / "farsta" / "arshjul.html")
    with duckdb.connect(built.run.warehouse, read_only=True) as con:
        write(folder_of(con, built.run, "farsta", top / "farsta"), "mallar", "register")
    mark_kept(top / "natt", handmade.B)
    lines = [FrontLine(name, name, handmade.B, handmade.B, name == "natt", True) for name in ("farsta", "natt")]
    write_front(top, lines, reports["farsta"].run, handmade.MADE_AT)
    return top
