"""Deliveries from their raw bytes into the archive: what one process reads at a time.

Small ones of a register are held against its contract together, since most of what that costs is by the expression
and not by the row; what becomes of each is what would have become of it alone.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from assets.intake.apply_contract import apply_together
from assets.intake.archive import Archive, reading_of
from assets.intake.contract_result import ContractResult
from assets.intake.limited_reading import TOO_MUCH
from assets.intake.lookup_key import LookupKey
from assets.intake.near_headings import near_headings
from assets.intake.read_delivery import read_delivery, read_rows, read_sheet, refusing
from assets.intake.reading import Sheet
from assets.intake.receipt_fields import MADE_BY_READING, Receipt
from assets.intake.refusal import Refused
from assets.intake.rows import ParsedRows
from assets.intake.select_rows import select_together
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
    def folder(self) -> Path:
        """Where its reading goes."""
        sha256, ending = self.receipt["sha256"], self.receipt["ending"]
        return self.archive.read_folder(self.register.name, self.reading, sha256, ending)

    @property
    def is_small(self) -> bool:
        return bool(self.receipt["size"] <= TOGETHER_BYTES)


Read = tuple[ParsedRows, ContractResult]


def parse_deliveries(jobs: Sequence[Job]) -> list[Receipt]:
    """Reads deliveries into the archive; gives what the receipt of each says of it, in the jobs' order."""
    made: dict[int, Receipt] = {}
    sheets: dict[int, Sheet] = {}
    for number, job in enumerate(jobs):
        with job.archive.open_bytes(job.receipt["sha256"]) as path:
            try:
                if job.by is None and job.is_small:
                    sheets[number] = read_sheet(path, job.receipt["ending"], job.register)
                else:
                    made.update(_kept(jobs, {number: _read_alone(job, path)}))
            except Refused as refused:
                source = job.by.source if job.by else None
                near = near_headings(refused, path, job.receipt["ending"], job.register, source)
                made[number] = refused_receipt(job, str(refused)) | {"near_headings": [asdict(each) for each in near]}
    for numbers in _alike(jobs, sheets):
        register, lookup_key = jobs[numbers[0]].register, jobs[numbers[0]].archive.lookup_key
        found = _read_together([sheets.pop(number) for number in numbers], register, lookup_key)
        outcomes = dict(zip(numbers, found, strict=True))
        for number, each in outcomes.items():
            if isinstance(each, Refused):
                made[number] = refused_receipt(jobs[number], str(each)) | {"near_headings": []}
        made.update(_kept(jobs, {number: each for number, each in outcomes.items() if not isinstance(each, Refused)}))
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


def _read_alone(job: Job, path: Path) -> Read:
    return read_delivery(path, job.receipt["ending"], job.register, job.archive.lookup_key, job.by)


def _alike(jobs: Sequence[Job], sheets: Mapping[int, Sheet]) -> list[list[int]]:
    """Which deliveries can be read on together: those of one register that are laid out alike."""
    alike: dict[tuple[str, object], list[int]] = {}
    for number, sheet in sheets.items():
        alike.setdefault((jobs[number].register.name, sheet.layout), []).append(number)
    return list(alike.values())


def _read_together(sheets: Sequence[Sheet], register: Register, lookup_key: LookupKey) -> list[Read | Refused]:
    """What becomes of the rows of each; where that can't be worked out together each is alone, so that only the one
    that is to blame is refused."""
    if len(sheets) > 1:
        with suppress(Refused), refusing(register):
            selected = select_together(sheets, register)
            parsed = [each for each in selected if not isinstance(each, Refused)]
            results = iter(apply_together(register, parsed, lookup_key) if parsed else [])
            return [each if isinstance(each, Refused) else (each, next(results)) for each in selected]
    return [_read_sheet_alone(sheet, register, lookup_key) for sheet in sheets]


def _read_sheet_alone(sheet: Sheet, register: Register, lookup_key: LookupKey) -> Read | Refused:
    try:
        return read_rows(sheet, register, lookup_key)
    except Refused as refused:
        return refused


def _kept(jobs: Sequence[Job], found: Mapping[int, Read]) -> dict[int, Receipt]:
    """Writes the readings of some of the jobs into the archive; gives what the receipts of those say of them."""
    if found:
        jobs[0].archive.write({jobs[number].folder: result for number, (_, result) in found.items()})
    return {number: _receipt(jobs[number], *read) for number, read in found.items()}


def _receipt(job: Job, parsed: ParsedRows, result: ContractResult) -> Receipt:
    by = job.by
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
