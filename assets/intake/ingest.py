"""Inbox → archive: takes in what is new, and reads whatever has no reading under today's contract.

Some organisations at a time, as many as keep the workers busy, their receipts written last: a run that is killed
loses the work on those, and the next run does it again.
"""

import hashlib
import logging
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assets.disk import is_disk_fault
from assets.intake.apply_contract import ContractResult, apply_contract
from assets.intake.archive import MADE_BY_READING, RECEIPT, Archive, reading_of
from assets.intake.arrived import Reading, arrived
from assets.intake.inbox import InboxFile, is_masked, open_file
from assets.intake.limited_reading import BATCH_BYTES, BATCH_FILES, map_limited
from assets.intake.lookup_key import LookupKey
from assets.intake.privacy import mask_text
from assets.intake.reading import read
from assets.intake.reclaim import reclaim
from assets.intake.recover import recover_raw, recover_receipts
from assets.intake.refusal import TOO_MUCH_MEMORY, TOO_MUCH_TIME, UNREADABLE, Refused
from assets.intake.rows import ParsedRows, select_rows
from assets.intake.seal import IdentityMissing
from assets.intake.sources.definition import Source
from assets.intake.sources.load import lookups
from assets.intake.sources.read_source import SourceDelivery, placed, read_source
from assets.intake.sources.unpack import ending_of
from assets.limits import LimitExceeded
from assets.refusal import RunRefused
from assets.registers.contract import Register, without_patterns
from assets.settings import DEFAULT_LIMITS, Limits

logger = logging.getLogger("lagesbild.intake")

Receipt = dict[str, Any]
"""A line of the archive's receipts while it is being made; its fields are those of `archive.RECEIPT`."""

Job = tuple[Receipt, Archive, Register, SourceDelivery | None]
"""A delivery to read: its receipt, where its bytes are and its reading goes, its contract, and its source."""


def ingest(
    inbox: Path,
    archive: Archive,
    registers: Mapping[str, Register],
    today: date,
    limits: Limits | None = DEFAULT_LIMITS,
    workers: int = 2,
    sources: Mapping[str, Source] = MappingProxyType({}),
    fetched: Path | None = None,
) -> int:
    """Takes in the inbox, and what is `fetched` beside it, and gives the number of deliveries that were read.
    `limits` hold for reading one file (None: see map_limited), and so many `workers` read at a time; `sources`: those
    of the configuration, by name. Raises ArchiveDamaged where something that was archived before is gone, and OSError
    where the disk is full or failing."""
    archive.tidy()
    reading = Reading(registers, sources)
    files_of: dict[str, list[InboxFile]] = {}
    for file in arrived(inbox, reading, fetched):
        files_of.setdefault(file.organisation, []).append(file)
    recover_receipts(archive, files_of, lambda files: _take_in(files, archive, today))
    reclaim(archive, reading)
    arrivals = (
        _arrival(name, files_of.get(name, []), archive, reading, today)
        for name in sorted({*files_of, *archive.organisations()})
    )
    done = 0
    with ThreadPoolExecutor(workers) as executor:  # threads: each waits for a process with limits
        for together in _together(arrivals, workers):
            jobs = [job for arrival in together for job in arrival.jobs]
            sizes = [receipt["size"] for receipt, *_ in jobs]
            made = map_limited(parse_delivery, jobs, sizes, limits, _too_much, executor, workers)
            for (receipt, *_), of_reading in zip(jobs, made, strict=True):
                receipt.update(of_reading)
            for arrival in together:
                _write_receipts(arrival, archive)
            done += len(jobs)
    archive.seal_all()
    return done


@dataclass(frozen=True)
class _Arrival:
    """One organisation's receipts, and which of its deliveries are to be read. `changed`: the receipts have."""

    organisation: str
    receipts: list[Receipt]
    jobs: list[Job]
    changed: bool


def _arrival(
    organisation: str, files: Sequence[InboxFile], archive: Archive, reading: Reading, today: date
) -> _Arrival:
    """Archives an organisation's new files."""
    receipts = archive.receipts(organisation).to_dicts()
    changed = _archive_new_files(files, receipts, archive, today)
    jobs = list(_unread(receipts, organisation, archive, reading))
    unread = [job[0] for job in jobs]
    _require_bytes(unread, archive)
    recover_raw(archive, organisation, receipts, {receipt["sha256"] for receipt in unread}, files)
    archive.tidy_readings({(register.name, reading_of(register, by)) for _, _, register, by in jobs})
    return _Arrival(organisation, receipts, jobs, changed)


def _together(arrivals: Iterable[_Arrival], workers: int) -> Iterator[list[_Arrival]]:
    """The organisations, as many at a time as give every worker a full batch."""
    together: list[_Arrival] = []
    files, size = 0, 0
    for arrival in arrivals:
        together.append(arrival)
        files += len(arrival.jobs)
        size += sum(receipt["size"] for receipt, *_ in arrival.jobs)
        if files >= workers * BATCH_FILES or size >= workers * BATCH_BYTES:
            yield together
            together, files, size = [], 0, 0
    if together:
        yield together


def _write_receipts(arrival: _Arrival, archive: Archive) -> None:
    if arrival.changed or arrival.jobs:
        archive.write_receipts(arrival.organisation, archive.as_receipts(arrival.receipts))
        logger.info("%s: %d leveranser lästa", arrival.organisation, len(arrival.jobs))


def _take_in(files: Sequence[InboxFile], archive: Archive, today: date) -> list[Receipt]:
    """Archives files as if nothing had come before, and gives their receipts."""
    receipts: list[Receipt] = []
    _archive_new_files(files, receipts, archive, today)
    return receipts


def _archive_new_files(files: Sequence[InboxFile], receipts: list[Receipt], archive: Archive, today: date) -> bool:
    """Archives the bytes of every file that is new or was written anew, and adds its arrival to the receipts."""
    newest: dict[tuple[str, str | None], list[Receipt]] = {}
    for receipt in sorted(receipts, key=_last_arrival, reverse=True):
        newest.setdefault((receipt["name"], receipt["source"]), []).append(receipt)
    by_content = {(receipt["name"], receipt["sha256"], receipt["source"]): receipt for receipt in receipts}
    changed = False
    for file in files:
        # Names that differ in what is masked alone look alike: any of theirs may be this file's.
        known = newest.get((file.name, file.source), [])[: None if is_masked(file.name) else 1]
        size, mtime_ns = 0, _midnight(today)  # of what may not even be looked at
        try:
            stat = file.path.lstat()
            size, mtime_ns = stat.st_size, stat.st_mtime_ns
            if any(_is_same(receipt, file, size, mtime_ns) for receipt in known):
                continue
            sha256 = _content(file, archive)
        except FileNotFoundError:
            continue  # gone between listing and reading
        except Refused as refused:
            file, sha256 = replace(file, obstacle=str(refused)), ""  # noqa: PLW2901 – it can't be unpacked
        except OSError as fault:
            if is_disk_fault(fault):
                raise
            logger.warning("%s/%s can't be opened: %s", file.organisation, file.name, fault.strerror)
            sha256 = ""
        if sha256 is None:
            logger.warning("%s/%s changed while it was read; left for next time", file.organisation, file.name)
            continue
        by_content.pop((file.name, "", file.source), None)
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
    if file.register is None:
        return _hash(file.path)
    return archive.store(file.path, file.member, unpacks=file.source is not None)


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
        return (known["refusal"], known["register"]) == (file.obstacle, file.register) and not known["sha256"]
    unchanged = (known["size"], known["arrivals"][-1]["mtime_ns"]) == (size, mtime_ns)
    return unchanged and known["register"] == file.register and bool(known["sha256"])


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with open_file(path, path.parent) as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _add_arrival(
    by_content: dict[tuple[str, str, str | None], Receipt],
    file: InboxFile,
    sha256: str,
    size: int,
    arrival: dict[str, Any],
) -> None:
    key = (file.name, sha256, file.source)
    known = by_content.get(key)
    if known and known["register"] == file.register and sha256:
        known["arrivals"].append(arrival)
        known["purged"] = None
        return
    by_content.pop(key, None)
    by_content[key] = dict.fromkeys(RECEIPT) | {
        "name": file.name,
        "register": file.register,
        "ending": _ending(file),
        "source": file.source,
        "sequence": file.sequence,
        "folder": file.folder if file.source and file.folder != file.organisation else None,
        "dated": file.dated,
        "sha256": sha256,
        "size": size,
        "arrivals": [arrival],
        "refusal": None if sha256 else file.obstacle or UNREADABLE,
    }


def _ending(file: InboxFile) -> str | None:
    if file.register is None:
        return None
    return ending_of(file.member or file.path.name) if file.source else file.path.suffix.lower()


def _unread(receipts: Sequence[Receipt], organisation: str, archive: Archive, reading: Reading) -> Iterator[Job]:
    """The deliveries without a reading under today's contract and mapping, or whose reading is gone."""
    for receipt in receipts:
        register = reading.registers.get(receipt["register"] or "")
        if not register or not receipt["sha256"]:
            continue
        if receipt["purged"] and not archive.has_bytes(receipt["sha256"]):
            continue  # it stays as it was read
        by = by_source(receipt, organisation, reading.sources)
        if by is None and receipt["source"]:
            continue  # nothing says any longer how it was read
        is_read = receipt["reading"] == reading_of(register, by)
        if not is_read or not (receipt["refusal"] or archive.has_reading(receipt)):
            yield receipt, archive, register, by


def by_source(receipt: Mapping[str, Any], organisation: str, sources: Mapping[str, Source]) -> SourceDelivery | None:
    """The source that reads a delivery, where the configuration has it."""
    source = sources.get(receipt["source"] or "")
    if source is None:
        return None
    delivered = receipt["dated"] or receipt["arrivals"][0]["day"]
    return SourceDelivery(source, receipt["name"], delivered.isoformat(), organisation)


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
    receipt, archive, register, by = job
    reading = reading_of(register, by)
    made = dict.fromkeys(MADE_BY_READING) | {"reading": reading, "mapping": by.source.version if by else None}
    try:
        with archive.open_bytes(receipt["sha256"]) as path:
            parsed, result = read_delivery(path, receipt["ending"], register, archive.lookup_key, by)
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
        "absent": parsed.absent,
        "unexpected": parsed.unexpected,
        "other_rows": parsed.other_rows if by else None,
        "other_organisations": parsed.other_organisations if by else None,
        "words": [{"column": column, "words": words} for column, words in parsed.words.items()] if by else None,
        "lookups": [
            {"column": column, "target": target}
            for column, target in (lookups(by.source) if by else {}).items()
            if column not in parsed.missing
        ],
    }


def _too_much(job: Job, fault: LimitExceeded) -> Receipt:
    """What a receipt says of a file that needs more than the limits to be read, or ends the process that reads it."""
    reasons = {"memory": TOO_MUCH_MEMORY, "time": TOO_MUCH_TIME, "crash": UNREADABLE}
    _, _, register, by = job
    return dict.fromkeys(MADE_BY_READING) | {
        "reading": reading_of(register, by),
        "mapping": by.source.version if by else None,
        "refusal": reasons[fault.limit],
    }


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
            by_name = without_patterns(register, lookups(by.source))
            result = apply_contract(by_name, rows.parsed.cells, rows.parsed.broken, lookup_key, rows.own)
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
