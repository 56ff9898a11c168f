"""Where a column of a contract comes from, in a source file (docs/spec/sources.md, A source file)."""

import re
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from assets.intake.sources.model import Frozen, Texts

EPOCH_FORMATS = ("epoch_s", "epoch_ms")
"""Formats that are counts since 1970-01-01 UTC, so that no other zone can be theirs."""
DIRECTIVES = frozenset("YymdeBbAaHIMSpfzjTDFR%")
"""What may stand after % in a format. %Z is none of them: names of zones are nobody's standard."""


class ColumnMapping(Frozen):
    """Where a contract column comes from: one of `from`, `file`, `constant`, `hash`.

    `extract` gives the first group of the cell that it fits; other cells go on as they stand. `format` lists strptime
    formats, tried in order, with `zone` for what they read. `lookup` names the `register.Column` whose row is meant.
    """

    source: str | None = Field(default=None, alias="from")
    file: str | None = None
    constant: str | None = None
    hash: tuple[str, ...] = ()
    extract: str | None = None
    format: Texts = ()
    zone: str | None = None
    lookup: str | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the source that the column is made of."""
        return ((self.source,) if self.source is not None else ()) + self.hash

    @field_validator("file", "extract")
    @classmethod
    def _is_pattern_with_a_group(cls, pattern: str | None) -> str | None:
        if pattern is not None and compiled(pattern).groups < 1:
            raise ValueError("mönstret behöver en grupp inom parentes, den del som ska användas")
        return pattern

    @field_validator("format")
    @classmethod
    def _are_formats(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in formats:
            if pattern in EPOCH_FORMATS:
                continue
            unknown = [found for found in re.findall(r"%(.?)", pattern) if found not in DIRECTIVES]
            if unknown:
                raise ValueError(f"%{unknown[0]} går inte att använda i ett format")
            if "%" not in pattern:
                raise ValueError(
                    f"{pattern or 'en tom text'} är inget format: det består av delar som %Y, %m och %d, "
                    f"eller är {' eller '.join(EPOCH_FORMATS)}"
                )
        return formats

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, zone: str | None) -> str | None:
        try:
            if zone is not None:
                ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
            raise ValueError(f"tidszonen {zone} finns inte: ange en som UTC eller Europe/Stockholm") from fault
        return zone

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ways = [self.source is not None, self.file is not None, self.constant is not None, bool(self.hash)]
        if sum(ways) != 1:
            raise ValueError("ange en av from, file, constant och hash")
        if "" in self.headings:
            raise ValueError("en rubrik är tom")
        if self.extract and self.source is None:
            raise ValueError("extract hör ihop med from")
        if self.zone and not self.format:
            raise ValueError("zone hör ihop med format")
        if self.zone not in (None, "UTC") and set(self.format) & set(EPOCH_FORMATS):
            raise ValueError("epoch_s och epoch_ms är alltid UTC")
        return self


def as_mapping(value: object) -> object:
    return {"from": value} if isinstance(value, str) else value


def compiled(pattern: str) -> re.Pattern[str]:
    """The expression. Raises ValueError with a Swedish reason."""
    try:
        # TOML files use the (?<name>…) of other languages; Python wants a P
        return re.compile(re.sub(r"\(\?<(?=[A-Za-z_])", "(?P<", pattern))
    except re.error as fault:
        place = "" if fault.pos is None else f" från tecken {fault.pos + 1 - pattern[: fault.pos].count('(?<')}"
        raise ValueError(f"mönstret går inte att läsa{place}: se över parenteser, hakar och \\") from fault
