"""Inbox → archive: takes in what is new, and reads whatever has no reading under today's contract.

One organisation at a time, its receipts written last: a run that is killed loses the work on one
organisation, and the next run does it again.
"""

import hashlib
import logging
import traceback
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from assets.disk import is_disk_fault
from assets.intake import inbox as inbox_files
from assets.intake.apply_contract import ContractResult, apply_contract
from assets.intake.archive import MADE_BY_READING, RECEIPT, Archive, reading_of
from assets.intake.inbox import InboxFile, is_masked, open_file
from assets.intake.limited_reading import map_limited
from assets.intake.lookup_key import LookupKey
from assets.intake.privacy import mask_text
from assets.intake.reading import read
from assets.intake.recover import recover_raw, recover_receipts
from assets.intake.refusal import TOO_MUCH_MEMORY, TOO_MUCH_TIME, UNREADABLE, Refused
from assets.intake.rows import ParsedRows, select_rows
from assets.intake.seal import IdentityMissing
from assets.intake.sources.read_source import SourceDelivery, placed, read_source
from assets.limits import LimitExceeded
from assets.refusal import RunRefused
from assets.registers.contract import Register
from assets.settings import DEFAULT_LIMITS, Limits

logger = logging.getLogger("lagesbild.intake")

Receipt = dict[str, Any]
"""A line of the archive's receipts while it is being made; its fields are those of `archive.RECEIPT`."""

Job = tuple[Receipt, Archive, Register]
"""A delivery to read: its receipt, where its bytes are and its reading goes, and its contract."""


def ingest(
    inbox: Path,
    archive: Archive,
    registers: Mapping[str, Register],
    today: date,
    limits: Limits | None = DEFAULT_LIMITS,
    workers: int = 2,
) -> int:
    """Takes in the inbox and gives the number of deliveries that were read. `limits` hold for reading one file (None:
    see map_limited). Raises ArchiveDamaged where something that was archived before is gone, and OSError where the
    disk is full or failing."""
    archive.tidy()
    arrived: dict[str, list[InboxFile]] = {}
    for file in inbox_files.files(inbox, registers):
        arrived.setdefault(file.organisation, []).append(file)
    recover_receipts(archive, arrived, lambda files: _take_in(files, archive, today))
    done = 0
    for organisation in sorted({*arrived, *archive.organisations()}):
        files, receipts = arrived.get(organisation, []), archive.receipts(organisation).to_dicts()
        changed = _archive_new_files(files, receipts, archive, today)
        unread = list(_unread(receipts, archive, registers))
        _require_bytes(unread, archive)
        recover_raw(archive, organisation, receipts, {receipt["sha256"] for receipt in unread}, files)
        archive.tidy_readings({(name, reading_of(registers[name])) for name in {each["register"] for each in unread}})
        jobs = [(receipt, archive, registers[receipt["register"]]) for receipt in unread]
        sizes = [receipt["size"] for receipt in unread]
        made = map_limited(parse_delivery, jobs, sizes, limits, _too_much, workers)
        for receipt, of_reading in zip(unread, made, strict=True):
            receipt.update(of_reading)
        if changed or unread:
            archive.write_receipts(organisation, archive.as_receipts(receipts))
            logger.info("%s: %d leveranser lästa", organisation, len(unread))
        done += len(unread)
    archive.seal_all()
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
        # Names that differ in what is masked alone look alike: any of theirs may be this file's.
        known = newest.get(file.name, [])[: None if is_masked(file.name) else 1]
        size, mtime_ns = 0, _midnight(today)  # of what may not even be looked at
        try:
            stat = file.path.lstat()
            size, mtime_ns = stat.st_size, stat.st_mtime_ns
            if any(_is_same(receipt, file, size, mtime_ns) for receipt in known):
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
            "mtime_ns": mtime_ns,
            "order_ns": _place_in_time(mtime_ns, file, known),
        }
        _add_arrival(by_content, file, sha256, size, arrival)
        changed = True
    receipts[:] = by_content.values()
    return changed


def _content(file: InboxFile, archive: Archive) -> str | None:
    """The SHA-256 of the file, whose bytes are kept where it fits a register; empty where it may not be read, None
    where it changed meanwhile."""
    if file.obstacle:
        return ""
    return archive.store(file.path) if file.register else _hash(file.path)


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp()) * 1_000_000_000


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


def parse_delivery(job: Job) -> Receipt:
    """Reads one delivery from its raw bytes into the archive; gives what its receipt says of it."""
    receipt, archive, register = job
    reading = reading_of(register)
    made = dict.fromkeys(MADE_BY_READING) | {"reading": reading}
    try:
        with archive.open_bytes(receipt["sha256"]) as path:
            parsed, result = read_delivery(path, receipt["ending"], register, archive.lookup_key)
    except Refused as refused:
        return made | {"refusal": str(refused)}
    archive.write(archive.read_folder(register.name, reading, receipt["sha256"], receipt["ending"]), result)
    return made | {
        "read": result.read,
        "loaded": result.valid.height,
        "quarantined": result.quarantined.height,
        "duplicates": result.duplicates,
        "dropped_cells": result.dropped_cells,
        "notes": parsed.notes,
        "unknown": [mask_text(heading) for heading in parsed.unknown],
        "missing": parsed.missing,
    }


def _too_much(job: Job, fault: LimitExceeded) -> Receipt:
    """What a receipt says of a file that needs more than the limits to be read, or ends the process that reads it."""
    reasons = {"memory": TOO_MUCH_MEMORY, "time": TOO_MUCH_TIME, "crash": UNREADABLE}
    return dict.fromkeys(MADE_BY_READING) | {"reading": reading_of(job[2]), "refusal": reasons[fault.limit]}


def read_delivery(
    path: Path,
    ending: str,
    register: Register,
    lookup_key: LookupKey | None = None,
    by: SourceDelivery | None = None,
) -> tuple[ParsedRows, ContractResult]:
    """A file read and held against its contract. Raises Refused, whatever it is that can't be read in it, and what
    the disk answered where it is full or failing: that is no fault of the file's.

    `lookup_key`: what e-mail addresses in code columns are hashed under; left out: a key for this reading alone.
    `by`: the source that reads the file, where one does.

    What went wrong is logged by kind and place alone: the text of an error may quote the data.
    """
    lookup_key = lookup_key or LookupKey()
    try:
        if by is not None:
            rows = read_source(path, ending, by, register, lookup_key)
            result = apply_contract(register, rows.parsed.cells, rows.parsed.broken, lookup_key, rows.own)
            return rows.parsed, placed(result, rows)
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
