"""What of the archive isn't as it was written: every byte is hashed again."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from assets.atomic import discard
from assets.damaged import Damage, set_aside
from assets.intake.archive import Archive
from assets.intake.inbox import ORGANISATION
from assets.intake.inbox_names import display_name
from assets.intake.receipts import COUNTS, has_damaged_counts, strays
from assets.intake.recover import lost_receipts, place_of

FROM_INBOX = "tas in på nytt ur inkorgen, om den har allt; annars: återställ den ur säkerhetskopian"


def archive_damage(archive: Archive, take_in: Callable[[], object]) -> Iterator[Damage]:
    """Everything that is torn, gone or not the archive's own. `take_in` takes in the inbox, and makes anew what can
    be made: it refuses where something would be lost."""
    lost = lost_receipts(archive)
    for organisation in lost:
        where = place_of(archive, archive.receipts_path(organisation))
        yield Damage(f"{where} är skadad eller borta", FROM_INBOX, take_in)
    for organisation in archive.organisations():
        if organisation not in lost:
            yield from _damage_of(archive, organisation, take_in)
    if has_damaged_counts(archive.root / "receipts"):
        where = place_of(archive, archive.root / "receipts" / COUNTS)
        yield Damage(
            f"{where} går inte att läsa",
            "läggs undan och skrivs på nytt av de kvitton som finns",
            archive.renew_counts,
        )
    for path in strays(archive.root / "receipts", ORGANISATION):
        where = place_of(archive, path.with_name(display_name(path.name)))
        yield Damage(f"{where} hör inte till arkivet", "läses inte; flytta den härifrån")
    for path in sorted(archive.drafts()):
        yield Damage(f"{place_of(archive, path)} är halvskriven", "tas bort", partial(discard, path))


def _damage_of(archive: Archive, organisation: str, take_in: Callable[[], object]) -> Iterator[Damage]:
    for receipt in archive.receipts(organisation).iter_rows(named=True):
        if not receipt["register"] or not receipt["sha256"] or receipt["purged"]:
            continue
        raw = archive.raw(receipt["sha256"])
        named = f"{place_of(archive, raw)} ({organisation}/{receipt['name']})"
        if not archive.has_bytes(receipt["sha256"]):
            yield Damage(f"{named} är borta", FROM_INBOX, take_in)
        elif not archive.is_intact_raw(receipt["sha256"]):
            yield Damage(
                f"{named} är inte de byte som kom", f"läggs undan och {FROM_INBOX}", _after_aside(raw, take_in)
            )
        if receipt["reading"] and not receipt["refusal"]:
            place = (receipt["register"], receipt["reading"], receipt["sha256"], receipt["ending"])
            folder = archive.read_folder(*place)
            if not archive.is_intact_reading(folder):
                mend = _remover(folder, take_in)
                yield Damage(f"{place_of(archive, folder)} är ingen hel läsning", "görs på nytt ur bytena", mend)


def _after_aside(raw: Path, take_in: Callable[[], object]) -> Callable[[], object]:
    def repair() -> object:
        if raw.exists():
            set_aside(raw, "bytena är inte de som kom")
        return take_in()

    return repair


def _remover(folder: Path, then: Callable[[], object] = lambda: None) -> Callable[[], object]:
    def repair() -> object:
        shutil.rmtree(folder, ignore_errors=True)
        return then()

    return repair
