"""Which source reads a file: by the file's own name and the folder in which it lies."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from assets.intake.refusal import Refused
from assets.intake.sources.column_mapping import compiled
from assets.intake.sources.definition import Source
from assets.intake.sources.unpack import GZIP
from assets.registers.comparable import plain
from assets.registers.contract import CITY, Register
from assets.registers.refusal_reasons import SEVERAL_SOURCES


@dataclass(frozen=True)
class Claim:
    """A source that reads a file. `sequence`: the glob that fits, whose deliveries replace each other."""

    source: Source
    sequence: str


def claimed_by(source: Source, register: Register, name: str, folder: str) -> Claim | None:
    """The claim of the first of the source's globs that fits a file's own name in that inbox folder; None where
    none does.

    Case and å, ä, ö don't matter. `name` may be `archive.zip/member`: the member's own name counts. What is packed
    by itself may be named as it is or as what it packs. A file must lie where its register's files do, unless the
    source itself says whose the rows are.
    """
    if source.folders and folder not in source.folders:
        return None
    if source.organisation is None and (register.level == "city") != (folder == CITY):
        return None
    own = plain(PurePosixPath(name).name)
    names = {own, own.removesuffix(GZIP)}
    fitting = (glob for glob in source.files if any(fnmatchcase(name, plain(glob)) for name in names))
    return next((Claim(source, glob) for glob in fitting), None)


def refuse_rivals(claims: Sequence[Claim]) -> None:
    """Raises Refused where two sources of one register claim the file. Sources of different registers may."""
    registers = [claim.source.register_name for claim in claims]
    rivals = sorted(claim.source.name for claim in claims if registers.count(claim.source.register_name) > 1)
    if rivals:
        raise Refused(SEVERAL_SOURCES.format(sources=", ".join(rivals)))


def owners(source: Source, folder: str) -> tuple[str, ...]:
    """Whose deliveries a file in that folder becomes."""
    return source.organisation.folders if source.organisation else (folder,)


def date_by(source: Source, names: Iterable[str]) -> date | None:
    """The day that the source's own pattern finds in the first of the names in which it finds one."""
    assert source.date
    pattern = compiled(unicodedata.normalize("NFC", source.date))
    for name in names:
        if match := pattern.search(unicodedata.normalize("NFC", name)):
            year, month, day = (match["year"], match["month"], match["day"])
            try:
                return date(int(year) + (2000 if len(year) <= 2 else 0), int(month), int(day))
            except (ValueError, TypeError):
                continue
    return None
