"""What the name of a file in the inbox says: its register, the date of its rows, and how the name may be shown.

`<register>[_free text][_YYYY-MM-DD].<ext>` (docs/spec/interfaces.md, "In: the inbox").
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from unicodedata import category

from assets.email_addresses import EMAIL_MASK, addresses_in
from assets.file_names import UNSEEN, printable
from assets.intake.privacy import with_masks
from assets.personal_numbers import MASK, mask_name, numbers_in_name
from assets.registers.comparable import plain
from assets.registers.contract import CITY, Register
from assets.registers.decision_form import REGISTER as DECISIONS

TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
DOCUMENT_ENDING = ".docx"
"""A signed review, which is a delivery of the decisions alone."""
_HIDING = UNSEEN | {"Cs"}
"""Unicode's categories of what no name shows as itself; of bytes that are no UTF-8 (Cs) it shows a replacement."""
_DATE = re.compile(
    r"(?<!\d)(?:(?P<iso>\d{4}-\d{2}-\d{2}|\d{8})|(?<!\d\.)(?P<dotted>\d{1,2}\.\d{1,2}\.\d{4}))(?!\d)(?!\.\d)"
)
_LEADING_DATE = re.compile(rf"^{_DATE.pattern}[\s_-]+", re.VERBOSE)
_COPY = re.compile(r"(?:\s*\(\d+\))+$")
"""What a browser puts after the name of a file that it has fetched before: ` (1)`."""


def display_name(name: str) -> str:
    """A name as it may be shown: personal numbers and e-mail addresses masked, what can't be seen escaped."""
    ending = PurePath(name).suffix
    if ending.lower() not in TEXT_ENDINGS | WORKBOOK_ENDINGS:  # of "anna@exempel.se" it is part of the address
        ending = ""
    stem = name.removesuffix(ending)
    # masked before it is escaped: of an escape's own signs nobody can tell that they hide a number
    return printable(masked_name(stem)) + ending


def masked_name(name: str) -> str:
    """A name without personal numbers and e-mail addresses, whatever stands in them that can't be seen."""
    searched = "".join("\u200b" if category(char) in _HIDING else char for char in name)
    return with_masks(name, numbers_in_name(searched), addresses_in(searched))


def is_masked(name: str) -> bool:
    """Whether names that differ are shown as this one."""
    return MASK in name or EMAIL_MASK in name


def is_ignored(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower().endswith((".part", ".tmp"))


def match_register(name: str, organisation: str, registers: Mapping[str, Register]) -> str | None:
    """The register that a file name in that folder stands for; None where it is unknown or misplaced."""
    file = PurePath(name)
    ending = file.suffix.lower()
    if ending not in TEXT_ENDINGS | WORKBOOK_ENDINGS | {DOCUMENT_ENDING}:
        return None
    stem = register_stem(file.stem)
    for register in sorted(registers.values(), key=lambda register: len(register.name), reverse=True):
        if stem == register.name or stem.startswith(register.name + "_"):
            misplaced = (register.level == "city") != (organisation == CITY)
            misplaced |= ending == DOCUMENT_ENDING and register.name != DECISIONS
            return None if misplaced else register.name
    return None


def register_stem(stem: str) -> str:
    """A file's name in the form in which registers are looked for at its beginning: without a date in front and a
    copy's number behind, and with `_` for blanks."""
    bare = _COPY.sub("", stem.strip())
    return re.sub(r"\s+", "_", plain(_LEADING_DATE.sub("", bare)))


def date_in(name: str) -> date | None:
    """The last date in a file name, as `2023-10-31`, `20231031` or `31.10.2023`; what is no calendar day is none."""
    found = None
    for match in _DATE.finditer(mask_name(PurePath(name).stem)):
        digits = match["iso"].replace("-", "") if match["iso"] else _from_dotted(match["dotted"])
        try:
            found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            continue
    return found


def _from_dotted(text: str) -> str:
    day, month, year = text.split(".")
    return f"{year}{month:0>2}{day:0>2}"
