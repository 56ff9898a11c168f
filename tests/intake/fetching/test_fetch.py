"""All sources of an installation: what one costs itself, and what it costs nobody else."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest
import trustme

from assets.intake import inbox
from assets.intake.fetching import fetch as fetching
from assets.intake.fetching.all_sources import fetch_all
from assets.intake.fetching.fault import NOT_FOUND, TOO_SLOW
from assets.intake.fetching.landing import clean_name
from assets.intake.fetching.state import draft_of, read_state, taken_in_note
from assets.intake.require_inbox import InboxUnavailable, require_inbox
from assets.registers.read_contracts import load_registers
from assets.settings import FetchLimits
from tests.intake.fetching.conftest import SECRET, Landing, source
from tests.intake.fetching.web_server import Answer, Request, web_server
from tests.intake.places import Place

REGISTERS = load_registers(Path(__file__).parents[3] / "assets" / "registers")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "kurs.csv").write_bytes(b"a;b\n")
    os.utime(folder / "kurs.csv", (1_795_000_000, 1_795_000_000))
    return folder


def test_a_folder_of_the_machine(export: Path, landing: Landing) -> None:
    (export / "mapp.csv").mkdir()
    (export / "~$kurs.csv").touch()
    (export / "länk.csv").symlink_to("kurs.csv")
    fetch = {"url": f"file:{export}/"}
    assert landing.fetch(fetch).landed == 1
    assert landing.files == {"kurs.csv": b"a;b\n"}, "no links, no folders, nothing that a program keeps"
    assert landing.fetch(fetch).unchanged == 1
    assert landing.fetch({"url": f"file:{export}/finns-inte"}).fault == NOT_FOUND
    assert landing.fetch(fetch).landed == 1, "another place may hold another file of the same mark"


def test_what_the_source_no_longer_has_goes_when_it_has_been_taken_in(export: Path, landing: Landing) -> None:
    fetch = {"url": f"file:{export}"}
    landing.fetch(fetch)
    (export / "kurs.csv").rename(export / "kurs2.csv")
    assert landing.fetch(fetch).fault is None
    assert sorted(landing.files) == ["kurs.csv", "kurs2.csv"], "no night has seen it yet"
    taken_in_note(landing.fetched).touch()
    (export / "kurs2.csv").rename(export / "kurs3.csv")
    state = landing.fetch(fetch)
    assert list(landing.files) == list(state.files) == ["kurs3.csv"]
    taken_in_note(landing.fetched).touch()
    assert landing.fetch({"url": f"file:{export}-borta"}).fault == NOT_FOUND
    assert list(landing.files) == ["kurs3.csv"], "what can't be reached may have it still"


def test_two_sources_do_not_write_over_each_other(export: Path, landing: Landing) -> None:
    assert landing.fetch({"url": f"file:{export}"}, name="totara").fault is None
    (export / "kurs.csv").write_bytes(b"annat")
    landing.rivals = ("totara",)
    fault = landing.fetch({"url": f"file:{export}"}, name="moodle").fault
    assert fault == "kurs.csv: en annan källa hämtar en fil med samma namn till samma organisation"
    assert landing.files == {"kurs.csv": b"a;b\n"}


def test_a_killed_fetch_is_gone_on_with(export: Path, landing: Landing) -> None:
    draft = draft_of(landing.fetched, "moodle")
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"x" * 100)
    (draft.parent / "moodle.json").write_text("{half", encoding="utf-8")
    assert landing.fetch({"url": f"file:{export}"}).landed == 1
    assert landing.files == {"kurs.csv": b"a;b\n"}


def test_many_faults_are_told_shortly_and_names_without_persons(export: Path, landing: Landing) -> None:
    for number in range(5):
        (export / f"stor{number} 19121212-1212.csv").write_bytes(b"x" * 50)
    landing.limits = FetchLimits(size=10)
    fault = landing.fetch({"url": f"file:{export}"}).fault
    assert fault is not None
    assert fault.count("filen är större") == 3
    assert fault.endswith("; och 2 filer till")
    assert "1212" not in fault
    assert landing.files == {"kurs.csv": b"a;b\n"}


@pytest.mark.parametrize(
    ("scheme", "module"), [("sftp", "sshfs"), ("smb", "smbclient"), ("s3", "s3fs"), ("abfs", "adlfs")]
)
def test_without_its_extra_a_way_says_which_is_missing(
    landing: Landing, monkeypatch: pytest.MonkeyPatch, scheme: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "fsspec.implementations.smb", raising=False)
    fault = landing.fetch({"url": f"{scheme}://u@localhost/x"}).fault
    assert fault == f"{scheme} behöver ett tillägg på datorn: pip install 'lagesbild[{scheme}]'"


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [("a/b.c", "a_b.c"), ("..\\b.c", ".._b.c"), ("c:d.c", "c_d.c"), ("a\x00\n.c", "a__.c"), (" å ", "å")],
)
def test_a_name_is_one_of_the_folder(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@pytest.mark.parametrize("name", ["", ".", "..", " ", "x" * 256, "å" * 128])
def test_a_name_that_can_be_no_files(name: str) -> None:
    with pytest.raises(fetching.FetchFault):
        clean_name(name)


def test_a_full_disk_is_the_machines_fault_and_no_sources(
    export: Path, landing: Landing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assets.intake.fetching.landing.replace", full)
    with pytest.raises(OSError, match="No space left"):
        landing.fetch({"url": f"file:{export}"})
    assert not list(landing.fetched.rglob("*.part"))


@pytest.mark.long
def test_one_that_hangs_ends_by_its_limit_and_holds_up_no_other(
    export: Path, tmp_path: Path, authority: trustme.CA, ca_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """In processes of their own, as a night does it."""
    wait, auth = threading.Event(), {"ca": f"file:{ca_file}", "token": "env:SECRET"}

    def slow(request: Request) -> Answer:
        wait.wait(90) if request.method == "GET" else None
        return Answer(b"x")

    fetched = tmp_path / "data" / "fetched"
    with web_server(authority) as server:
        server.answer = slow
        sources = {
            url.name: url
            for url in (
                source({"url": f"{server.url}/a.csv", "auth": auth}, name="a"),
                source({"url": f"file:{export}"}, name="b"),
                source({"url": f"file:{export}-borta"}, name="c"),
                source({"url": "https://localhost:1/d.csv", "auth": {"token": "env:FINNS_INTE"}}, name="d"),
            )
        }  # fmt: skip
        begun = time.monotonic()
        try:
            states = fetch_all(sources, REGISTERS, fetched, FetchLimits(seconds=20))
        finally:
            wait.set()
        assert time.monotonic() - begun < 60
    assert {name: state.fault for name, state in states.items()} == {
        "a": TOO_SLOW,
        "b": None,
        "c": NOT_FOUND,
        "d": "miljövariabeln FINNS_INTE saknas",
    }
    assert {name: read_state(fetched, name) for name in states} == states
    assert [path.name for path in (fetched / "farsta").iterdir()] == ["kurs.csv"]
    assert SECRET not in "".join(capfd.readouterr())
    assert list(fetch_all(sources, REGISTERS, fetched, FetchLimits(), only={"b"})) == ["b"]


def test_what_is_fetched_is_read_as_the_inbox_is(tmp_path: Path) -> None:
    people, fetched = tmp_path / "inbox", tmp_path / "fetched"
    for place, text, at in (
        (people / "farsta" / "enheter.csv", "gammal", 100),
        (fetched / "farsta" / "enheter.csv", "ny", 200),
        (people / "farsta" / "personal.csv", "ny", 200),
        (fetched / "farsta" / "personal.csv", "gammal", 100),
        (fetched / "jarva" / "enheter.csv", "ny", 100),
        (fetched / ".state" / "moodle.json", "{}", 100),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        os.utime(place, (at, at))
    found = {
        (file.organisation, file.name): file.path.read_text() for file in inbox.files(people, REGISTERS, fetched)
    }
    assert found == dict.fromkeys(
        [("farsta", "enheter.csv"), ("farsta", "personal.csv"), ("jarva", "enheter.csv")], "ny"
    )
    assert inbox.organisations(people, fetched) == ["farsta", "jarva"]


def test_an_empty_inbox_is_none_where_anything_is_fetched(tmp_path: Path) -> None:
    place = Place(tmp_path)
    delivered = place.deliver("enheter_2026-10-31.csv", "Enhet;Verksamhet\nE1;Förskola\n")
    place.night()
    delivered.unlink()
    delivered.parent.rmdir()
    with pytest.raises(InboxUnavailable):
        require_inbox(place.inbox, place.archive, tmp_path / "fetched")
    (tmp_path / "fetched" / "farsta").mkdir(parents=True)
    require_inbox(place.inbox, place.archive, tmp_path / "fetched")
