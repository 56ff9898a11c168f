"""What came by a source is sealed, recovered, found damaged and purged as everything is."""

import io
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pyrage
import pytest

from assets.intake.archive import Archive
from assets.intake.archive_check import archive_damage
from assets.intake.purge import expired, purge
from assets.intake.recover import ArchiveDamaged
from assets.intake.resolve_deliveries import PurgedDelivery, resolve_deliveries
from tests.intake.delivered import REGISTERS
from tests.intake.places import Place
from tests.intake.sources.test_deliveries import CITY_ROWS, INCIDENTS, ROWS, SPLIT, TRAINING, incidents, packed, stood

pytestmark = pytest.mark.slow

MEMBERS = {"kurs_A_csv": CITY_ROWS, "kurs_B_csv": CITY_ROWS.replace("1", "2")}


@pytest.fixture
def filled(place: Place) -> Place:
    """A file of three organisations, and an archive of two deliveries."""
    place.configure(larportal=SPLIT, kurser=TRAINING.replace("[columns]", 'in = ["farsta"]\n[columns]'))
    place.deliver("kurs.S_2026-10-01.csv", ROWS, folder="staden")
    place.deliver("kurser_2026-10-02.zip", packed(**MEMBERS))
    assert place.night() == 5
    return place


def raw(place: Place) -> list[Path]:
    return sorted((place.archive.root / "raw").glob("??/*"))


def test_lost_bytes_are_taken_from_the_inbox_again_also_out_of_an_archive(filled: Place) -> None:
    before = stood(filled)
    for path in raw(filled):
        path.unlink()
    for folder in ("read", "raw"):
        filled.forget(folder)
    assert filled.night(2) == 5
    assert (len(raw(filled)), stood(filled)) == (3, before)


def test_bytes_that_the_inbox_has_not_are_missed(filled: Place) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("kurs.A.csv", CITY_ROWS)
    for path in raw(filled):
        path.unlink()
    filled.deliver("kurser_2026-10-02.zip", target.getvalue())
    with pytest.raises(ArchiveDamaged, match=r"kurser_2026-10-02\.zip/kurs\.B\.csv"):
        filled.night(2)


@pytest.mark.parametrize("organisation", ["farsta", "enskede"])
def test_lost_receipts_are_made_anew(filled: Place, organisation: str) -> None:
    before = stood(filled, organisation)
    filled.archive.receipts_path(organisation).write_bytes(b"torn")
    filled.night(2)
    assert stood(filled, organisation) == before


def test_damage_is_found_and_mended(filled: Place) -> None:
    readings = [path.parent for path in filled.archive.readings.glob("*/*/*/rows.parquet")]
    assert len(readings) == 5
    (readings[0] / "rows.parquet").write_bytes(b"torn")
    raw(filled)[0].write_bytes(b"torn")

    def take_in() -> None:
        filled.night(2)

    found = list(archive_damage(filled.archive, take_in))
    texts = {damage.what for damage in found}
    assert any("ingen hel läsning" in text for text in texts)
    assert any("inte de byte som kom" in text for text in texts)
    for damage in found:
        assert damage.repair
        damage.repair()
    assert list(archive_damage(filled.archive, take_in)) == []


def test_a_sealed_archive_reads_anew_with_its_key_alone(place: Place, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    key = tmp_path / "key.txt"
    key.write_text(str(identity))
    place.archive = Archive(place.archive.root, str(identity.to_public()), key)
    place.configure(larportal=SPLIT, kurser=TRAINING.replace("[columns]", 'in = ["farsta"]\n[columns]'))
    place.deliver("kurs.S.csv", ROWS, folder="staden")
    place.deliver("kurser.zip", packed(**MEMBERS))
    assert place.night() == 5
    assert {path.suffix for path in raw(place)} == {".age"}
    before = stood(place)
    for path in place.inbox.rglob("*.*"):
        path.unlink()
    place.configure(larportal=SPLIT + '[values.Kurskod]\n"S" = "INFOSAK"\n')
    assert place.night(2) == 3
    assert stood(place) == before
    assert not (place.archive.root / "unread").exists()


def test_a_purge_follows_each_sequence(place: Place) -> None:
    place.configure(servicedesk=INCIDENTS)
    place.deliver("desk_2024-01-01.csv", incidents("1"))
    place.deliver("desk_2024-03-01.csv", incidents("2"))
    place.deliver("tele_2024-02-01.csv", incidents("3"))
    place.night(1, 1)
    today = date(2027, 6, 1)
    gone = expired(place.archive, REGISTERS, today, 30)
    assert gone.select("name", "source").rows() == [("desk_2024-01-01.csv", "servicedesk")]
    purge(place.archive, REGISTERS, today, 30)
    assert len(raw(place)) == 2
    (place.inbox / "farsta" / "desk_2024-01-01.csv").unlink()
    assert place.night(2) == 0
    assert [status for _, _, status, _ in stood(place)] == ["ersatt", "i kraft", "i kraft"]


def test_what_is_purged_cannot_be_read_by_another_mapping(place: Place, tmp_path: Path) -> None:
    place.configure(servicedesk=INCIDENTS)
    place.deliver("desk_2024-01-01.csv", incidents("1"))
    place.deliver("desk_2024-03-01.csv", incidents("2"))
    place.night(1, 1)
    purge(place.archive, REGISTERS, date(2027, 6, 1), 30)
    (place.inbox / "farsta" / "desk_2024-01-01.csv").unlink()
    place.configure(servicedesk=INCIDENTS + '[values.Typ]\n"x" = "Övrigt"\n')
    then, now = date(2024, 2, 1), date(2027, 6, 2)
    with pytest.raises(PurgedDelivery, match="kontraktet eller källan har ändrats"):
        resolve_deliveries(
            place.inbox, place.archive, REGISTERS, now, then, tmp_path / "deliveries.parquet", None, place.sources
        )


def test_a_killed_run_loses_no_delivery_that_changes_hands(filled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The organisations that gain are written first."""
    filled.configure(larportal=SPLIT.replace('"Enskede" = "enskede"', '"Enskede" = "vasby"'))
    for path in filled.inbox.rglob("*.*"):
        path.unlink()
    written: list[str] = []
    real = Archive.write_receipts

    def killed(self: Archive, organisation: str, receipts: pl.DataFrame) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(organisation)
        real(self, organisation, receipts)

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "write_receipts", killed)
        with pytest.raises(KeyboardInterrupt):
            filled.night(2)
    assert written == ["vasby"]
    filled.night(2)
    assert stood(filled, "vasby") == [("kurs.S_2026-10-01.csv", "larportal", "i kraft", 1)]
    assert stood(filled, "enskede") == []
