"""The inbox: which files lie there, in whose folder, and what keeps one from being read.

docs/spec/interfaces.md, "In: the inbox". Files are only listed here; nothing in the inbox is ever changed.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from assets.intake.inbox_names import date_in, display_name, is_ignored, masked_name, match_register
from assets.registers.comparable import plain
from assets.registers.contract import CITY, Register

NOTES = "noter.csv"
"""Dated notes, in any case; no delivery (assets/intake/notes.py)."""
MAX_ORGANISATION = 200
"""Characters: files are named after an organisation, with endings of their own, and a file system takes 255."""
ORGANISATION = re.compile(rf"[a-z0-9-]{{1,{MAX_ORGANISATION}}}")
RESERVED = frozenset({"auth", "current", "drift", "nightly", "oauth2", "reviews"})
"""Names of the installation's own: of folders that are published, of places on the web server, of a group there."""

LINK = "länkar följs inte"
NO_FILE = "är ingen vanlig fil"
CLOSED_FOLDER = "mappen går inte att läsa"
UNFIT_FOLDER = "mappens namn kan inte vara en organisations"
RESERVED_FOLDER = "mappens namn är lägesbildens eget: döp om mappen"


@dataclass(frozen=True)
class InboxFile:
    """One file in the inbox. `name` is the file name as it may be shown (`display_name`). `obstacle`: why
    it is not read though it lies there, a Swedish reason; its `register` is then None, or that of the sources that
    claim it.

    `folder`: of what lies in an organisation's folder, that folder. Where a source claims it: `source` and `sequence`
    (the glob that fits), and `member`: the name of what an archive packs."""

    path: Path
    organisation: str
    name: str
    register: str | None
    dated: date | None
    obstacle: str | None = None
    folder: str = ""
    source: str | None = None
    sequence: str | None = None
    member: str | None = None


def organisations(*inboxes: Path) -> list[str]:
    """The folders that are organisations, the city's own folder not among them."""
    names: set[str] = set()
    for inbox in inboxes:
        with suppress(OSError):
            names |= {entry.name for entry in entries_of(inbox) if entry.is_dir(follow_symlinks=False)}
    return sorted(name for name in names if _can_be_organisation(name) and name != CITY)


def files(inbox: Path, registers: Mapping[str, Register], fetched: Path | None = None) -> Iterator[InboxFile]:
    """Every file to take in, of each of the two by organisation and name.

    `fetched`: what is fetched from other systems, read as the inbox is. Where both hold a file of one name, the one
    that was changed last counts, as if it had been written over the other.
    """
    of_people = list(_files(inbox, registers))
    if fetched is None:
        yield from of_people
        return
    by_place = {(file.path.parent.name, file.path.name): file for file in of_people}
    for file in _files(fetched, registers):
        place = (file.path.parent.name, file.path.name)
        if place not in by_place or _changed(file) > _changed(by_place[place]):
            by_place[place] = file
    yield from by_place.values()


def _changed(file: InboxFile) -> int:
    try:
        return file.path.lstat().st_mtime_ns
    except OSError:
        return 0  # gone between listing and looking


def _files(inbox: Path, registers: Mapping[str, Register]) -> Iterator[InboxFile]:
    """Every file of one of them, by organisation and name.

    A file in the inbox itself belongs to nobody: it is listed with the city as unknown, so that somebody sees it. So
    is what is no file or folder, a folder that can't be read, and one whose name can't be an organisation's, in one
    line for all that lies in it. Links are never followed.
    """
    try:
        entries = entries_of(inbox)
    except OSError:
        return
    for entry in entries:
        if is_ignored(entry.name):
            continue
        if not entry.is_dir(follow_symlinks=False):
            name = display_name(entry.name)
            yield InboxFile(Path(entry), CITY, name, None, date_in(entry.name), _obstacle(entry))
            continue
        organisation = entry.name if _can_be_organisation(entry.name) else None
        try:
            found = _files_in(entry)
        except OSError:
            name = display_name(entry.name)
            yield InboxFile(Path(entry), organisation or CITY, name, None, None, CLOSED_FOLDER)
            continue
        if organisation is None:
            if found:
                why = _unfit_name(entry.name, {other.name for other in entries})
                yield InboxFile(Path(entry), CITY, display_name(entry.name), None, None, why)
            continue
        for file in found:
            if file.name.casefold() == NOTES:
                continue
            obstacle, dated = _obstacle(file), date_in(file.name)
            register = None if obstacle else match_register(file.name, organisation, registers)
            yield InboxFile(
                Path(file), organisation, display_name(file.name), register, dated, obstacle, folder=entry.name
            )


def _unfit_name(folder: str, others: Set[str]) -> str:
    """Why no organisation has the folder's name, and which name to use. `others`: the names beside it."""
    if folder in RESERVED:
        return RESERVED_FOLDER
    name = "-".join(re.findall(r"[a-z0-9]+", plain(masked_name(folder))))
    if len(name) > MAX_ORGANISATION:
        return f"{UNFIT_FOLDER}: döp om mappen, med högst {MAX_ORGANISATION} tecken"
    if not _can_be_organisation(name):
        return f"{UNFIT_FOLDER}: döp om mappen, med bara a–z, 0–9 och -"
    return f"{UNFIT_FOLDER}: " + (f"flytta filerna till {name}" if name in others else f"döp om mappen till {name}")


def open_file(path: Path, folder: Path) -> BinaryIO:
    """A regular file in the folder, opened to be read. Raises OSError where it is none, or a link leads to it from
    elsewhere; waits for nobody."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        real = os.path.realpath(path)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode) or not Path(real).is_relative_to(os.path.realpath(folder)):
            raise OSError(errno.EINVAL, "no regular file of this folder")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def entries_of(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name. Raises OSError."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _files_in(folder: os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """What lies in a folder and is no folder itself."""
    return [
        entry
        for entry in entries_of(folder)
        if not entry.is_dir(follow_symlinks=False) and not is_ignored(entry.name)
    ]


def obstacle(path: Path) -> str | None:
    """Why a file that lies somewhere isn't read, as a Swedish reason; None where it is a regular one."""
    mode = path.lstat().st_mode
    return LINK if stat.S_ISLNK(mode) else None if stat.S_ISREG(mode) else NO_FILE


def _obstacle(entry: os.DirEntry[str]) -> str | None:
    if entry.is_symlink():
        return LINK
    return None if entry.is_file(follow_symlinks=False) else NO_FILE


def _can_be_organisation(name: str) -> bool:
    return ORGANISATION.fullmatch(name) is not None and name not in RESERVED
