"""Deliveries from their raw bytes into the archive: what one process reads at a time.

Small ones of a register are held against its contract together, since most of what that costs is by the expression
and not by the row; what becomes of each is what would have become of it alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from assets.intake.apply_contract import apply_together
from assets.intake.archive import Archive, reading_of
from assets.intake.contract_result import ContractResult
from assets.intake.limited_reading import TOO_MUCH
from assets.intake.lookup_key import LookupKey
from assets.intake.near_headings import near_headings
from assets.intake.read_delivery import hold_against_contract, read_delivery, read_rows, refusing
from assets.intake.receipt_fields import MADE_BY_READING, Receipt
from assets.intake.refusal import Refused
from assets.intake.rows import ParsedRows
from assets.intake.sources.load import lookups
from assets.intake.sources.read_source import SourceDelivery
from assets.limits import LimitExceeded
from assets.personal_numbers import mask_text
from assets.registers.contract import Register

TOGETHER_BYTES = 1_000_000
"""A file of more than this is held against its contract alone: there the rows are what costs."""


@dataclass(frozen=True)
class Job:
    """A delivery to read: its receipt, where its bytes are and its reading goes, its contract, and its source."""

    receipt: Receipt
    archive: Archive
    register: Register
    by: SourceDelivery | None

    @property
    def reading(self) -> str:
        return reading_of(self.register, self.by)

    @property
    def is_small(self) -> bool:
        return bool(self.receipt["size"] <= TOGETHER_BYTES)


def parse_deliveries(jobs: Sequence[Job]) -> list[Receipt]:
    """Reads deliveries into the archive; gives what the receipt of each says of it, in the jobs' order."""
    made: dict[int, Receipt] = {}
    rows: dict[int, ParsedRows] = {}
    for number, job in enumerate(jobs):
        with job.archive.open_bytes(job.receipt["sha256"]) as path:
            try:
                if job.by is None and job.is_small:
                    rows[number] = read_rows(path, job.receipt["ending"], job.register)
                else:
                    made[number] = _kept(job, *_read_alone(job, path))
            except Refused as refused:
                source = job.by.source if job.by else None
                near = near_headings(refused, path, job.receipt["ending"], job.register, source)
                made[number] = refused_receipt(job, str(refused)) | {"near_headings": [asdict(each) for each in near]}
    for numbers in _alike(jobs, rows):
        register, lookup_key = jobs[numbers[0]].register, jobs[numbers[0]].archive.lookup_key
        results = _held_together([rows[number] for number in numbers], register, lookup_key)
        for number, result in zip(numbers, results, strict=True):
            made[number] = (
                refused_receipt(jobs[number], str(result)) | {"near_headings": []}
                if isinstance(result, Refused)
                else _kept(jobs[number], rows[number], result)
            )
    return [made[number] for number in range(len(jobs))]


def refused_receipt(job: Job, reason: str) -> Receipt:
    """What a receipt says of a file that is refused."""
    return _nothing(job) | {"refusal": reason}


def too_much(job: Job, fault: LimitExceeded) -> Receipt:
    """What a receipt says of a file that needs more than the limits to be read, or ends the process that reads it."""
    return refused_receipt(job, TOO_MUCH[fault.limit])


def _nothing(job: Job) -> Receipt:
    mapping = job.by.source.version if job.by else None
    return dict.fromkeys(MADE_BY_READING) | {"reading": job.reading, "mapping": mapping}


def _read_alone(job: Job, path: Path) -> tuple[ParsedRows, ContractResult]:
    return read_delivery(path, job.receipt["ending"], job.register, job.archive.lookup_key, job.by)


def _alike(jobs: Sequence[Job], rows: Mapping[int, ParsedRows]) -> Iterable[list[int]]:
    """Which deliveries can be held against a contract together: those of one register with the same columns."""
    alike: dict[tuple[str, frozenset[str]], list[int]] = {}
    for number, parsed in rows.items():
        alike.setdefault((jobs[number].register.name, frozenset(parsed.cells.columns)), []).append(number)
    return alike.values()


def _held_together(
    deliveries: Sequence[ParsedRows], register: Register, lookup_key: LookupKey
) -> list[ContractResult | Refused]:
    """What becomes of each; where they can't be held against the contract together each is alone, so that only the
    one that is to blame is refused."""
    if len(deliveries) > 1:
        with suppress(Refused), refusing(register):
            return [*apply_together(register, deliveries, lookup_key)]
    return [_held_alone(parsed, register, lookup_key) for parsed in deliveries]


def _held_alone(parsed: ParsedRows, register: Register, lookup_key: LookupKey) -> ContractResult | Refused:
    try:
        return hold_against_contract(parsed, register, lookup_key)
    except Refused as refused:
        return refused


def _kept(job: Job, parsed: ParsedRows, result: ContractResult) -> Receipt:
    """Writes the reading into the archive; gives what its receipt says of it."""
    receipt, register, by = job.receipt, job.register, job.by
    folder = job.archive.read_folder(register.name, job.reading, receipt["sha256"], receipt["ending"])
    job.archive.write(folder, result)
    return _nothing(job) | {
        "read": result.read,
        "loaded": result.valid.height,
        "quarantined": result.quarantined.height,
        "duplicates": result.duplicates,
        "dropped_cells": result.dropped_cells,
        "notes": parsed.notes,
        "dropped_characters": parsed.dropped_characters,
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
