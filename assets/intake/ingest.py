"""Inbox → archive: takes in what is new, and reads whatever has no reading under today's contract.

Some organisations at a time, as many as keep the workers busy, their receipts written last: a run that is killed
loses the work on those, and the next run does it again.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assets.intake.archive import Archive, reading_of
from assets.intake.archive_new_files import archive_new_files
from assets.intake.arrived import Reading, arrived
from assets.intake.inbox import InboxFile
from assets.intake.limited_reading import BATCH_BYTES, BATCH_FILES, map_limited
from assets.intake.parse_deliveries import parse_deliveries
from assets.intake.reading_job import Job, too_much
from assets.intake.receipt_fields import Receipt
from assets.intake.reclaim import reclaim
from assets.intake.recover import recover_raw, recover_receipts
from assets.intake.seal import IdentityMissing
from assets.intake.sources.definition import Source
from assets.intake.sources.read_source import SourceDelivery
from assets.registers.contract import Register
from assets.settings import DEFAULT_LIMITS, Limits
from assets.workers import cluster, threads

logger = logging.getLogger("lagesbild.intake")


def ingest(
    inbox: Path,
    archive: Archive,
    registers: Mapping[str, Register],
    today: date,
    limits: Limits | None = DEFAULT_LIMITS,
    workers: int = 2,
    sources: Mapping[str, Source] = MappingProxyType({}),
    fetched: Path | None = None,
    dask: str | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> int:
    """Takes in the inbox, and what is `fetched` beside it, and gives the number of deliveries that were read.
    `limits` hold for reading one file (None: see map_limited), and so many `workers` read at a time, or those of the
    scheduler `dask`; `sources`: those of the configuration, by name. `meanwhile` is called where there is something
    to read: it begins what this process does while others read. Raises ArchiveDamaged where something that was
    archived before is gone, and OSError where the disk is full or failing."""
    archive.tidy()
    reading = Reading(registers, sources)
    files_of: dict[str, list[InboxFile]] = {}
    for file in arrived(inbox, reading, fetched):
        files_of.setdefault(file.organisation, []).append(file)
    recover_receipts(archive, files_of, lambda files: _archived_anew(files, archive, today))
    reclaim(archive, reading)
    arrivals = (
        _arrival(name, files_of.get(name, []), archive, reading, today)
        for name in sorted({*files_of, *archive.organisations()})
    )
    done = 0
    # threads are enough here: each waits for a process with limits
    with cluster(dask, archive.root.parent) if dask else threads(workers) as (executor, at_a_time):
        for together in _together(arrivals, at_a_time):
            jobs = [job for arrival in together for job in arrival.jobs]
            jobs.sort(key=lambda job: job.register.name)  # those of one register are the cheaper together
            sizes = [job.receipt["size"] for job in jobs]
            if jobs and not done:
                meanwhile()
            made = map_limited(parse_deliveries, jobs, sizes, limits, too_much, executor, at_a_time)
            for job, of_reading in zip(jobs, made, strict=True):
                job.receipt.update(of_reading)
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
    changed = archive_new_files(files, receipts, archive, today)
    jobs = list(_unread(receipts, organisation, archive, reading))
    unread = [job.receipt for job in jobs]
    _require_bytes(unread, archive)
    recover_raw(archive, organisation, receipts, {receipt["sha256"] for receipt in unread}, files)
    return _Arrival(organisation, receipts, jobs, changed)


def _together(arrivals: Iterable[_Arrival], workers: int) -> Iterator[list[_Arrival]]:
    """The organisations, as many at a time as give every worker a full batch."""
    together: list[_Arrival] = []
    files, size = 0, 0
    for arrival in arrivals:
        together.append(arrival)
        files += len(arrival.jobs)
        size += sum(job.receipt["size"] for job in arrival.jobs)
        if files >= workers * BATCH_FILES or size >= workers * BATCH_BYTES:
            yield together
            together, files, size = [], 0, 0
    if together:
        yield together


def _write_receipts(arrival: _Arrival, archive: Archive) -> None:
    if arrival.changed or arrival.jobs:
        archive.write_receipts(arrival.organisation, archive.as_receipts(arrival.receipts))
        logger.info("%s: %d leveranser lästa", arrival.organisation, len(arrival.jobs))


def _archived_anew(files: Sequence[InboxFile], archive: Archive, today: date) -> list[Receipt]:
    """Archives files as if nothing had come before, and gives their receipts."""
    receipts: list[Receipt] = []
    archive_new_files(files, receipts, archive, today)
    return receipts


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
            yield Job(receipt, archive, register, by)


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
