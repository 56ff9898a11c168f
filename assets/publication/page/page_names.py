"""What the pages of systems and records of processing are called: after the id, in a name that every file system, any
case and any web server takes."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

Object = tuple[str, str]
"""What a page is about: its kind (`system` or `behandling`) and its id."""

FOLDER = "system"
_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,58}[A-Za-z0-9])?")
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_TAKEN = {"index", "con", "prn", "aux", "nul", *_PORTS}
"""The list of all pages, and what Windows keeps for itself."""


def page_names(objects: Iterable[Object]) -> dict[Object, str]:
    """Object → the name of its file: its id where that can be one and no other object's is the same in any case, else
    what can be kept of it and a part of its hash. A name hangs on nothing else, so that links last."""
    found = list(dict.fromkeys(objects))
    folded = Counter(ident.casefold() for _, ident in found)
    return {subject: f"{_stem(subject, is_alone=folded[subject[1].casefold()] == 1)}.html" for subject in found}


def _stem(subject: Object, *, is_alone: bool) -> str:
    kind, ident = subject
    if is_alone and _SAFE.fullmatch(ident) and ident.casefold() not in _TAKEN:
        return ident
    kept = re.sub(r"[^A-Za-z0-9]+", "-", ident).strip("-")[:40] or kind
    return f"{kept}-{hashlib.sha256(f'{kind}/{ident}'.encode()).hexdigest()[:8]}"


def links_by_id(names: Mapping[Object, str]) -> dict[str, str]:
    """Id → the way to its page from the organisation's folder, of the ids that only one object has."""
    counts = Counter(ident for _, ident in names)
    return {ident: f"{FOLDER}/{name}" for (_, ident), name in names.items() if counts[ident] == 1}
