"""SHA256SUMS: what the files of a folder held when they were written, in the format that `sha256sum -c` reads.

A file may have two lines: the list is written before the file is replaced, so that a run that is killed between
leaves one that is known.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from assets.atomic import atomic_write

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")

Sums = Mapping[str, Collection[str]]
"""Name in the folder → the checksums that the file may have."""


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file's bytes, as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sums(folder: Path) -> dict[str, list[str]]:
    """The list of the folder; empty where there is none. Raises ValueError where it is damaged."""
    sums: dict[str, list[str]] = {}
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(f"{SUMS} line {number} is no checksum")
        sums.setdefault(found[2], []).append(found[1])
    if not text.endswith("\n"):
        raise ValueError(f"{SUMS} is cut")
    return sums


def write_sums(folder: Path, sums: Sums) -> None:
    """Writes the list of the folder in one step; an empty one is none."""
    if not sums:
        (folder / SUMS).unlink(missing_ok=True)
        return
    with atomic_write(folder / SUMS) as draft:
        draft.write_text(as_text(sums), encoding="utf-8")


def as_text(sums: Sums) -> str:
    """The list as it is written."""
    return "".join(f"{digest}  {name}\n" for name, digests in sorted(sums.items()) for digest in digests)


def is_as_written(path: Path, digests: Collection[str]) -> bool:
    """Whether the file is there and holds what it was written with."""
    try:
        return sha256_of(path) in digests
    except FileNotFoundError:
        return False
