"""One organisation's folder: what people have written for it, and what an output that fails costs."""

import errno
import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest

from assets.publication.document.model import UncitedNumber
from assets.publication.narrative import Narrative, narrative_of
from assets.publication.organisation_folder import FolderFailed, write_folder
from assets.publication.output import OrganisationFolder
from assets.publication.outputs import OUTPUTS
from assets.publication.package.check import package_faults
from assets.settings import Run
from pipelines.interruption import Interrupted
from tests.publication.conftest import Built
from tests.publication.organisation_folders import folder_of
from tests.publication.page.reading import read

pytestmark = pytest.mark.slow

SECRET = "Anna Andersson"  # noqa: S105 – a value that must not be told


@pytest.fixture
def run(built: Built, tmp_path: Path) -> Run:
    run = built.with_texts(tmp_path / "run")
    run.texts.write_text(json.dumps({"farsta": {"texts": {"1": "Text."}, "remarks": ["x."]}}), encoding="utf-8")
    return run


@pytest.fixture
def folder(run: Run, warehouse: Path, tmp_path: Path) -> Iterator[OrganisationFolder]:
    """Farsta's, not yet written."""
    with duckdb.connect(shutil.copy(warehouse, tmp_path / "all.duckdb")) as con:
        yield folder_of(con, run, "farsta", tmp_path / "farsta")


def failing(monkeypatch: pytest.MonkeyPatch, name: str, fault: Exception) -> None:
    """Makes an output's writer leave half a file and then fail."""

    def write(folder: OrganisationFolder) -> None:
        for file in output.files:
            half = folder.path / file.replace("*-*", "UTB-01").replace("*", "UTB-01")
            half.parent.mkdir(exist_ok=True)
            half.write_bytes(b"half")
        raise fault

    (output,) = (output for output in OUTPUTS if output.name == name)
    monkeypatch.setitem(output.__dict__, "write", write)


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


def test_notes_are_in_the_order_of_their_days(run: Run, tmp_path: Path) -> None:
    days = {2: "2023-05-01", 3: "2023-01-15", 4: "2023-01-15"}
    notes = [{"row": row, "date": day, "indicator": None, "text": "x"} for row, day in days.items()]
    run.texts.write_text(json.dumps({"farsta": {"texts": {}, "remarks": [], "notes": notes}}), encoding="utf-8")
    assert [note.row for note in narrative_of(run, "farsta", tmp_path).notes] == [3, 4, 2]


FAULTS: list[dict[str, tuple[Exception, str]]] = [
    {
        "dokument": (UncitedNumber(SECRET), "Dokumentet kunde inte skrivas: ett tal i det saknar källa."),
        "kalender": (
            KeyError(SECRET),
            "Årshjulet kunde inte skrivas: oväntat fel, KeyError i organisation_folder.py",
        ),
        "historik": (TypeError(SECRET), "Historiken kunde inte skrivas: oväntat fel, TypeError"),
        "enheter": (TypeError(SECRET), "Sidorna till enheterna kunde inte skrivas: oväntat fel, TypeError"),
        "brister": (TypeError(SECRET), "Listan över alla öppna brister kunde inte skrivas: oväntat fel, TypeError"),
    },
    {
        "underlag": (RuntimeError(SECRET), "Underlaget kunde inte skrivas: oväntat fel, RuntimeError"),
        "dokument": (ValueError(SECRET), "Dokumentet kunde inte skrivas: oväntat fel, ValueError"),
        "warehouse": (MemoryError(), "Tabellerna för egna frågor kunde inte skrivas: minnet räckte inte."),
        "arbetsbok": (OSError(errno.EACCES, SECRET), "Arbetsboken kunde inte skrivas: filsystemet svarade"),
        "paket": (ValueError(SECRET), "Paketet till diariet kunde inte skrivas: oväntat fel, ValueError"),
    },
]


@pytest.mark.parametrize("faults", FAULTS)
def test_an_output_that_fails_costs_itself_and_is_told(
    folder: OrganisationFolder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    faults: dict[str, tuple[Exception, str]],
) -> None:
    for name, (fault, _) in faults.items():
        failing(monkeypatch, name, fault)
    with caplog.at_level(logging.INFO, logger="lagesbild"):
        write_folder(folder)
    assert {output.name for output in folder.failures} == faults.keys()
    page = read(folder.path / "index.html")
    assert [sentence for _, sentence in faults.values() if sentence not in page.text] == []
    assert ("saknar källa" in page.text) == any(isinstance(fault, UncitedNumber) for fault, _ in faults.values())
    for output in OUTPUTS:
        if output.is_for(city=False) and output.name != "larm":
            found = {pattern: any(folder.path.glob(pattern)) for pattern in output.files}
            assert set(found.values()) == {output.name not in faults}, (output.name, found)
    assert SECRET not in caplog.text
    assert [name for name in faults if name not in caplog.text] == []
    assert not [path for path in folder.path.rglob("*.html") if SECRET in path.read_text(encoding="utf-8")]
    assert _dead_links(folder.path) == set()
    if "paket" not in faults:
        _assert_package_says_what_it_lacks(folder.path)


def _assert_package_says_what_it_lacks(folder: Path) -> None:
    package = folder / "ledningens_genomgang.zip"
    assert package_faults(package) == []
    with ZipFile(package) as sealed:
        assert "saknas här: historiken och dokumentet." in sealed.read("LAS-MIG.txt").decode()
        assert json.loads(sealed.read("manifest.json"))["lacking"] == ["Historiken", "Dokumentet"]


def _dead_links(folder: Path) -> set[str]:
    found = set()
    for place in folder.rglob("*.html"):
        if place.name != "validering.html":
            links = [link.partition("#")[0] for link in read(place).links if not link.startswith("data:")]
            found |= {link for link in links if link and not (place.parent / link).exists()}
    return found


def test_without_what_the_audit_holds_the_folder_fails(
    folder: OrganisationFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, "leveranser", ValueError(SECRET))
    with pytest.raises(FolderFailed, match="Leveranserna kunde inte skrivas") as raised:
        write_folder(folder)
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_or_failing_disk_is_nobodys_own(
    folder: OrganisationFolder, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    failing(monkeypatch, "indikatorer", OSError(number, SECRET))
    with pytest.raises(OSError, match=r"\[Errno ") as raised:
        write_folder(folder)
    assert raised.value.errno == number
    assert SECRET not in str(raised.value)


def test_a_run_that_is_asked_to_stop_amid_an_output_writes_no_other(
    folder: OrganisationFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = RuntimeError("Query interrupted")
    fault.__cause__ = Interrupted()
    failing(monkeypatch, "indikatorer", fault)
    with pytest.raises(Interrupted):
        write_folder(folder)
