"""What makes the archive read again: a changed contract, a newer reader, a reading that is gone; and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from assets.intake import archive, ingest
from assets.registers.contract import Register
from tests.intake.delivered import REGISTERS
from tests.intake.places import Place

NAME = "vor_indikatorer_2026-10-31.csv"


def changed(name: str, columns: list[dict[str, object]]) -> dict[str, Register]:
    """The contracts with other columns in one of them."""
    register = Register.model_validate(REGISTERS[name].model_dump() | {"columns": columns})
    return REGISTERS | {name: register}


def test_landing_twice_reads_nothing_and_writes_nothing(full: Place) -> None:
    written = {path: path.stat().st_mtime_ns for path in full.archive.root.rglob("*")}
    assert full.night(2) == 0
    assert {path: path.stat().st_mtime_ns for path in full.archive.root.rglob("*")} == written


def test_what_was_read_is_made_again_from_the_raw_bytes_alone(full: Place) -> None:
    before, resolved = full.files(), full.deliveries()
    full.forget("read")
    for path in full.inbox.rglob("*.*"):
        path.unlink()
    full.night(2)
    assert full.deliveries().equals(resolved)
    assert full.files() == before


def test_another_archive_of_the_same_bytes_reads_the_same(full: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other")
    other.inbox.rmdir()
    full.inbox.rename(other.inbox)
    other.night()
    assert other.files("receipts") == full.files("receipts")


def test_a_newer_reader_reads_again_and_keeps_the_older_reading(full: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = full.files("receipts")
    monkeypatch.setattr(archive, "READER", "another")
    assert full.night(2) == 5
    assert full.night(3) == 0
    assert before.items() < full.files("receipts").items()


def test_a_changed_contract_reads_its_own_register_again_and_no_other(full: Place) -> None:
    fewer = REGISTERS["enheter"].model_dump()["columns"][:-1]
    assert ingest.ingest(full.inbox, full.archive, changed("enheter", fewer), date(2026, 11, 2), limits=None) == 2


def test_a_changed_contract_may_take_what_was_refused(place: Place) -> None:
    place.deliver(NAME, "Indikator;År\nA;2025\n")
    place.night()
    assert place.statuses() == [(NAME, "avvisad")]
    lenient = [{**column, "req": False} for column in REGISTERS["vor_indikatorer"].model_dump()["columns"]]
    assert (
        ingest.ingest(place.inbox, place.archive, changed("vor_indikatorer", lenient), date(2026, 11, 2), limits=None)
        == 1
    )
    assert place.statuses() == [(NAME, "i kraft")]
