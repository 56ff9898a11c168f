"""One organisation's folder: what people have written for it, and what a document that fails costs."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from assets.publication import organisation_folder
from assets.publication.document.model import UncitedNumber
from assets.publication.document.rows import gather_rows
from assets.publication.organisation_folder import Narrative, narrative_of
from assets.publication.package.check import package_faults
from assets.settings import Run
from tests.publication.conftest import Built


@pytest.fixture
def run(built: Built, tmp_path: Path) -> Run:
    run = replace(built.run, folder=tmp_path / "run")
    run.texts.parent.mkdir(parents=True)
    run.texts.write_text(json.dumps({"farsta": {"texts": {"1": "Text."}, "remarks": ["x."]}}), encoding="utf-8")
    return run


def test_an_organisation_without_texts(run: Run, tmp_path: Path) -> None:
    assert narrative_of(run, "jarva", tmp_path) == Narrative({}, None, [])


def test_its_own_template_goes_before_the_installations(run: Run, tmp_path: Path) -> None:
    assert narrative_of(run, "farsta", tmp_path) == Narrative({"1": "Text."}, None, ["x."])
    (tmp_path / "mall.docx").write_bytes(b"")
    assert narrative_of(run, "farsta", tmp_path).template == tmp_path / "mall.docx"
    own = run.texts.with_name("farsta.docx")
    own.write_bytes(b"")
    assert narrative_of(run, "farsta", tmp_path).template == own
    assert narrative_of(run, "jarva", tmp_path).template == tmp_path / "mall.docx"


def test_a_document_with_a_number_without_source_costs_nothing_else(
    built: Built, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> list[str]:
        raise UncitedNumber("7")

    monkeypatch.setattr(organisation_folder, "write_document", fails)
    folder = tmp_path / "farsta"
    folder.mkdir()
    with duckdb.connect(shutil.copy(warehouse, tmp_path / "all.duckdb")) as con:
        rows = gather_rows(con)
        nothing = Narrative({}, None, [])
        organisation_folder.write_folder(built.pictures["farsta"], con, rows, nothing, {}, tmp_path / "none", folder)
    assert not (folder / "ledningens_genomgang.docx").exists()
    assert "Dokumentet skrevs inte" in (folder / "index.html").read_text(encoding="utf-8")
    assert package_faults(folder / "ledningens_genomgang.zip") == []
