"""The inbox: which files lie there, which register each fits, and the date in its name.

`<inbox>/<organisation>/<register>[_free text][_YYYY-MM-DD].<ext>` (docs/spec/interfaces.md, "In: the inbox").
Files are only listed here; nothing in the inbox is ever changed.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from assets.intake.privacy import mask_text
from assets.registers.contract import CITY, Register, plain

TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
ORGANISATION = re.compile(r"[a-z0-9-]+")
_DATE = re.compile(r"(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2}))(?!\d)")


@dataclass(frozen=True)
class InboxFile:
    """One file in the inbox. `name` is the file name as it may be shown (personal numbers masked)."""

    path: Path
    organisation: str
    name: str
    register: str | None
    dated: date | None


def organisations(inbox: Path) -> list[str]:
    """The folders that are organisations, the city's own folder not among them."""
    if not inbox.is_dir():
        return []
    names = sorted(entry.name for entry in inbox.iterdir() if entry.is_dir())
    return [name for name in names if ORGANISATION.fullmatch(name) and name != CITY]


def files(inbox: Path, registers: Mapping[str, Register]) -> Iterator[InboxFile]:
    """Every file to take in, by organisation and name.

    A file outside an organisation's folder (in the inbox itself, or in a folder whose name can't be an
    organisation's) belongs to nobody: it is listed with the city as unknown, so that somebody sees it.
    """
    if not inbox.is_dir():
        return
    for entry in sorted(inbox.iterdir()):
        if is_ignored(entry.name):
            continue
        if entry.is_file():
            yield InboxFile(entry, CITY, display_name(entry.name), None, date_in(entry.name))
        elif ORGANISATION.fullmatch(entry.name):
            for path in _files_in(entry):
                register = match_register(path.name, entry.name, registers)
                yield InboxFile(path, entry.name, display_name(path.name), register, date_in(path.name))
        else:
            for path in _files_in(entry):
                yield InboxFile(path, CITY, display_name(f"{entry.name}/{path.name}"), None, date_in(path.name))


def display_name(name: str) -> str:
    """A name as it may be told: personal numbers masked, and bytes that are no UTF-8 as replacement characters."""
    return mask_text(os.fsencode(name).decode("utf-8", errors="replace"))


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not is_ignored(path.name))


def is_ignored(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower().endswith((".part", ".tmp"))


def match_register(name: str, organisation: str, registers: Mapping[str, Register]) -> str | None:
    """The register that a file name in that folder stands for; None where it is unknown or misplaced."""
    file = PurePath(name)
    if file.suffix.lower() not in TEXT_ENDINGS | WORKBOOK_ENDINGS:
        return None
    stem = plain(file.stem)
    for register in sorted(registers.values(), key=lambda each: len(each.name), reverse=True):
        if stem == register.name or stem.startswith(register.name + "_"):
            misplaced = (register.level == "city") != (organisation == CITY)
            return None if misplaced else register.name
    return None


def date_in(name: str) -> date | None:
    """The last date in a file name, as `2023-10-31` or `20231031`; what is no calendar day is no date."""
    found = None
    for match in _DATE.finditer(mask_text(PurePath(name).stem)):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        try:
            found = date(year, month, day)
        except ValueError:
            continue
    return found
