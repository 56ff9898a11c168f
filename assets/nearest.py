"""The name that a misspelt one may stand for."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.utils import default_process

_ALIKE = 60
"""How alike, of 100, a name must be to be offered in place of an unknown one."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The most alike of the names; None where none is near."""
    found = process.extractOne(name, list(names), processor=default_process, score_cutoff=_ALIKE)
    return found[0] if found else None


def or_nearest(name: str, names: Iterable[str]) -> str:
    """` (menar du X?)` with the most alike of the names; nothing where none is near."""
    found = nearest(name, names)
    return f" (menar du {found}?)" if found else ""
