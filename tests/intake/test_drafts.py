"""What a killed run leaves half written in the archive goes with the next, and nothing that is whole with it."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest

from assets.atomic import discard, drafts_in
from assets.intake import archive as archives
from assets.intake.archive import Archive
from assets.intake.archive_check import archive_damage
from assets.intake.contract_result import ContractResult
from tests.intake.places import Place

NAME, VOR = "vor_indikatorer_2026-10-31.csv", "Indikator;År;Bedömning\n{};2025;Delvis\n"


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def night_that_dies(folder: Path, at: str) -> None:
    """A night in which the machine is lost where the archive calls `at`."""
    setattr(archives, at, die)
    Place(folder).night()


def purge_that_dies(folder: Path) -> None:
    archives.write_sums = die
    expire(Place(folder))


def expire(place: Place) -> None:
    (receipt,) = place.archive.receipts("farsta").to_dicts()
    place.archive.expire(receipt, ["bedomning"])


def killed(target: Callable[..., None], *arguments: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("at", ["as_text", "move_folders"])
def test_a_killed_readers_draft_goes_though_its_register_is_never_read_again(place: Place, at: str) -> None:
    path = place.deliver(NAME, VOR.format("A"))
    killed(night_that_dies, path.parents[2], at)
    (draft,) = (draft for draft in place.archive.drafts() if draft.is_relative_to(place.archive.readings))
    assert (draft / "rows.parquet").exists()
    assert [damage.what for damage in archive_damage(place.archive, place.night)] == [
        f"archive/{draft.relative_to(place.archive.root)} är halvskriven"
    ]
    path.unlink()  # nothing is read by the next night
    assert place.night(2) == 0
    assert list(place.archive.drafts()) == []
    assert not draft.exists()


@pytest.mark.slow
def test_what_a_killed_purge_left_in_a_reading_goes_with_the_next(place: Place) -> None:
    place.deliver(NAME, VOR.format("A"))
    place.night()
    before = place.rows("vor_indikatorer")[0]
    killed(purge_that_dies, place.inbox.parent)
    (reading,) = place.archive.readings.glob("*/*/*")
    assert len(drafts_in(reading)) == 1
    assert place.rows("vor_indikatorer")[0].equals(before)
    expire(place)
    assert drafts_in(reading) == []
    assert place.archive.is_intact_reading(reading)
    assert place.rows("vor_indikatorer")[0]["bedomning"].to_list() == [None]


@pytest.mark.parametrize(
    "folder", ["raw", "raw/ab", "unread", "receipts", "read/vor_indikatorer/old-1", "read/no_longer/1-8"]
)
def test_wherever_one_lies_it_goes_and_what_is_whole_stays(full: Place, folder: str) -> None:
    before = full.files()
    lies_in = full.archive.root / folder
    lies_in.mkdir(parents=True, exist_ok=True)
    (lies_in / ".abc.1234abcd.tmp").write_bytes(b"half")
    (lies_in / ".abc.csv.1234abcd.tmp").mkdir()
    (lies_in / ".abc.csv.1234abcd.tmp" / "rows.parquet").write_bytes(b"half")
    assert full.night(2) == 0
    assert full.files() == before


@pytest.mark.parametrize("at", ["as_text", "move_folders"])
def test_who_still_writes_for_a_dead_run_puts_nothing_in_place_that_passes_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    archive, table, goes_on = Archive(tmp_path / "archive"), pl.DataFrame({"row": [2]}), getattr(archives, at)
    folder = archive.read_folder("vor_indikatorer", "1-8", "ab", ".csv")

    def tidied_meanwhile(given: object) -> object:
        for draft in archive.drafts():
            discard(draft)
        return goes_on(given)

    monkeypatch.setattr(archives, at, tidied_meanwhile)
    with suppress(FileNotFoundError):
        archive.write({folder: ContractResult(table, table, table, table, table, 1, table)})
    assert not archive.is_intact_reading(folder)
    assert list(archive.drafts()) == []


def test_one_that_its_writer_has_just_removed_is_no_fault(tmp_path: Path) -> None:
    discard(tmp_path / ".gone.1234abcd.tmp")
    assert drafts_in(tmp_path / "no folder") == []
