"""The sealed package: checked with nothing but itself, and every way to change it found."""

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner

from assets.publication.outputs import OUTPUTS
from assets.publication.package.check import package_faults
from assets.publication.package.seal import write_package
from assets.publication.report import Report
from assets.registers.contract import CITY
from pipelines.cli import main
from tests.publication.conftest import Built
from tests.publication.document.word_files import changed as changed_document
from tests.publication.organisation_folders import folder_of, write

pytestmark = pytest.mark.slow

Files = dict[str, bytes]


@pytest.fixture(scope="module", params=["farsta", CITY])
def package(
    request: pytest.FixtureRequest,
    built: Built,
    warehouse: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The package of the demo organisation, and of the city."""
    top = tmp_path_factory.mktemp("package")
    sealed = [out.name for out in OUTPUTS if out.sealed and out.is_for(city=request.param == CITY)]
    with duckdb.connect(shutil.copy(warehouse, top / "all.duckdb")) as con:
        run = built.with_texts(top / "run")
        write(folder_of(con, run, request.param, top / request.param), *sealed, "paket")
    return top / request.param / "ledningens_genomgang.zip"


def changed(package: Path, folder: Path, change: Callable[[Files], None], *, resealed: bool = False) -> list[str]:
    """What the check says of the package after a change; `resealed`: by somebody who also mends the manifest."""
    with ZipFile(package) as sealed:
        files = {name: sealed.read(name) for name in sealed.namelist()}
    change(files)
    if resealed:
        manifest = json.loads(files.pop("manifest.json"))
        manifest["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        files["manifest.json"] = json.dumps(manifest).encode()
    with ZipFile(folder / "changed.zip", "w") as other:
        for name, content in files.items():
            other.writestr(name, content)
    return package_faults(folder / "changed.zip")


def test_what_is_sealed_is_whole(package: Path) -> None:
    assert package_faults(package) == []
    with ZipFile(package) as sealed:
        names = set(sealed.namelist())
    assert {"ledningens_genomgang.docx", "ledningens_genomgang.pdf", "indikatorer.csv", "LAS-MIG.txt"} <= names
    assert "underlag/INC-01.json" in names
    assert "larm.csv" not in names


def test_the_same_folder_gives_the_same_bytes(package: Path, reports: dict[str, Report]) -> None:
    before = package.read_bytes()
    with ZipFile(package) as sealed:
        manifest = json.loads(sealed.read("manifest.json"))
    name = manifest["organisation"]
    sealed = [file for output in OUTPUTS if output.sealed for file in output.files]
    write_package(reports[name], package.parent, sealed)
    assert package.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda files: files.update({"indikatorer.csv": files["indikatorer.csv"] + b" "}),
            "indikatorer.csv har ändrats",
        ),
        (lambda files: files.pop("historik.csv"), "historik.csv saknas"),
        (lambda files: files.update({"mer.txt": b""}), "mer.txt finns inte i manifest.json"),
        (lambda files: files.pop("manifest.json"), "saknar ett läsbart manifest.json"),
        (lambda files: files.update({"manifest.json": b"[]"}), "saknar ett läsbart manifest.json"),
        (lambda files: files.update({"manifest.json": b"\xff"}), "saknar ett läsbart manifest.json"),
    ],
)
def test_every_change_is_found(package: Path, tmp_path: Path, change: Callable[[Files], None], fault: str) -> None:
    assert any(fault in change_found for change_found in changed(package, tmp_path, change))


def figure_of(files: Files, indicator: str, part: int) -> None:
    evidence = json.loads(files[f"underlag/{indicator}.json"])
    evidence["figure"]["numerator"] = part
    files[f"underlag/{indicator}.json"] = json.dumps(evidence).encode()


def row_of(files: Files, before: str, after: str) -> None:
    text = files["indikatorer.csv"].decode()
    assert before in text
    files["indikatorer.csv"] = text.replace(before, after).encode()


def test_a_figure_that_its_items_dont_give_is_found_though_it_was_sealed(package: Path, tmp_path: Path) -> None:
    found = changed(package, tmp_path, lambda files: figure_of(files, "INC-01", 14), resealed=True)
    assert "INC-01: siffran följer inte av sina poster." in found
    assert "INC-01: indikatorer.csv och underlaget har olika siffror." in found
    assert any(fault.startswith("ledningens_genomgang.docx:") for fault in found), "the document says 15"


@pytest.mark.parametrize("package", ["farsta"], indirect=True)  # the city has no items
def test_items_that_are_gone_are_found_though_it_was_sealed(package: Path, tmp_path: Path) -> None:
    def fewer(files: Files) -> None:
        kept = io.BytesIO()
        items = pl.read_parquet(io.BytesIO(files["underlag.parquet"]))
        items.filter(pl.col("indicator") != "INC-01").write_parquet(kept)
        files["underlag.parquet"] = kept.getvalue()

    found = changed(package, tmp_path, fewer, resealed=True)
    assert found == ["INC-01: siffran följer inte av sina poster."]


def test_a_list_that_says_otherwise_is_found_though_it_was_sealed(package: Path, tmp_path: Path) -> None:
    with ZipFile(package) as sealed:
        line = next(one for one in sealed.read("indikatorer.csv").decode().splitlines() if one.startswith("INC-02"))
    found = changed(package, tmp_path, lambda files: row_of(files, line, line.replace(";3;", ";4;")), resealed=True)
    assert found == ["INC-02: indikatorer.csv och underlaget har olika siffror."]


@pytest.mark.parametrize("content", [b"", b"no package", b"PK\x05\x06" + b"\x00" * 18])
def test_what_is_no_package_is_a_fault_and_no_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert len(package_faults(tmp_path / "x.zip")) == 1


def test_a_package_cut_short_is_a_fault(package: Path, tmp_path: Path) -> None:
    content = package.read_bytes()
    for size in (100, len(content) // 2, len(content) - 1):
        (tmp_path / "x.zip").write_bytes(content[:size])
        assert package_faults(tmp_path / "x.zip")


def test_the_command_says_what_is_wrong_and_its_code_too(package: Path, tmp_path: Path) -> None:
    fine = CliRunner().invoke(main, ["verify", str(package)])
    assert fine.exit_code == 0
    assert hashlib.sha256(package.read_bytes()).hexdigest() in fine.output
    assert "Allt stämmer." in fine.output
    document = package.parent / "ledningens_genomgang.docx"
    assert CliRunner().invoke(main, ["verify", str(document)]).exit_code == 0
    changed(package, tmp_path, lambda files: files.pop("historik.csv"))
    wrong = CliRunner().invoke(main, ["verify", str(package), str(tmp_path / "changed.zip")])
    assert wrong.exit_code == 3
    assert "historik.csv saknas i paketet." in wrong.output


RUN = '<w:r><w:t xml:space="preserve">'
"""How a number begins that isn't the last part of a date."""


@pytest.mark.parametrize("package", ["farsta"], indirect=True)
def test_a_document_where_it_was_published_is_held_against_its_evidence(package: Path, tmp_path: Path) -> None:
    """Who changes a figure and its entry in the provenance too fools the document, but not what lies beside it."""
    content = (package.parent / "ledningens_genomgang.docx").read_bytes()
    fooled = changed_document(content, lambda xml: xml.replace(f"{RUN}15<", f"{RUN}14<"))
    fooled = changed_document(fooled, lambda xml: xml.replace('"text":"15"', '"text":"14"'), "customXml/item2.xml")
    alone = tmp_path / "ledningens_genomgang.docx"
    alone.write_bytes(fooled)
    assert CliRunner().invoke(main, ["verify", str(alone)]).exit_code == 0
    shutil.copytree(package.parent / "underlag", tmp_path / "underlag")
    found = CliRunner().invoke(main, ["verify", str(alone)])
    assert found.exit_code == 3
    assert "INC-01: 14 ska enligt underlaget vara 15." in found.output
