"""Archived deliveries, as the configuration's sources claim them today: what a source has come to read, or no longer
reads, follows from the file's name as it does for what newly comes."""

from collections.abc import Iterable, Mapping
from typing import Any

from assets.intake.archive import Archive
from assets.intake.arrived import Reading, dated, targets
from assets.intake.inbox_names import is_masked, match_register
from assets.intake.receipt_fields import MADE_BY_READING, Receipt

Receipts = dict[str, list[Receipt]]
"""By organisation."""


def reclaim(archive: Archive, reading: Reading) -> None:
    """Writes the receipts anew of organisations whose deliveries are other sources' than they were. Those that gain
    are written first, so that a run that is killed between loses nothing."""
    receipts = {name: archive.receipts(name).to_dicts() for name in archive.organisations()}
    if not reading.sources and not any(receipt["source"] for own in receipts.values() for receipt in own):
        return
    settled = {name: [dict(receipt) for receipt in own] for name, own in receipts.items()}
    for files in _files(settled).values():
        _settle(files, settled, reading)
    changed = [name for name, own in settled.items() if own != receipts.get(name, [])]
    for name in sorted(changed, key=lambda name: len(settled[name]) <= len(receipts.get(name, []))):
        archive.write_receipts(name, archive.as_receipts(settled[name]))


def folder_of(receipt: Mapping[str, Any], organisation: str) -> str:
    """The inbox folder in which a delivery of the organisation came."""
    return str(receipt["folder"] or organisation)


Files = dict[tuple[str, str, str], list[tuple[str, Receipt]]]


def _files(receipts: Receipts) -> Files:
    """By folder, name and content: whose deliveries a file has become. What has no bytes to read stays as it is."""
    found: Files = {}
    for organisation, own in receipts.items():
        for receipt in own:
            if receipt["sha256"] and receipt["register"] and not receipt["purged"] and not is_masked(receipt["name"]):
                key = (folder_of(receipt, organisation), receipt["name"], receipt["sha256"])
                found.setdefault(key, []).append((organisation, receipt))
    return found


def _settle(files: list[tuple[str, Receipt]], settled: Receipts, reading: Reading) -> None:
    organisation, first = files[0]
    folder = folder_of(first, organisation)
    wanted = dict(_wanted(first, folder, reading, is_claimed=any(receipt["source"] for _, receipt in files)))
    if not wanted:
        return
    unclaimed = {(owner, receipt["source"], receipt["register"]): receipt for owner, receipt in files}
    for (owner, source, register), changes in wanted.items():
        known = unclaimed.pop((owner, source, register), None)
        if known is None:
            known = first | dict.fromkeys(MADE_BY_READING) | {"reading": None}
            known |= {"source": source, "register": register, "folder": None if owner == folder else folder}
            settled.setdefault(owner, []).append(known)
        known |= changes
    for (owner, *_), receipt in unclaimed.items():
        settled[owner] = [other for other in settled[owner] if other is not receipt]


def _wanted(
    receipt: Receipt, folder: str, reading: Reading, *, is_claimed: bool
) -> Iterable[tuple[tuple[str, str | None, str | None], Receipt]]:
    """Whose deliveries a file is today, by owner, source and register, with what a receipt says of that; nothing
    where all stays as it is."""
    name = receipt["name"]
    claims = targets(name, folder, reading)
    if claims is None:
        return
    for owner, claim in claims:
        source = claim.source
        changes = {"sequence": claim.sequence, "dated": dated(source, name)}
        yield (owner, source.name, source.register_name), changes
    if not claims and is_claimed:
        register = None if "/" in name else match_register(name, folder, reading.registers)
        yield (folder, None, register), {"sequence": None, "dated": dated(None, name)}
