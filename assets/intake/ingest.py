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

import polars as pl

from assets.intake import inbox as inbox_files
from assets.intake.apply_contract import ContractResult, apply_contract
from assets.intake.archive import MADE_BY_READING, RECEIPT, Archive, reading_of
from assets.intake.inbox import InboxFile, is_masked, open_file
from assets.intake.lookup_key import LookupKey
from assets.intake.privacy import mask_text
from assets.intake.reading import read
from assets.intake.refusal import UNREADABLE, Refused
from assets.intake.rows import ParsedRows, select_rows
from assets.intake.seal import IdentityMissing
from assets.registers.contract import Register

logger = logging.getLogger("lagesbild.intake")

Receipt = dict[str, Any]
"""A line of the archive's receipts while it is being made; its fields are those of `archive.RECEIPT`."""


def ingest(inbox: Path, archive: Archive, registers: Mapping[str, Register], today: date, workers: int = 2) -> int:
    """Takes in the inbox and gives the number of deliveries that were read."""
    arrived: dict[str, list[InboxFile]] = {}
    for file in inbox_files.files(inbox, registers):
        arrived.setdefault(file.organisation, []).append(file)
    done = 0
    with ThreadPoolExecutor(workers) as pool:
        for organisation in sorted({*arrived, *archive.organisations()}):
            receipts = archive.receipts(organisation).to_dicts()
            changed = _archive_new_files(arrived.get(organisation, []), receipts, archive, today)
            unread = list(_unread(receipts, archive, registers))
            _require_bytes(unread, archive)
            list(pool.map(lambda receipt: _parse_delivery(receipt, archive, registers[receipt["register"]]), unread))
            if changed or unread:
                archive.write_receipts(organisation, pl.DataFrame(receipts, schema=RECEIPT))
                logger.info("%s: %d leveranser lästa", organisation, len(unread))
            done += len(unread)
    archive.seal_all()
    return done


def _archive_new_files(files: Sequence[InboxFile], receipts: list[Receipt], archive: Archive, today: date) -> bool:
    """Archives the bytes of every file that is new or was written anew, and adds its arrival to the receipts."""
    newest: dict[str, list[Receipt]] = {}
    for receipt in sorted(receipts, key=_last_arrival, reverse=True):
        newest.setdefault(receipt["name"], []).append(receipt)
    by_content = {(receipt["name"], receipt["sha256"]): receipt for receipt in receipts}
    changed = False
    for file in files:
        # Names that differ in what is masked alone look alike: any of theirs may be this file's.
        known = newest.get(file.name, [])[: None if is_masked(file.name) else 1]
        try:
            stat = file.path.lstat()
            if any(_is_same(receipt, file, stat.st_size, stat.st_mtime_ns) for receipt in known):
                continue
            sha256 = _content(file, archive)
        except FileNotFoundError:
            continue  # gone between listing and reading
        except OSError as fault:
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
    if not known or is_masked(file.name):
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
        known["purged"] = None
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
        if receipt["purged"] and not archive.has_bytes(receipt["sha256"]):
            continue  # it stays as it was read
        is_read = receipt["reading"] == reading_of(register)
        if not is_read or not (receipt["refusal"] or archive.has_reading(receipt)):
            yield receipt


def _require_bytes(unread: Sequence[Receipt], archive: Archive) -> None:
    """Raises IdentityMissing where some of them are sealed and nothing opens them."""
    closed = [receipt for receipt in unread if not archive.is_in_clear(receipt["sha256"])]
    sealed = sum(archive.sealed(receipt["sha256"]).exists() for receipt in closed)
    if sealed and archive.identity is None:
        raise IdentityMissing(
            f"{sealed} förseglade leveranser måste läsas om, som när ett kontrakt har ändrats: "
            "kör en gång med nyckelfilen i LAGESBILD_IDENTITY."
        )


def _parse_delivery(receipt: Receipt, archive: Archive, register: Register) -> None:
    """Reads one delivery from its raw bytes and writes down in its receipt what became of it."""
    reading = reading_of(register)
    receipt |= dict.fromkeys(MADE_BY_READING)
    receipt["reading"] = reading
    try:
        with archive.open_bytes(receipt["sha256"]) as path:
            parsed, result = read_delivery(path, receipt["ending"], register, archive.lookup_key)
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
    """A file read and held against its contract. Raises Refused, whatever it is that can't be read in it.

    `lookup_key`: what e-mail addresses in code columns are hashed under; left out: a key for this reading alone.

    What went wrong is logged by kind and place alone: the text of an error may quote the data.
    """
    try:
        parsed = select_rows(read(path, ending, register), register)
        return parsed, apply_contract(register, parsed.cells, parsed.broken, lookup_key)
    except Refused:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # noqa: BLE001  # a panic in native code is no Exception
        place = traceback.extract_tb(fault.__traceback__)[-1]
        logger.warning("%s: %s in %s line %s", register.name, type(fault).__name__, place.name, place.lineno)
        raise Refused(UNREADABLE) from None
