"""Disks that are full or failing: a fault of the machine's, which is nobody's file or delivery and fails the run."""

import errno
import os
from collections.abc import Iterator

_WHAT = {
    errno.ENOSPC: "Disken är full",
    errno.EDQUOT: "Diskkvoten är slut",
    errno.EIO: "Disken svarar med fel eller är full",  # SQLite says so of a full one too
    errno.EROFS: "Filsystemet är skrivskyddat",
    errno.EMFILE: "Processen får inte öppna fler filer",
    errno.ENFILE: "Datorn kan inte öppna fler filer",
}
_SAID_BY = {"ComputeError", "IOException", "OSError", "FatalException", "OperationalError"}
"""The classes in which Polars, DuckDB and SQLite raise what a disk answered, which stands in their words alone."""

_WORDS = {
    "database or disk is full": errno.ENOSPC,
    "disk I/O error": errno.EIO,
    **{os.strerror(number): number for number in _WHAT},
    **{f"(os error {number})": number for number in _WHAT},
}


def is_disk_fault(fault: BaseException) -> bool:
    """Whether the machine failed: its disk is full or fails, or it has no files left to open."""
    return _number(fault) is not None


def disk_fault(fault: BaseException) -> str:
    """What failed, as the beginning of a Swedish sentence; empty where it is no such fault."""
    return _WHAT.get(_number(fault) or 0, "")


def _number(fault: BaseException) -> int | None:
    for each in _chain(fault):
        if isinstance(each, OSError) and each.errno is not None:
            if each.errno in _WHAT:
                return each.errno
        elif type(each).__name__ in _SAID_BY:
            said = str(each)
            if found := [number for words, number in _WORDS.items() if words in said]:
                return found[0]
    return None


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    """The fault and what it was raised from, or while handling."""
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__
