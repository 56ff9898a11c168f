"""The archive: the truth from which all else is made again, whole at any moment, and closed to others."""

import json
import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from assets.intake import archive as archiving
from assets.intake.receipt_fields import RECEIPT
from tests.intake.places import Place

VOR = "Indikator;År;Bedömning\n{};2025;Delvis\n"
PERSONAL = "Anställnings-id;Enhet;Roll;Anställd från;Anställd till;Chef från\n{};E1;Chef;2020-01-01;;\n"
NAME = "vor_indikatorer_2026-10-31.csv"


def test_raw_bytes_are_kept_as_they_came_for_the_owner_alone(full: Place) -> None:
    raw = [path for path in (full.archive.root / "raw").rglob("*") if path.is_file()]
    came = {path.read_bytes() for path in full.inbox.rglob("*.*") if path.is_file() and path.suffix != ".pdf"}
    assert {path.read_bytes() for path in raw} == came
    assert {path.name for path in raw} == {sha256(content).hexdigest() for content in came}
    assert {stat.S_IMODE(path.stat().st_mode) for path in raw} == {0o600}
    folders = [full.archive.root / "raw", *(path for path in (full.archive.root / "raw").iterdir() if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_rights_do_not_hang_on_the_umask(place: Place) -> None:
    place.deliver(NAME, VOR.format("A"))
    before = os.umask(0)
    try:
        place.night()
    finally:
        os.umask(before)
    (raw,) = (path for path in (place.archive.root / "raw").rglob("*") if path.is_file())
    assert stat.S_IMODE(raw.stat().st_mode) == 0o600


def test_the_inbox_is_only_read(full: Place) -> None:
    seen = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in full.inbox.rglob("*.*")}
    full.night(2)
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in full.inbox.rglob("*.*")} == seen


def test_a_receipt_says_what_came_and_what_reading_it_gave(full: Place) -> None:
    lines = (full.archive.root / "receipts" / "farsta.jsonl").read_text(encoding="utf-8").splitlines()
    head, *rest = map(json.loads, lines)
    assert head["receipts"] == len(rest)
    receipts = {receipt["name"]: receipt for receipt in rest}
    assert all(set(receipt) == set(RECEIPT) for receipt in receipts.values())
    counts = ("read", "loaded", "quarantined", "duplicates", "dropped_cells", "refusal")
    assert [receipts[NAME][count] for count in counts] == [2, 1, 1, 0, 0, None]
    assert [receipts["enheter_2026-10-31.csv"][count] for count in counts] == [1, 1, 0, 0, 1, None]
    refused = receipts["enheter_2026-11-01.xlsx"]
    assert [refused[count] for count in counts] == [None, None, None, None, None, "filen går inte att läsa"]
    assert receipts["personal_2026-10-31.csv"]["missing"] == [
        "Personnummer", "Namn", "E-post", "Användarnamn", "Frånvaro", "Skyddade personuppgifter",
    ]  # fmt: skip
    assert receipts["läsmig.pdf"]["sha256"] == sha256(b"%PDF").hexdigest()


def test_receipts_are_written_whole_or_not_at_all(full: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = full.files("raw")

    def half(file: Path, content: bytes) -> None:
        file.write_text(content[:20].decode(), encoding="utf-8")
        raise OSError("no space left")

    full.deliver("vor_indikatorer_2026-11-02.csv", VOR.format("D"))
    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OSError, match="no space left"):
        full.night(2)
    now = full.files("raw")
    assert {path: now[path] for path in before} == before
    assert not [path for path in full.archive.root.rglob("*") if path.name.endswith(".tmp")]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, SystemExit])
def test_a_killed_night_is_made_good_by_the_next(
    tmp_path: Path, fault: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed, calm = Place(tmp_path / "killed"), Place(tmp_path / "calm")
    for place in (killed, calm):
        for organisation in ("farsta", "jarva", "sodermalm"):
            place.deliver(NAME, VOR.format(organisation), mtime=1_700_000_000, folder=organisation)
    unbroken = archiving.move_folders

    def dies(targets: Mapping[Path, Path]) -> None:
        assert len(targets) == 3, "they are read together"
        unbroken(dict([*targets.items()][:1]))
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(archiving, "move_folders", dies)
        with pytest.raises(fault):
            killed.night()
    assert killed.files("raw") != {}
    assert killed.night() == 3, "what was read together is read again"
    calm.night()
    assert killed.files() == calm.files()
