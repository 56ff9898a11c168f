"""Files come to the archive: new, written anew, changing, closed to us, oddly named."""

import errno
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from io import BufferedReader
from pathlib import Path

import pytest

from assets.intake import raw_bytes
from assets.intake.archive import Archive
from tests.intake.fictitious import PERSON, number
from tests.intake.places import Place

VOR = "Indikator;År;Bedömning\n{};2025;Delvis\n"
OTHER = number(date(1895, 5, 5), 985)
NAME = "vor_indikatorer_2026-10-31.csv"


def while_reading(monkeypatch: pytest.MonkeyPatch, path: Path, happens: Callable[[], object]) -> None:
    """Something happens to the file just before its bytes are read."""
    opened = raw_bytes.open_file

    class Opened(BufferedReader):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() == 0:
                happens()
            return super().read(size)

    def opens(file: Path, folder: Path) -> object:
        found = opened(file, folder)
        return Opened(found.detach()) if file == path else found  # type: ignore[attr-defined]

    monkeypatch.setattr(raw_bytes, "open_file", opens)


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"B;2025;Delvis\n")


def grow_in_secret(path: Path) -> None:
    before = path.stat()
    grow(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def touch(path: Path) -> None:
    os.utime(path, (1, 1))


@pytest.mark.parametrize("happens", [grow, grow_in_secret, touch])
def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_night(
    place: Place, happens: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place.deliver(NAME, VOR.format("A"))
    with monkeypatch.context() as patch:
        while_reading(patch, path, lambda: happens(path))
        assert place.night() == 0
    assert place.statuses() == []
    assert place.files() == {}, "nothing of a half file is kept"
    assert place.night(2) == 1
    assert place.rows("vor_indikatorer")[0].height == 1 + (happens is not touch)


def test_the_delivery_before_stays_in_force_while_the_new_one_is_still_being_written(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place.deliver(NAME, VOR.format("A"), mtime=1_700_000_000)
    place.night()
    place.deliver(NAME, VOR.format("B"))
    with monkeypatch.context() as patch:
        while_reading(patch, path, lambda: grow(path))
        assert place.night(2) == 0
    assert place.statuses() == [(NAME, "i kraft")]
    assert place.rows("vor_indikatorer")[0]["indikator"].to_list() == ["A"]


def test_a_file_that_is_gone_before_it_is_read_is_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = place.deliver(NAME, VOR.format("A"))
    with monkeypatch.context() as patch:
        while_reading(patch, path, path.unlink)
        assert place.night() == 0
    assert place.statuses() == []


def test_a_file_that_may_not_be_opened_is_refused_until_it_may(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.deliver("vor_indikatorer_2026-10-30.csv", VOR.format("A"))
    place.night()
    place.deliver(NAME, VOR.format("B"))

    def closed(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", f"/srv/{PERSON}")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "store", closed)
        place.night(2)
    assert place.statuses() == [("vor_indikatorer_2026-10-30.csv", "i kraft"), (NAME, "avvisad")]
    assert place.deliveries().filter(name=NAME)["reason"].to_list() == ["filen går inte att läsa"]
    assert place.night(3) == 1
    assert place.statuses() == [("vor_indikatorer_2026-10-30.csv", "ersatt"), (NAME, "i kraft")]


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOTCONN, errno.ESTALE])
def test_files_that_may_be_listed_and_not_looked_at_cost_their_own_organisation_alone(
    place: Place, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """As in a folder without the right to enter it, or a mount that has just gone."""
    first = place.deliver("vor_indikatorer.csv", VOR.format("A"))
    place.night()
    other = place.inbox / "alvsjo" / NAME
    other.parent.mkdir()
    other.write_text(VOR.format("B"), encoding="utf-8")
    real = Path.lstat

    def lstat(path: Path) -> os.stat_result:
        if path.parent == first.parent:
            raise OSError(number, "x", f"/srv/{PERSON}")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "lstat", lstat)
        assert place.night(2) == 1
        assert place.night(3) == 0
    assert place.archive.receipts("alvsjo")["loaded"].to_list() == [1]
    assert sorted(status for _, status in place.statuses()) == ["avvisad", "i kraft"]
    assert place.night(4) == 0
    assert place.statuses() == [(first.name, "i kraft")], "it is known again, and has confirmed what it said"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
@pytest.mark.parametrize("raw", [b"l\xe4smig.txt", b"vor_indikatorer_\xe5_2026-10-31.csv"], ids=["unknown", "known"])
def test_a_name_that_is_no_utf8_stops_no_night(place: Place, raw: bytes) -> None:
    """As file names come from an old Windows share or a zip."""
    place.deliver(NAME, VOR.format("A"))
    odd = Path(os.fsdecode(os.fsencode(place.inbox / "farsta") + b"/" + raw))
    odd.write_text(VOR.format("B"), encoding="utf-8")
    place.night()
    assert len(place.statuses()) == 2, "reported, never ignored silently"
    json.dumps(place.statuses()).encode()
    assert place.night(2) == 0


@pytest.mark.parametrize(
    "name",
    ['läs "mig".txt', "läs;mig.txt", "😀.txt", "a" * 250 + ".txt", "{}.txt", r"läs\x0amig.txt"],
)
def test_odd_names_are_told_as_they_are(place: Place, name: str) -> None:
    place.deliver(name, "x")
    place.night()
    assert place.statuses() == [(name, "okänd")]


def test_two_names_that_look_alike_without_their_numbers_are_two_files(place: Place) -> None:
    for day, digits in enumerate((PERSON, OTHER)):
        place.deliver(f"vor_indikatorer_{digits}.csv", VOR.format(day), mtime=1_700_000_000 + day)
    assert place.night(1) == 2
    resolved, written = place.deliveries(), place.files()
    assert place.night(2) == 0
    assert place.files() == written, "nothing new has come"
    assert place.deliveries().equals(resolved)


def test_the_receipts_tell_no_personal_number_of_any_name(place: Place) -> None:
    for name in (
        f"vor_indikatorer_{PERSON}.csv",
        f"{PERSON}.pdf",
        f"brev.{PERSON[:8]}-{PERSON[8:]}",
        f"x.{PERSON}.csv",
    ):
        place.deliver(name, VOR.format(name.partition(".")[0][:3]))
    place.deliver(f"{PERSON}.csv", "x", folder=f"Akt {PERSON}")
    place.night()
    assert len(place.statuses()) == 5
    texts = {path: content.decode() for path, content in place.files("raw", "read").items()}
    numbers = {PERSON, f"{PERSON[:8]}-{PERSON[8:]}"}
    assert not [path for path, text in texts.items() for number in numbers if number in text or number in path]


def test_a_moved_file_fits_its_new_place(place: Place) -> None:
    path = place.deliver("omvarldsbevakning_2026-10-31.csv", "Omvärlds-id;Datum;Område;Händelse\n1;2026-10-01;x;y\n")
    place.night()
    assert place.statuses() == [("omvarldsbevakning_2026-10-31.csv", "okänd")]
    (place.inbox / "staden").mkdir()
    path.rename(place.inbox / "staden" / path.name)
    assert place.night(2) == 1
    statuses = place.deliveries().filter(name=path.name).select("organisation", "status").sort("organisation").rows()
    assert statuses == [("farsta", "okänd"), ("staden", "i kraft")]
