"""A file read as the night would and kept nowhere: what `lagesbild check` tells of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from assets.intake.contract_result import ContractResult
from assets.intake.limited_reading import TOO_MUCH
from assets.intake.lookup_key import LookupKey
from assets.intake.near_headings import near_headings
from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from assets.intake.rows import ParsedRows
from assets.intake.sources.read_source import SourceDelivery, read_source
from assets.limits import LimitExceeded, run_limited
from assets.registers.contract import Register
from assets.settings import Limits


@dataclass(frozen=True)
class RefusedReading:
    """Why the file would be refused. `near`: as marts.deliveries.near_headings has it."""

    reason: str
    near: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class TrialReading:
    """The rows of the file and what its contract makes of them. `own`: the file's own texts, of columns whose words
    a source's mapping has made others of; empty where they were not asked for."""

    parsed: ParsedRows
    result: ContractResult
    own: pl.DataFrame


def try_reading(
    path: Path, ending: str, register: Register, by: SourceDelivery | None, limits: Limits, *, words: bool
) -> TrialReading | RefusedReading:
    """What the night would make of the file, within the limits of a night. `words`: whether the file's own texts are
    wanted. `by`: the source that reads it, where one does."""
    try:
        return run_limited(
            _read, path.absolute(), ending, register, by, words, memory=limits.memory, seconds=limits.seconds
        )
    except LimitExceeded as fault:
        return RefusedReading(TOO_MUCH[fault.limit])


def _read(
    path: Path, ending: str, register: Register, by: SourceDelivery | None, words: bool
) -> TrialReading | RefusedReading:
    lookup_key = LookupKey()
    try:
        parsed, result = read_delivery(path, ending, register, lookup_key, by)
        own = read_source(path, ending, by, register, lookup_key).own.texts if by and words else pl.DataFrame()
    except Refused as refused:
        near = near_headings(refused, path, ending, register, by.source if by else None)
        return RefusedReading(str(refused), [asdict(heading) for heading in near])
    return TrialReading(parsed, result, own)
