"""Inbox → archive: takes in what is new, and reads whatever has no reading under today's contract.

One organisation at a time, its receipts written last: a run that is killed loses the work on one
organisation, and the next run does it again.
"""

import hashlib
import logging
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from assets.disk import is_disk_fault
from assets.intake import inbox as inbox_files
from assets.intake.apply_contract import ContractResult, apply_contract
from assets.intake.archive import MADE_BY_READING, RECEIPT, Archive, reading_of
from assets.intake.inbox import InboxFile, open_file
from assets.intake.lookup_key import LookupKey
from assets.intake.privacy import MASK, mask_text
from assets.intake.reading import read
from assets.intake.recover import recover_raw, recover_receipts
from assets.intake.refusal import UNREADABLE, Refused
from assets.intake.rows import ParsedRows, select_rows
from assets.refusal import RunRefused
from assets.registers.contract import Register

logger = logging.getLogger("lagesbild.intake")

Receipt = dict[str, Any]
"""A line of the archive's receipts while it is being made; its fields are those of `archive.RECEIPT`."""


def ingest(inbox: Path, archive: Archive, registers: Mapping[str, Register], today: date, workers: int = 2) -> int:
    """Takes in the inbox and gives the number of deliveries that were read. Raises ArchiveDamaged where something
    that was archived before is gone, and OSError where the disk is full or failing."""
    archive.tidy()
    arrived: dict[str, list[InboxFile]] = {}
    for file in inbox_files.files(inbox, registers):
        arrived.setdefault(file.organisation, []).append(file)
    recover_receipts(archive, arrived, lambda files: _take_in(files, archive, today))
    done = 0
    with ThreadPoolExecutor(workers) as pool:
        for organisation in sorted({*arrived, *archive.organisations()}):
            files, receipts = arrived.get(organisation, []), archive.receipts(organisation).to_dicts()
            changed = _archive_new_files(files, receipts, archive, today)
            unread = list(_unread(receipts, archive, registers))
            recover_raw(archive, organisation, receipts, {receipt["sha256"] for receipt in unread}, files)
            archive.tidy_readings({(name, reading_of(registers[name])) for name in {r["register"] for r in unread}})
            list(pool.map(lambda receipt: _parse_delivery(receipt, archive, registers[receipt["register"]]), unread))
            if changed or unread:
                archive.write_receipts(organisation, archive.as_receipts(receipts))
                logger.info("%s: %d leveranser lästa", organisation, len(unread))
            done += len(unread)
    return done


def _take_in(files: Sequence[InboxFile], archive: Archive, today: date) -> list[Receipt]:
    """Archives files as if nothing had come before, and gives their receipts."""
    receipts: list[Receipt] = []
    _archive_new_files(files, receipts, archive, today)
    return receipts


def _archive_new_files(files: Sequence[InboxFile], receipts: list[Receipt], archive: Archive, today: date) -> bool:
    """Archives the bytes of every file that is new or was written anew, and adds its arrival to the receipts."""
    newest: dict[str, list[Receipt]] = {}
    for receipt in sorted(receipts, key=_last_arrival, reverse=True):
        newest.setdefault(receipt["name"], []).append(receipt)
    by_content = {(receipt["name"], receipt["sha256"]): receipt for receipt in receipts}
    changed = False
    for file in files:
        # Names that differ in a personal number alone look alike: any of theirs may be this file's.
        known = newest.get(file.name, [])[: None if MASK in file.name else 1]
        try:
            stat = file.path.lstat()
            if any(_is_same(receipt, file, stat.st_size, stat.st_mtime_ns) for receipt in known):
                continue
            sha256 = _content(file, archive)
        except FileNotFoundError:
            continue  # gone between listing and reading
        except OSError as fault:
            if is_disk_fault(fault):
                raise
            logger.warning("%s/%s can't be opened: %s", file.organisation, file.name, fault.strerror)
            sha256 = ""
        if sha256 is None:
            logger.warning("%s/%s changed while it was read; left for next time", file.organisation, file.name)
            continue
        by_content.pop((file.name, ""), None)
        arrival = {
            "day": today,
            "mtime_ns": stat.st_mtime_ns,
            "order_ns": _place_in_time(stat.st_mtime_ns, file, known),
        }
        _add_arrival(by_content, file, sha256, stat.st_size, arrival)
        changed = True
    receipts[:] = by_content.values()
    return changed


def _content(file: InboxFile, archive: Archive) -> str | None:
    """The SHA-256 of the file, whose bytes are kept where it fits a register; empty where it may not be read, None
    where it changed meanwhile."""
    if file.obstacle:
        return ""
    return archive.store(file.path) if file.register else _hash(file.path)


def _last_arrival(receipt: Receipt) -> tuple[date, int]:
    last = receipt["arrivals"][-1]
    return last["day"], _order(last)


def _order(arrival: dict[str, Any]) -> int:
    return int(arrival["order_ns"] or arrival["mtime_ns"])  # receipts of earlier versions have no order


def _place_in_time(mtime_ns: int, file: InboxFile, known: Sequence[Receipt]) -> int:
    """A file's modification time, or just after what came under its name before: the newer arrival counts."""
    if not known or MASK in file.name:
        return mtime_ns
    return max(mtime_ns, _order(known[0]["arrivals"][-1]) + 1)


def _is_same(known: Receipt, file: InboxFile, size: int, mtime_ns: int) -> bool:
    if file.obstacle:
        return known["refusal"] == file.obstacle and not known["sha256"]
    unchanged = (known["size"], known["arrivals"][-1]["mtime_ns"]) == (size, mtime_ns)
    return unchanged and known["register"] == file.register and bool(known["sha256"])


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with open_file(path, path.parent) as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _add_arrival(
    by_content: dict[tuple[str, str], Receipt], file: InboxFile, sha256: str, size: int, arrival: dict[str, Any]
) -> None:
    known = by_content.get((file.name, sha256))
    if known and known["register"] == file.register:
        known["arrivals"].append(arrival)
        return
    by_content.pop((file.name, sha256), None)
    by_content[file.name, sha256] = dict.fromkeys(RECEIPT) | {
        "name": file.name,
        "register": file.register,
        "ending": file.path.suffix.lower() if file.register else None,
        "dated": file.dated,
        "sha256": sha256,
        "size": size,
        "arrivals": [arrival],
        "refusal": None if sha256 else file.obstacle or UNREADABLE,
    }


def _unread(receipts: Sequence[Receipt], archive: Archive, registers: Mapping[str, Register]) -> Iterator[Receipt]:
    """The deliveries without a reading under today's contract, or whose reading is gone."""
    for receipt in receipts:
        register = registers.get(receipt["register"] or "")
        if not register or not receipt["sha256"]:
            continue
        is_read = receipt["reading"] == reading_of(register)
        if not is_read or not (receipt["refusal"] or archive.has_reading(receipt)):
            yield receipt


def _parse_delivery(receipt: Receipt, archive: Archive, register: Register) -> None:
    """Reads one delivery from its raw bytes and writes down in its receipt what became of it."""
    reading = reading_of(register)
    receipt |= dict.fromkeys(MADE_BY_READING)
    receipt["reading"] = reading
    try:
        parsed, result = read_delivery(
            archive.raw(receipt["sha256"]), receipt["ending"], register, archive.lookup_key
        )
    except Refused as refused:
        receipt["refusal"] = str(refused)
        return
    archive.write(archive.read_folder(register.name, reading, receipt["sha256"], receipt["ending"]), result)
    receipt |= {
        "read": result.read,
        "loaded": result.valid.height,
        "quarantined": result.quarantined.height,
        "duplicates": result.duplicates,
        "dropped_cells": result.dropped_cells,
        "notes": parsed.notes,
        "unknown": [mask_text(heading) for heading in parsed.unknown],
        "missing": parsed.missing,
    }


def read_delivery(
    path: Path, ending: str, register: Register, lookup_key: LookupKey | None = None
) -> tuple[ParsedRows, ContractResult]:
    """A file read and held against its contract. Raises Refused, whatever it is that can't be read in it, and what
    the disk answered where it is full or failing: that is no fault of the file's.

    `lookup_key`: what e-mail addresses in code columns are hashed under; left out: a key for this reading alone.

    What went wrong is logged by kind and place alone: the text of an error may quote the data.
    """
    try:
        parsed = select_rows(read(path, ending, register), register)
        return parsed, apply_contract(register, parsed.cells, parsed.broken, lookup_key)
    except (Refused, RunRefused):
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic in native code is no Exception
        if is_disk_fault(fault):
            raise
        place = traceback.extract_tb(fault.__traceback__)[-1]
        logger.warning("%s: %s in %s line %s", register.name, type(fault).__name__, place.name, place.lineno)
        raise Refused(UNREADABLE) from None
