"""The loop: decisions that the management fills in are next year's register, and its figures stay those drafted."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from assets.intake.archive import Archive
from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from assets.intake.resolve_deliveries import resolve_deliveries
from assets.publication.document.number_check import faults
from assets.registers.read_contracts import load_registers
from assets.registers.refusal_reasons import NO_DECISIONS, NO_FORM, NO_REVIEW_DATE, UNREADABLE
from assets.settings import Run, Settings
from assets.sql_files import read_sql_file
from assets.warehouse.build import build, open_warehouse
from assets.warehouse.models import load_models
from pipelines.commands.verify import verify
from pipelines.demo import AS_OF, KNOWN_AT
from tests.publication.conftest import Built
from tests.publication.document.conftest import Written
from tests.publication.document.word_files import changed, filled_in, part_of
from tests.publication.organisation_folders import folder_of, write

pytestmark = pytest.mark.slow

REGISTER = load_registers(Settings.model_fields["registers"].default)["beslut"]

DECIDED = [
    ("Alla 12 enheter ska ha en rutin", "Avdelningschef", "2024-03-31"),
    ("Klassa om 80 % av systemen", None, "31 maj 2024"),
    (None, None, None),
    (None, "IT-strateg", None),
    ("Anställ en samordnare", "Stadsdelsdirektör", "snarast"),
]


def read(docx: bytes, folder: Path) -> tuple[pl.DataFrame, Any]:
    path = folder / "beslut_2023-11-21.docx"
    path.write_bytes(docx)
    _, result = read_delivery(path, ".docx", REGISTER)
    return result.valid, result


def test_what_is_filled_in_becomes_the_register(demo: Written, tmp_path: Path) -> None:
    """A row without a decision goes to quarantine as any other, a day that can't be read costs its cell."""
    loaded, result = read(filled_in(demo.word, DECIDED), tmp_path)
    review = date(2023, 10, 31)
    assert loaded.select(
        "row", "besluts_id", "genomgang", "beslut", "ansvarig_funktion", "klar_senast", "klar", "status"
    ).rows() == [
        (2, "2023-10-31-1", review, DECIDED[0][0], "Avdelningschef", date(2024, 3, 31), None, "Beslutad"),
        (3, "2023-10-31-2", review, DECIDED[1][0], None, date(2024, 5, 31), None, "Beslutad"),
        (6, "2023-10-31-5", review, DECIDED[4][0], "Stadsdelsdirektör", None, None, "Beslutad"),
    ]
    assert (result.read, result.quarantined.height, result.dropped_cells) == (4, 1, 1)


def test_a_row_that_was_added_and_one_that_was_struck(demo: Written, tmp_path: Path) -> None:
    """Seven rows where the draft has six: Word's plus sign repeats a row with its controls. Struck text is gone."""
    many = [(f"Beslut nummer {number}", None, None) for number in range(1, 8)]
    struck = changed(
        filled_in(demo.word, many),
        lambda xml: xml.replace(
            '<w:t xml:space="preserve">Beslut nummer 3</w:t></w:r>',
            '<w:t>kvar</w:t></w:r><w:del w:id="9" w:author="x"><w:r><w:delText>bort</w:delText></w:r></w:del>',
        ),
    )
    loaded, _ = read(struck, tmp_path)
    assert loaded["beslut"].to_list() == ["kvar" if "3" in text else text for text, *_ in many]


def test_decisions_may_hold_numbers_and_the_figures_are_still_held_against_the_draft(demo: Written) -> None:
    signed = changed(
        filled_in(demo.word, DECIDED), lambda xml: xml.replace(">Namn och funktion<", ">Direktören, plan 3<")
    )
    signed = changed(
        signed, lambda xml: xml.replace(">Dag</w:t></w:r><w:bookmarkEnd", ">2023-11-21</w:t></w:r><w:bookmarkEnd")
    )
    assert faults(signed, None) == []
    altered = changed(signed, lambda xml: xml.replace(">15</w:t>", ">14</w:t>", 1))
    assert len(faults(altered, None)) == 1


def without(docx: bytes, part: str, text: str) -> bytes:
    assert text in part_of(docx, part)
    return changed(docx, lambda xml: xml.replace(text, "borta"), part)


@pytest.mark.parametrize("reason", [NO_DECISIONS, NO_FORM, NO_REVIEW_DATE, UNREADABLE])
def test_a_document_that_is_no_signed_review_is_refused(demo: Written, tmp_path: Path, reason: str) -> None:
    docx = filled_in(demo.word, DECIDED)
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as package:
        package.writestr("word/document.xml", "<w:document")
    documents = {
        NO_DECISIONS: demo.word,
        NO_FORM: without(docx, "word/document.xml", "_beslut"),
        NO_REVIEW_DATE: without(docx, provenance_of(docx), "as_of"),
        UNREADABLE: (tmp_path / "x.docx").read_bytes(),
    }
    with pytest.raises(Refused) as refused:
        read(documents[reason], tmp_path)
    assert str(refused.value) == reason


def provenance_of(docx: bytes) -> str:
    return next(
        name for name in ("customXml/item1.xml", "customXml/item2.xml") if "urn:lagesbild" in part_of(docx, name)
    )


def test_the_draft_of_the_form_is_empty_and_the_provenance_knows_nothing_of_it(demo: Written) -> None:
    provenance = part_of(demo.word, provenance_of(demo.word))
    numbers = json.loads(provenance[provenance.index("{") : provenance.rindex("}") + 1])["siffror"].values()
    assert not [number for number in numbers if "beslut" in str(number["kalla"].get("falt"))]
    assert part_of(demo.word).count("<w:showingPlcHdr/>") == 6 * 3 + 2


def test_next_years_review_begins_with_what_this_one_decided(demo: Written, tmp_path: Path) -> None:
    """The signed document in the inbox, a year on: its decisions are what BES-01 asks of and chapter 3 shows."""
    settings = Settings(data=tmp_path, inbox=tmp_path / "inbox", config=tmp_path / "config")
    (settings.inbox / "farsta").mkdir(parents=True)
    (settings.inbox / "farsta" / "beslut_2023-11-21.docx").write_bytes(filled_in(demo.word, DECIDED[:2]))
    registers, models = load_registers(settings.registers), load_models(settings.sql)
    review, today = date(2024, 5, 1), date(2024, 5, 2)
    run = Run("20240502T083000-0123abcd", "review", review, today, today, tmp_path / "run")
    run.folder.mkdir()
    resolve_deliveries(settings.inbox, Archive(settings.archive), registers, today, today, run.deliveries_path)
    with open_warehouse(run, tmp_path, registers, models) as con:
        build(con, models, ["indicators.bes_01", "core.decisions"])
        items = con.execute("SELECT key, ok, delivery, row FROM indicators.bes_01").fetchall()
        decisions = pl.DataFrame(con.sql(read_sql_file(settings.sql / "report" / "document_decisions.sql").query))
    assert items == [("2023-10-31-1", False, "beslut_2023-11-21.docx", 2)]
    assert decisions["beslut"].to_list() == [text for text, *_ in DECIDED[:2]]


def test_verify_holds_a_signed_document_against_the_published_review_that_it_is_of(
    built: Built, demo: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data=tmp_path, inbox=tmp_path / "inbox", config=tmp_path / "config")
    signed = settings.inbox / "farsta" / "beslut_2023-11-21.docx"
    signed.parent.mkdir(parents=True)
    signed.write_bytes(filled_in(demo.word, DECIDED))
    assert verify(signed, settings)
    assert "mot det som utkastet självt säger" in capsys.readouterr().out
    published = settings.published / "reviews" / f"{AS_OF}_{KNOWN_AT}" / "farsta"
    published.mkdir(parents=True)
    with duckdb.connect(built.run.warehouse, read_only=True) as con:
        write(folder_of(con, built.run, "farsta", published), "underlag")
    assert verify(signed, settings)
    assert "mot underlaget i" in capsys.readouterr().out
    evidence = published / "underlag" / "INC-01.json"
    evidence.write_text(evidence.read_text(encoding="utf-8").replace('"numerator": 15', '"numerator": 16'))
    assert not verify(signed, settings)
    assert "INC-01: 15 ska enligt underlaget vara 16." in capsys.readouterr().out
