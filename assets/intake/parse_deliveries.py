"""Deliveries from their raw bytes into the archive: what one process reads at a time.

Small ones of a register are read on together, since most of what that costs is by the expression and not by the row:
those that are laid out alike until each has its register's rows, then those that have the same columns. Each becomes
what it would have become alone.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from assets.intake.apply_contract import apply_contract, apply_together
from assets.intake.contract_result import ContractResult
from assets.intake.near_headings import near_headings
from assets.intake.read_delivery import read_delivery, read_sheet, refusing
from assets.intake.reading import Sheet
from assets.intake.reading_job import Job, read_receipt, refused_receipt
from assets.intake.receipt_fields import Receipt
from assets.intake.refusal import Refused
from assets.intake.rows import ParsedRows
from assets.intake.select_rows import select_together
from assets.registers.contract import Register

Read = tuple[ParsedRows, ContractResult]
Part = TypeVar("Part", Sheet, ParsedRows)
Outcome = TypeVar("Outcome", ParsedRows, ContractResult)


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
    parsed: dict[int, ParsedRows] = {}
    for numbers in _alike(jobs, sheets, lambda sheet: sheet.layout):
        parts = [sheets.pop(number) for number in numbers]
        selected = _selected(parts, jobs[numbers[0]].register)
        for number, rows in zip(numbers, selected, strict=True):
            if isinstance(rows, Refused):
                receipts[number] = refused_receipt(jobs[number], str(rows))
            else:
                parsed[number] = rows
    for numbers in _alike(jobs, parsed, lambda rows: frozenset(rows.cells.columns)):
        own = [parsed.pop(number) for number in numbers]
        results = _held_against(jobs[numbers[0]], own)
        receipts |= _kept(jobs, dict(zip(numbers, map(_read, own, results), strict=True)))
    return [receipts[number] for number in range(len(jobs))]


def _read_alone(job: Job, path: Path) -> Read:
    return read_delivery(path, job.receipt["ending"], job.register, job.archive.lookup_key, job.by)


def _alike(jobs: Sequence[Job], parts: Mapping[int, Part], likeness: Callable[[Part], Hashable]) -> list[list[int]]:
    """Which deliveries can be read on together: those of one register that are alike."""
    alike: dict[tuple[str, Hashable], list[int]] = {}
    for number, part in parts.items():
        alike.setdefault((jobs[number].register.name, likeness(part)), []).append(number)
    return list(alike.values())


def _selected(sheets: Sequence[Sheet], register: Register) -> list[ParsedRows | Refused]:
    """The register's rows of sheets that are laid out alike."""
    return _together_or_alone(sheets, register, lambda some: select_together(some, register))


def _held_against(job: Job, parsed: Sequence[ParsedRows]) -> list[ContractResult | Refused]:
    """What becomes of rows with the same columns, under the contract of the job."""
    register, key = job.register, job.archive.lookup_key

    def hold(some: Sequence[ParsedRows]) -> Sequence[ContractResult | Refused]:
        if len(some) > 1:
            return apply_together(register, some, key)
        return [apply_contract(register, some[0].cells, some[0].broken, key)]

    return _together_or_alone(parsed, register, hold)


def _together_or_alone(
    parts: Sequence[Part], register: Register, make: Callable[[Sequence[Part]], Sequence[Outcome | Refused]]
) -> list[Outcome | Refused]:
    """What is made of each part: of all at once, and where that fails of one at a time, so that only the one that is
    to blame is refused."""
    if len(parts) > 1:
        with suppress(Refused), refusing(register):
            return list(make(parts))
    return [_alone(part, register, make) for part in parts]


def _alone(
    part: Part, register: Register, make: Callable[[Sequence[Part]], Sequence[Outcome | Refused]]
) -> Outcome | Refused:
    try:
        with refusing(register):
            return make([part])[0]
    except Refused as refused:
        return refused


def _read(rows: ParsedRows, result: ContractResult | Refused) -> Read | Refused:
    return result if isinstance(result, Refused) else (rows, result)


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
