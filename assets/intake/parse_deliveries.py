"""Deliveries from their raw bytes into the archive: what one process reads at a time.

Small ones of a register that are laid out alike are read on together once their records are told apart, since most of
what that costs is by the expression and not by the row; each becomes what it would have become alone.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from assets.intake.apply_contract import apply_together
from assets.intake.contract_result import ContractResult
from assets.intake.lookup_key import LookupKey
from assets.intake.near_headings import near_headings
from assets.intake.read_delivery import read_delivery, read_rows, read_sheet, refusing
from assets.intake.reading import Sheet
from assets.intake.reading_job import Job, read_receipt, refused_receipt
from assets.intake.receipt_fields import Receipt
from assets.intake.refusal import Refused
from assets.intake.rows import ParsedRows
from assets.intake.select_rows import select_together
from assets.registers.contract import Register

Read = tuple[ParsedRows, ContractResult]


def parse_deliveries(jobs: Sequence[Job]) -> list[Receipt]:
    """Reads deliveries into the archive; gives what the receipt of each says of it, in the jobs' order."""
    receipts: dict[int, Receipt] = {}
    sheets: dict[int, Sheet] = {}
    for number, job in enumerate(jobs):
        with job.archive.open_bytes(job.receipt["sha256"]) as path:
            try:
                if job.goes_alone:
                    receipts |= _kept(jobs, {number: _read_alone(job, path)})
                else:
                    sheets[number] = read_sheet(path, job.receipt["ending"], job.register)
            except Refused as refused:
                source = job.by.source if job.by else None
                near = near_headings(refused, path, job.receipt["ending"], job.register, source)
                receipts[number] = refused_receipt(job, str(refused), near)
    for numbers in _alike(jobs, sheets):
        job = jobs[numbers[0]]
        found = _read_together([sheets.pop(number) for number in numbers], job.register, job.archive.lookup_key)
        receipts |= _kept(jobs, dict(zip(numbers, found, strict=True)))
    return [receipts[number] for number in range(len(jobs))]


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
            parsed = [outcome for outcome in selected if not isinstance(outcome, Refused)]
            results = iter(apply_together(register, parsed, lookup_key) if parsed else [])
            return [outcome if isinstance(outcome, Refused) else (outcome, next(results)) for outcome in selected]
    return [_read_sheet_alone(sheet, register, lookup_key) for sheet in sheets]


def _read_sheet_alone(sheet: Sheet, register: Register, lookup_key: LookupKey) -> Read | Refused:
    try:
        return read_rows(sheet, register, lookup_key)
    except Refused as refused:
        return refused


def _kept(jobs: Sequence[Job], found: Mapping[int, Read | Refused]) -> dict[int, Receipt]:
    """Writes the readings of some of the jobs into the archive; gives what the receipts of those say of them."""
    read = {jobs[number].folder: outcome[1] for number, outcome in found.items() if not isinstance(outcome, Refused)}
    if read:
        jobs[0].archive.write(read)
    return {
        number: refused_receipt(jobs[number], str(outcome))
        if isinstance(outcome, Refused)
        else read_receipt(jobs[number], *outcome)
        for number, outcome in found.items()
    }
