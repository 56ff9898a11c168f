"""What the archive should hold and doesn't: it is taken in again from the inbox where that has it, and is named.

Where the inbox hasn't, the run is refused: without its deliveries an organisation would seem to have none.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assets.damaged import note_gone, set_aside
from assets.disk import is_disk_fault
from assets.intake.archive import Archive
from assets.intake.inbox import InboxFile
from assets.intake.receipts import DamagedReceipts, read_counts
from assets.intake.refusal import Refused
from assets.refusal import RunRefused
from assets.registers.contract import CITY

logger = logging.getLogger("lagesbild.intake")

_NAMED = 5
"""So many files are named in one sentence."""


class ArchiveDamaged(RunRefused):
    """Something that was archived is gone or torn, and the inbox hasn't it."""


def recover_receipts(
    archive: Archive,
    arrived: Mapping[str, Sequence[InboxFile]],
    take_in: Callable[[Sequence[InboxFile]], list[dict[str, Any]]],
) -> None:
    """Makes damaged or missing receipts anew from the inbox. `take_in` archives files and gives their receipts, whose
    arrivals are of today. Raises ArchiveDamaged, and leaves everything as it was, where a delivery would be lost."""
    lost = lost_receipts(archive)
    if not lost and _all_are_gone(archive):
        lost = dict.fromkeys([*arrived, CITY], 0)
    if not lost:
        return
    made = {organisation: take_in(arrived.get(organisation, [])) for organisation in lost}
    for organisation, expected in lost.items():
        if len(made[organisation]) < expected:
            path = place_of(archive, archive.receipts_path(organisation))
            raise ArchiveDamaged(
                f"Kvittona {path} är skadade eller borta, och inkorgen har {len(made[organisation])} av minst "
                f"{expected} leveranser: återställ filen ur säkerhetskopian."
            )
    others = [archive.receipts(name)["sha256"].to_list() for name in archive.organisations() if name not in lost]
    named = {sha256 for column in others for sha256 in column}
    named |= {receipt["sha256"] for receipts in made.values() for receipt in receipts}
    if orphans := raw_names(archive) - named:
        files = " och ".join(str(place_of(archive, archive.receipts_path(organisation))) for organisation in lost)
        raise ArchiveDamaged(
            f"Kvittona {files} är skadade eller borta, och arkivet har {len(orphans)} leveranser som inget kvitto "
            "nämner: återställ kvittona ur säkerhetskopian."
        )
    for organisation, receipts in made.items():
        path = archive.receipts_path(organisation)
        if path.exists():
            set_aside(path, "kvittona är inte de som skrevs")
        else:
            note_gone(path)
        archive.write_receipts(organisation, archive.as_receipts(receipts))
        logger.warning("%s: %d kvitton gjorda på nytt ur inkorgen, med dagens datum", organisation, len(receipts))


def _all_are_gone(archive: Archive) -> bool:
    """Whether the archive has bytes and no receipts at all, though a night has left its figures: a first night that
    was killed leaves bytes alone, too."""
    has_run = next((archive.root.parent / "history").glob("*/*.parquet"), None) is not None
    return has_run and not archive.organisations() and bool(raw_names(archive))


def lost_receipts(archive: Archive) -> dict[str, int]:
    """The organisations whose receipts are gone or damaged, each with how many there must have been at least."""
    lost, counts = {}, read_counts(archive.root / "receipts")
    for organisation in archive.organisations():
        try:
            if archive.receipts_path(organisation).exists():
                archive.receipts(organisation)
                continue
            lines = 0
        except DamagedReceipts as fault:
            lines = fault.lines
        lost[organisation] = max(counts.get(organisation, lines), 1)
    return lost


def raw_names(archive: Archive) -> set[str]:
    """The SHA-256 of everything whose bytes the archive holds, as far as names go."""
    return {
        path.stem
        for path in (archive.root / "raw").glob("??/*")
        if len(path.stem) == 64 and path.suffix in ("", ".age")
    }


def recover_raw(
    archive: Archive,
    organisation: str,
    receipts: Iterable[Mapping[str, Any]],
    unread: Collection[str],
    files: Sequence[InboxFile],
) -> None:
    """Sees to it that the bytes behind every receipt are there, and those that will be read (`unread`: their SHA-256)
    are those that came. Raises ArchiveDamaged where some are gone and the inbox hasn't them."""
    missing = {}
    for receipt in receipts:
        sha256 = receipt["sha256"]
        if receipt["register"] and sha256 and not receipt["purged"]:
            is_kept = archive.has_intact_raw(sha256) if sha256 in unread else archive.has_bytes(sha256)
            if not is_kept:
                missing[sha256] = receipt
    for sha256, receipt in list(missing.items()):
        if any(_take_again(archive, file, receipt["size"], sha256) for file in files):
            logger.warning(
                "%s/%s: bytena saknades i arkivet och är tagna ur inkorgen igen", organisation, receipt["name"]
            )
            del missing[sha256]
    if missing:
        named = [
            f"{place_of(archive, archive.raw(sha256))} ({organisation}/{receipt['name']})"
            for sha256, receipt in list(missing.items())[:_NAMED]
        ]
        more = f" och {len(missing) - _NAMED} till" if len(missing) > _NAMED else ""
        raise ArchiveDamaged(
            f"Bytena i {', '.join(named)}{more} är skadade eller borta, och inkorgen har dem inte: "
            "återställ dem ur säkerhetskopian."
        )


def _take_again(archive: Archive, file: InboxFile, size: int, sha256: str) -> bool:
    try:
        is_alike = bool(file.register) and not file.obstacle and file.path.lstat().st_size == size
        return is_alike and archive.store(file.path, file.member, unpacks=file.source is not None) == sha256
    except Refused:
        return False
    except OSError as fault:
        if is_disk_fault(fault):
            raise
        return False


def place_of(archive: Archive, path: Path) -> Path:
    """Where it lies, from the data folder."""
    return path.relative_to(archive.root.parent)
