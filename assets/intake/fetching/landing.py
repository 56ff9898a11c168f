"""A fetched file lands whole or not at all: written beside its place as `.part`, synced, renamed."""

import os
import re
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from assets.atomic import replace
from assets.intake.fetching.fault import CHANGED, TOO_BIG, WRONG_SIZE, FetchFault, as_fetch_fault
from assets.intake.fetching.remote import Remote, RemoteFile

MAX_NAME = 255
"""Bytes of a name, as file systems take it."""

_SEPARATORS = re.compile(r"[/\\:\x00-\x1f\x7f]")


def clean_name(name: str) -> str:
    """The name as a file of one folder: what separates folders, or can't be typed, as `_`. Raises FetchFault where it
    is too long."""
    cleaned = _SEPARATORS.sub("_", name).strip()
    if cleaned in ("", ".", ".."):
        raise FetchFault("en fil där saknar namn")
    if len(os.fsencode(cleaned)) > MAX_NAME:
        raise FetchFault("en fils namn är för långt")
    return cleaned


def land_file(remote: Remote, file: RemoteFile, target: Path, draft: Path, most: int) -> int:
    """The file at another system takes the place of `target`; gives its size. Its modification time goes with it,
    which tells deliveries of one day apart. `draft`: where it is written first, on the same disk. `most`: bytes.
    Raises FetchFault, and then nothing is changed."""
    if file.size is not None and file.size > most:
        raise FetchFault(TOO_BIG)
    return _write(_checked(remote, file, most), target, draft, file.modified)


def land_text(parts: Generator[bytes, None, None], target: Path, draft: Path, most: int) -> int:
    """What is made of records takes the place of `target`; gives its size. Raises FetchFault."""
    return _write(_limited(parts, most), target, draft, None)


def _checked(remote: Remote, file: RemoteFile, most: int) -> Generator[bytes, None, None]:
    """The file's bytes; ends well only where it was the same file all the time, and as large as was said."""
    size = 0
    with as_fetch_fault():
        with remote.chunks(file) as chunks:
            for chunk in _limited(chunks, most):
                size += len(chunk)
                if file.size is not None and size > file.size:
                    break  # it may grow for as long as it is read
                yield chunk
        now = remote.now(file)
    if (now.size, now.mark) != (file.size, file.mark):
        raise FetchFault(CHANGED, again=True)
    if file.size not in (None, size):
        raise FetchFault(WRONG_SIZE, again=True)


def _limited(parts: Generator[bytes, None, None], most: int) -> Generator[bytes]:
    """The parts, as long as they are not too much. What goes wrong where they are used doesn't come this way."""
    size = 0
    with as_fetch_fault(), closing(parts):
        for part in parts:
            size += len(part)
            if size > most:
                raise FetchFault(TOO_BIG)
            yield part


def _write(parts: Generator[bytes, None, None], target: Path, draft: Path, modified: float | None) -> int:
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        with draft.open("wb") as file, closing(parts):
            for part in parts:
                file.write(part)
            size = file.tell()
        if modified is not None:
            _set_time(draft, target, size, modified)
        replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return size


def _set_time(draft: Path, target: Path, size: int, modified: float) -> None:
    """The other system's time, but no later than now. Content that is new under an old size and time would be taken
    for the old: it keeps the time at which it came."""
    stat = target.stat() if target.exists() else None
    at = min(int(modified * 1e9), time.time_ns())
    if stat is None or (stat.st_size, stat.st_mtime_ns) != (size, at):
        os.utime(draft, ns=(at, at))
