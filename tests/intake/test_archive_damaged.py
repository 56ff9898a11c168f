"""The archive proves itself: what is torn or gone is named and made anew where it can be; else the run is refused."""

import errno
import logging
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assets.intake import read_delivery as reading_delivery
from assets.intake.archive import Archive
from assets.intake.archive_check import archive_damage
from assets.intake.receipts import COUNTS
from assets.intake.recover import ArchiveDamaged
from assets.intake.resolve_deliveries import resolve_deliveries
from tests.intake.delivered import REGISTERS
from tests.intake.places import FAR, Place

pytestmark = pytest.mark.slow

NAME = "vor_indikatorer_2026-10-31.csv"
TORN: list[Callable[[bytes], bytes]] = [
    lambda _: b"",
    lambda content: content[: len(content) // 2],
    lambda content: content[:-1],
    lambda content: content[:40] + bytes([content[40] ^ 1]) + content[41:],
    lambda content: content.split(b"\n", 1)[1],
    lambda content: content[: content.rstrip(b"\n").rindex(b"\n") + 1],
]
"""The last two: without its first line, and without its last."""


def damage(path: Path, how: Callable[[bytes], bytes]) -> None:
    path.write_bytes(how(path.read_bytes()))


def receipts_of(place: Place, organisation: str = "farsta") -> Path:
    return place.archive.receipts_path(organisation)


def night(place: Place, day: int = 2) -> pl.DataFrame:
    """A whole night's intake; gives the deliveries."""
    path = place.inbox.parent / f"run-{day}" / "deliveries.parquet"
    resolve_deliveries(place.inbox, place.archive, REGISTERS, date(2026, 11, day), FAR, path)
    return pl.read_parquet(path)


def empty_inbox(place: Place) -> None:
    for path in place.inbox.rglob("*.*"):
        path.unlink()


@pytest.mark.parametrize("how", TORN[:4], ids=range(4))
@pytest.mark.parametrize("file", ["rows.parquet", "faults.parquet", "SHA256SUMS"])
def test_a_torn_reading_is_made_anew_and_named(
    full: Place, how: Callable[[bytes], bytes], file: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = full.files()
    reading = next(full.archive.readings.glob(f"vor_indikatorer/*/*/{file}"), None)
    assert reading
    damage(reading, how)
    with caplog.at_level(logging.WARNING):
        night(full)
    assert full.files() == before
    assert f"{reading.parent.name} är skadad och görs på nytt" in caplog.text


def test_a_file_of_a_reading_that_is_gone_is_made_anew(full: Place) -> None:
    before = full.files()
    next(full.archive.readings.glob("vor_indikatorer/*/*/faults.parquet")).unlink()
    night(full)
    assert full.files() == before


def test_raw_bytes_that_are_torn_are_taken_from_the_inbox_again(
    full: Place, caplog: pytest.LogCaptureFixture
) -> None:
    before = full.files()
    full.forget("read")
    raw = next(path for path in full.archive.root.glob("raw/*/*") if b"Bed" in path.read_bytes())
    damage(raw, lambda content: content[:-3])
    night(full)
    after = full.files()
    aside = str(raw.relative_to(full.archive.root)) + ".trasig"
    assert after.pop(aside)
    assert after == before
    assert "bytena saknades i arkivet och är tagna ur inkorgen igen" in caplog.text


@pytest.mark.parametrize("forgotten", [True, False], ids=["to be read", "read before"])
def test_raw_bytes_that_are_gone_refuse_the_run_and_are_named(full: Place, forgotten: bool) -> None:
    if forgotten:
        full.forget("read")
    raw = next(path for path in full.archive.root.glob("raw/*/*") if b"Bed" in path.read_bytes())
    content = raw.read_bytes()
    raw.unlink()
    empty_inbox(full)
    for day in (2, 3):
        with pytest.raises(
            ArchiveDamaged, match=f"archive/raw/{raw.parent.name}/{raw.name} .*{NAME}.*säkerhetskopian"
        ):
            full.night(day)
    raw.write_bytes(content)
    full.night(4)
    assert (NAME, "i kraft") in full.statuses()


@pytest.mark.parametrize("how", TORN, ids=range(len(TORN)))
def test_torn_receipts_are_made_anew_from_the_inbox(full: Place, how: Callable[[bytes], bytes]) -> None:
    statuses = full.statuses()
    path = receipts_of(full)
    damage(path, how)
    if path.read_bytes().startswith(b'{"name"'):
        damage(path, lambda content: content[:-1])  # a whole file without a first line is an earlier version's
    full.night(2)
    assert full.statuses() == statuses
    assert path.with_name("farsta.jsonl.trasig").exists()


def test_receipts_that_are_gone_are_made_anew_from_the_inbox(full: Place) -> None:
    statuses = full.statuses()
    receipts_of(full).unlink()
    full.night(2)
    assert full.statuses() == statuses
    assert receipts_of(full).with_name("farsta.jsonl.saknas").exists()


@pytest.mark.parametrize("how", [*TORN, None], ids=[*range(len(TORN)), "gone"])
def test_receipts_that_the_inbox_hasnt_refuse_the_run_and_are_named(
    full: Place, how: Callable[[bytes], bytes] | None
) -> None:
    path = receipts_of(full)
    content = path.read_bytes()
    if how:
        path.write_bytes(how(content))
        if path.read_bytes().startswith(b'{"name"'):
            damage(path, lambda content: content[:-1])
    else:
        path.unlink()
    (full.inbox / "farsta" / NAME).unlink()
    (full.inbox / "farsta" / "vor_indikatorer_2026-11-02.csv").write_text(
        "Indikator;År;Bedömning\nN;2025;Ja\n", "utf-8"
    )
    before = {name: kept for name, kept in full.files().items() if name.startswith("receipts")}
    for day in (2, 3):
        with pytest.raises(ArchiveDamaged, match=r"archive/receipts/farsta\.jsonl .*återställ .*säkerhetskopian"):
            full.night(day)
    assert {name: kept for name, kept in full.files().items() if name.startswith("receipts")} == before
    path.write_bytes(content)
    full.night(4)
    assert (NAME, "ersatt") in full.statuses()


def test_all_receipts_gone_are_made_anew_or_refuse_the_run(full: Place) -> None:
    """As after a restore of a part of the archive. Until a night has ended there is nothing to lose."""
    before = full.archive.receipts("farsta")["sha256"].to_list()
    shutil.rmtree(full.archive.root / "receipts")
    assert not (full.archive.root.parent / "history").exists()
    full.night(2)
    assert full.archive.receipts("farsta")["sha256"].to_list() == before, "as of a killed first night"

    figures = full.archive.root.parent / "history" / "figures" / "2026-11-02_2026-11-02.parquet"
    figures.parent.mkdir(parents=True)
    figures.touch()
    shutil.rmtree(full.archive.root / "receipts")
    full.night(3)
    assert full.archive.receipts("farsta")["sha256"].to_list() == before
    assert (full.archive.root / "receipts" / "farsta.jsonl.saknas").exists(), "an alert tells of it"

    shutil.rmtree(full.archive.root / "receipts")
    next(path for path in (full.inbox / "farsta").iterdir() if path.suffix == ".csv").unlink()
    with pytest.raises(ArchiveDamaged, match=r"receipts/farsta\.jsonl.*återställ"):
        full.night(4)
    assert not (full.archive.root / "receipts" / "farsta.jsonl").exists()


def test_receipts_of_an_earlier_version_are_read(full: Place) -> None:
    statuses, path = full.statuses(), receipts_of(full)
    damage(path, lambda content: content.split(b"\n", 1)[1])
    (path.parent / "counts.json").unlink()
    assert full.statuses() == statuses
    full.night(2)
    assert full.statuses() == statuses


def test_a_stray_file_is_passed_over_with_a_word(full: Place, caplog: pytest.LogCaptureFixture) -> None:
    statuses = full.statuses()
    for name in ("Kopia av farsta.jsonl", "farsta.jsonl~", "anteckning.txt"):
        (receipts_of(full).parent / name).write_text("x", encoding="utf-8")
    (full.archive.root / "raw" / "anteckning.txt").write_text("x", encoding="utf-8")
    full.night(2)
    assert full.statuses() == statuses
    assert "archive/receipts/Kopia av farsta.jsonl hör inte till arkivet och läses inte" in caplog.text
    assert full.archive.organisations() == ["farsta", "jarva"]


def test_what_a_killed_run_left_half_written_goes(full: Place) -> None:
    left = [full.archive.root / folder / ".x.tmp" for folder in ("raw", "receipts")]
    for path in left:
        path.touch()
    reading = next(full.archive.readings.glob("vor_indikatorer/*/*"))
    half = reading.with_name(f".{reading.name}.x.tmp")
    reading.rename(half)
    full.night(2)
    assert not [path for path in (*left, half) if path.exists()]
    assert reading.exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("where", ["store", "read", "write"])
def test_a_full_or_failing_disk_is_never_the_deliverers_fault(
    full: Place, monkeypatch: pytest.MonkeyPatch, number: int, where: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, "x")

    full.deliver("vor_indikatorer_2026-11-02.csv", "Indikator;År;Bedömning\nN;2025;Delvis\n")
    before, statuses = full.files("raw"), full.statuses()
    with monkeypatch.context() as patch:
        if where == "read":
            patch.setattr(reading_delivery, "read", fails)
        else:
            patch.setattr(Archive, where, fails)
        with pytest.raises(OSError, match="x"):
            full.night(2)
    assert full.files("raw") == before
    assert full.statuses() == statuses
    full.night(3)
    assert ("vor_indikatorer_2026-11-02.csv", "i kraft") in full.statuses()


@pytest.mark.parametrize("content", ["[1,2]", "{", "", "null", '{"farsta": "två"}', "[" * 100_000])
def test_a_damaged_list_of_receipts_is_named_and_written_anew(
    full: Place, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    counts = full.archive.root / "receipts" / COUNTS
    before = counts.read_text(encoding="utf-8")
    counts.write_text(content, encoding="utf-8")
    [found] = archive_damage(full.archive, lambda: None)
    assert found.what == "archive/receipts/counts.json går inte att läsa"
    with caplog.at_level(logging.WARNING):
        night(full)
    assert counts.read_text(encoding="utf-8") == before
    assert counts.with_name(f"{COUNTS}.trasig").read_text(encoding="utf-8") == content, "which is an alert"
    assert "counts.json gick inte att läsa" in caplog.text
    assert list(archive_damage(full.archive, lambda: None)) == []
