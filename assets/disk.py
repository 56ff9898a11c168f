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
_RAISED_AS = {
    "ComputeError", "FatalException", "IOException", "OSError", "OperationalError", "OutOfMemoryException",
    "TransactionException",
}  # fmt: skip
"""The classes in which Polars, DuckDB and SQLite raise what a disk answered, which stands in their words alone."""

_WORDS = {
    "database or disk is full": errno.ENOSPC,
    "disk I/O error": errno.EIO,
    "Invalid thrift: transport error": errno.EIO,  # Polars, of a footer that it can't write
    **{os.strerror(number): number for number in _WHAT},
    **{f"(os error {number})": number for number in _WHAT},
}


def is_disk_fault(fault: BaseException) -> bool:
    """Whether the machine failed: its disk is full or fails, or it has no files left to open."""
    return _number(fault) is not None


def disk_fault(fault: BaseException) -> str:
    """What failed, as the beginning of a Swedish sentence; empty where it is no such fault."""
    return _WHAT.get(_number(fault) or 0, "")


def raise_disk_fault(fault: BaseException) -> None:
    """Raises what the disk answered, and nothing of the library's own message, where it is such a fault.

    To be called wherever an error is about to become a message of ours, which would hide whose fault it was.
    """
    if answer := disk_answer(fault):
        raise answer from None


def raise_disk_words(class_name: str, message: str) -> None:
    """Raises the same for an error of which a library has kept only the class and the message."""
    if (number := _in_words(class_name, message)) is not None:
        raise _answer(number) from None


def disk_answer(fault: BaseException) -> OSError | None:
    """What the disk answered, without the library's own message, which may quote data; None for any other fault."""
    number = _number(fault)
    return None if number is None else _answer(number)


def _answer(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def _number(fault: BaseException) -> int | None:
    for error in causes(fault):
        if isinstance(error, OSError) and error.errno is not None:
            if error.errno in _WHAT:
                return error.errno
        elif (number := _in_words(type(error).__name__, str(error))) is not None:
            return number
    return None


def _in_words(class_name: str, message: str) -> int | None:
    if class_name not in _RAISED_AS:
        return None
    return next((number for words, number in _WORDS.items() if words in message), None)


def causes(fault: BaseException | None) -> Iterator[BaseException]:
    """The fault and what it was raised from, or while handling."""
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__
