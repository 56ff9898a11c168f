"""A delivery that is to be read, and what its receipt says when it has been."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assets.intake.archive import Archive, reading_of
from assets.intake.contract_result import ContractResult
from assets.intake.limited_reading import TOO_MUCH
from assets.intake.near_headings import NearHeading
from assets.intake.privacy import masked
from assets.intake.receipt_fields import MADE_BY_READING, Receipt
from assets.intake.rows import ParsedRows
from assets.intake.sources.load import lookups
from assets.intake.sources.read_source import SourceDelivery
from assets.limits import LimitExceeded
from assets.registers.contract import Register

TOGETHER_BYTES = 1_000_000
"""A file of more than this is read on alone: there the rows are what costs."""


@dataclass(frozen=True)
class Job:
    """Its receipt, where its bytes are and its reading goes, its contract, and its source."""

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
    def goes_alone(self) -> bool:
        return self.by is not None or self.receipt["size"] > TOGETHER_BYTES


def read_receipt(job: Job, parsed: ParsedRows, result: ContractResult) -> Receipt:
    """What a receipt says of a file that was read."""
    by = job.by
    return _nothing(job) | {
        "read": result.read,
        "loaded": result.valid.height,
        "quarantined": result.quarantined.height,
        "duplicates": result.duplicates,
        "dropped_cells": result.dropped_cells,
        "notes": parsed.notes,
        "dropped_characters": parsed.dropped_characters,
        "unknown": [masked(heading) for heading in parsed.unknown],
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


def refused_receipt(job: Job, reason: str, near: Sequence[NearHeading] = ()) -> Receipt:
    """What a receipt says of a file that is refused. `near`: what it has in place of the headings that it lacks."""
    return _nothing(job) | {"refusal": reason, "near_headings": [asdict(heading) for heading in near]}


def too_much(job: Job, fault: LimitExceeded) -> Receipt:
    """What a receipt says of a file that needs more than the limits to be read, or ends the process that reads it."""
    return _nothing(job) | {"refusal": TOO_MUCH[fault.limit]}


def _nothing(job: Job) -> Receipt:
    mapping = job.by.source.version if job.by else None
    return dict.fromkeys(MADE_BY_READING) | {"reading": job.reading, "mapping": mapping}
