"""A draft and its release: whatever goes wrong with one organisation, every other one is shown."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from assets.publication import folder_outcome, organisation_folder
from assets.publication.draft import Draft, NothingWritten, build_draft, read_draft
from assets.publication.output import OrganisationFolder
from assets.publication.outputs import OUTPUTS
from assets.publication.release import release
from assets.registers.read_contracts import load_registers
from assets.settings import Run, Settings
from tests.publication.conftest import Built
from tests.publication.page.reading import read

pytestmark = pytest.mark.slow

QUICK = {"validering", "indikatorer", "leveranser", "bristlistor", "ej_matta", "sida"}
"""The outputs that these tests write: with all of them they would take a minute."""


class Nights:
    """Nights of the demo organisation, one after another, on one warehouse."""

    def __init__(self, con: duckdb.DuckDBPyConnection, run: Run, settings: Settings) -> None:
        self.con, self.run, self.settings = con, run, settings

    def draft(self, number: int) -> Draft:
        self.run = replace(self.run, id=f"2023112{number}T020000-0123abcd", kind="nightly")
        registers = load_registers(self.settings.registers)
        return build_draft(self.con, self.run, self.settings, registers, lambda _: "<p>{}</p>".format)

    def release(self) -> Path:
        return release(self.settings, self.run)


@pytest.fixture
def nights(built: Built, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    quick = [output for output in OUTPUTS if output.name in QUICK]
    monkeypatch.setattr(organisation_folder, "OUTPUTS", quick)
    data = tmp_path / "data"
    with duckdb.connect(shutil.copy(warehouse, tmp_path / "all.duckdb")) as con:
        yield Nights(con, built.with_texts(tmp_path / "run"), Settings(data=data, inbox=data / "inbox", config=data))


def fails_for(monkeypatch: pytest.MonkeyPatch, *organisations: str) -> None:
    """Makes leveranser.csv, which no folder may be without, fail for some organisations."""
    (output,) = (output for output in OUTPUTS if output.name == "leveranser")
    write = output.write
    assert write is not None

    def failing(folder: OrganisationFolder) -> None:
        if folder.organisation in organisations:
            raise ValueError("a value")
        write(folder)

    monkeypatch.setitem(output.__dict__, "write", failing)


def manifest_of(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_a_draft_is_shown_only_once_it_is_released(nights: Nights) -> None:
    draft = nights.draft(1)
    assert draft == read_draft(nights.settings.published, nights.run)
    assert draft.made == ("farsta", "staden")
    assert not (nights.settings.published / "current").exists()
    published = nights.release()
    assert published == nights.settings.published / "current"
    assert (published / "farsta" / "index.html").exists()
    assert not draft.folder.exists()
    with pytest.raises(FileNotFoundError):
        read_draft(nights.settings.published, nights.run)


def test_an_organisation_whose_folder_fails_keeps_its_last_one(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nights.draft(1)
    before = {path.name: path.read_bytes() for path in nights.release().glob("farsta/**/*.csv")}
    first = nights.run.id
    fails_for(monkeypatch, "farsta")
    assert nights.draft(2).made == ("staden",)
    published = nights.release()
    assert {path.name: path.read_bytes() for path in published.glob("farsta/**/*.csv")} == before
    manifest = manifest_of(published)
    assert (manifest["organisations"]["farsta"]["run"], manifest["organisations"]["staden"]["run"]) == (
        first,
        nights.run.id,
    )
    assert set(manifest["failures"]) == {"farsta"}
    assert manifest["failures"]["farsta"]["mapp"].startswith("Leveranserna kunde inte skrivas: oväntat fel")
    front, page = read(published / "index.html"), read(published / "farsta" / "indikatorer" / "INC-01.html")
    assert "Mappen kunde inte skrivas: Leveranserna kunde inte skrivas" in front.text
    assert "Stoppad av valideringen" not in front.text
    assert "Lägesbilden är inte från i natt. Natten 2023-10-31 kunde den inte skrivas" in page.text
    assert "inte från i natt" not in read(published / "staden" / "index.html").text
    assert "a value" not in caplog.text + (published / "manifest.json").read_text(encoding="utf-8") + front.text


def test_an_organisation_that_never_had_a_folder_has_none_to_keep(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_for(monkeypatch, "farsta")
    assert nights.draft(1).made == ("staden",)
    published = nights.release()
    assert [path.name for path in (published / "farsta").iterdir()] == ["validering.html"]
    assert set(manifest_of(published)["organisations"]) == {"staden"}
    front = read(published / "index.html")
    assert "Ingen lägesbild ännu. Mappen kunde inte skrivas" in front.text
    assert "farsta/index.html" not in front.links


def test_what_fails_before_the_first_output_costs_no_other_either(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(folder: OrganisationFolder) -> None:
        if folder.organisation == "farsta":
            raise RecursionError("a value")
        organisation_folder.write_folder(folder)

    monkeypatch.setattr(folder_outcome, "write_folder", failing)
    assert nights.draft(1).made == ("staden",)
    assert "RecursionError" in manifest_of(nights.release())["failures"]["farsta"]["mapp"]


def test_where_no_folder_can_be_written_nothing_is_published(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_for(monkeypatch, "farsta", "staden")
    with pytest.raises(NothingWritten):
        nights.draft(1)
    assert not (nights.settings.published / "current").exists()


def test_an_output_that_fails_stands_in_the_manifest_and_on_the_front_page(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    (output,) = (output for output in OUTPUTS if output.name == "ej_matta")

    def failing(_: OrganisationFolder) -> None:
        raise ValueError

    monkeypatch.setitem(output.__dict__, "write", failing)
    assert nights.draft(1).made == ("farsta", "staden")
    published = nights.release()
    sentence = "Listan över det som inte gick att mäta kunde inte skrivas: oväntat fel, ValueError"
    assert sentence in read(published / "index.html").text
    assert sentence in read(published / "farsta" / "index.html").text
    assert manifest_of(published)["failures"]["farsta"].keys() == {"ej_matta"}
