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
