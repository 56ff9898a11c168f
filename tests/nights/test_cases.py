"""One night with what once stopped a whole city's: every other organisation and file is published."""

import json
import shutil
from pathlib import Path

import pytest

from assets.intake.inbox import LINK
from assets.settings import Limits, Settings
from tests.nights.conftest import read_csv, run_steps

pytestmark = pytest.mark.long

INTAKE, DOCUMENT = (
    Path(__file__).parents[1] / "intake" / "cases",
    Path(__file__).parents[1] / "publication/document/cases",
)
GOOD = "Rekommendations-id;År;Rekommendation;Status;Sekretess\nR1;2023;Allt;Ny;Nej\n"


def test_one_bad_file_text_or_template_costs_only_itself(settings: Settings) -> None:
    inbox = settings.inbox
    for organisation in ("fardig", "glyf", "langt-ut", "mall-a", "mall-b", "lank"):
        (inbox / organisation / "texter").mkdir(parents=True)
        (inbox / organisation / "revision_2023-10-31.csv").write_text(GOOD, encoding="utf-8")
    (inbox / "staden").mkdir(exist_ok=True)
    shutil.copy(INTAKE / "pdf_glyph_revision_2026-05-01.csv", inbox / "glyf" / "revision_2023-11-01.csv")
    shutil.copy(
        INTAKE / "control_character_omvarldsbevakning_2026-05-01.csv",
        inbox / "staden" / "omvarldsbevakning_2023-11-20.csv",
    )
    shutil.copy(INTAKE / "enheter_far1_2026-11-02.xlsx", inbox / "langt-ut" / "enheter_2023-11-02.xlsx")
    shutil.copy(DOCUMENT / "mall-loop.docx", inbox / "mall-a" / "texter" / "mall.docx")
    shutil.copy(DOCUMENT / "mall-remote.docx", inbox / "mall-b" / "texter" / "mall.docx")
    (inbox / "lank" / "texter" / "2.2.1.md").symlink_to("/etc/passwd")
    (inbox / "lank" / "vor_indikatorer_2023-10-31.csv").symlink_to(inbox / "fardig" / "revision_2023-10-31.csv")
    (inbox / "borta").symlink_to("/nowhere")
    limited = run_steps(settings.model_copy(update={"limits": Limits(seconds=20)}))
    manifest = json.loads((limited / "manifest.json").read_text(encoding="utf-8"))
    for organisation in ("fardig", "glyf", "langt-ut", "mall-a", "mall-b", "lank", "farsta"):
        for name in ("ledningens_genomgang.docx", "ledningens_genomgang.pdf", "index.html"):
            assert (limited / organisation / name).stat().st_size > 0
        assert f"{organisation}/ledningens_genomgang.pdf" in manifest["outputs"]
    assert _deliveries(limited / "langt-ut", "enheter_2023-11-02.xlsx") == ("avvisad", "filen går inte att läsa")
    assert _deliveries(limited / "lank", "vor_indikatorer_2023-10-31.csv") == ("okänd", LINK)
    assert _deliveries(limited / "staden", "borta") == ("okänd", LINK)
    pages = {
        name: (limited / name / "index.html").read_text(encoding="utf-8") for name in ("mall-a", "mall-b", "lank")
    }
    assert all("Dokumentmallen går inte att använda" in pages[name] for name in ("mall-a", "mall-b"))
    assert "texter/2.2.1.md används inte" in pages["lank"]
    for path in limited.rglob("*"):
        assert not path.is_file() or b"root:x:0:0" not in path.read_bytes()


def _deliveries(folder: Path, name: str) -> tuple[str, str]:
    (row,) = (row for row in read_csv(folder / "leveranser.csv") if row["Källfil"] == name)
    return row["Status"], row["Orsak"]
