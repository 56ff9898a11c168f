"""What people have written for the document, as the publication finds it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assets.publication.folders import Narrative, narrative_of
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
