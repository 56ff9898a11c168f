"""The name of a unit's files: safe on every file system, and never another unit's."""

import hashlib
import re
import unicodedata

FOLDER = "enheter"
"""Where the units' files lie, in the organisation's folder."""

_PLAIN = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}")
_RESERVED = re.compile(r"CON|PRN|AUX|NUL|(COM|LPT)\d")
"""Names that Windows keeps for itself."""
_MASKED = re.compile(r"\[(visas inte|personnummer|e-post)\]")


def has_files(unit: str) -> bool:
    """Whether the unit can have files of its own: not where its code is masked, and may stand for several."""
    return not _MASKED.search(unit)


def file_name(unit: str) -> str:
    """The stem of the unit's files. It depends on the code alone, so that it is the same from night to night.

    A code of capitals, digits, `-` and `_` is its own name. Any other gets what can be kept of it and a digest of the
    whole, so that codes that differ in case or in what can't be kept don't meet, also where case isn't told apart.
    """
    if _PLAIN.fullmatch(unit) and not _RESERVED.fullmatch(unit):
        return unit
    letters = unicodedata.normalize("NFKD", unit).encode("ascii", "ignore").decode().lower()
    kept = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-")
    digest = hashlib.sha256(unit.encode()).hexdigest()[:10]
    return f"{kept}-{digest}" if kept else digest
