"""Files and folders that are there whole or not at all, whatever happens meanwhile, a power cut too.

What is renamed into place has reached the disk before (fsync of the file), and the renaming after (fsync of the
folder): a name never stands for half a file. What a process leaves that is killed meanwhile is a draft, known by its
name.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

_WORKERS = 8
"""Files that wait for the disk at the same time: it confirms many in the time of one."""

_DRAFT = ".tmp"
"""Ends a draft's name; a dot begins it."""


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """A path to write to, moved to `path` in one step when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = new_draft(path)
    try:
        yield draft
        replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def new_draft(path: Path) -> Path:
    """Where what is to be `path` is written first: hidden, and under a name that nobody else writes to."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}{_DRAFT}")


def drafts_in(folder: Path) -> list[Path]:
    """The drafts that lie in the folder itself; none where there is no folder."""
    try:
        with os.scandir(folder) as entries:
            return [
                Path(entry.path) for entry in entries if entry.name.startswith(".") and entry.name.endswith(_DRAFT)
            ]
    except FileNotFoundError:
        return []


def discard(draft: Path) -> None:
    """Removes a draft that no run needs any longer. Who works on for a run that is dead may be writing it still, and
    fails then: a folder is renamed before it is emptied, so that what is left of it can't pass for whole."""
    if draft.is_symlink() or not draft.is_dir():
        draft.unlink(missing_ok=True)
        return
    dead = new_draft(draft)
    with suppress(FileNotFoundError):  # its writer has just removed it
        draft.rename(dead)
        shutil.rmtree(dead, ignore_errors=True)


def replace(source: Path, target: Path) -> None:
    """The file `source` takes the place of `target` in one step, and stays there."""
    sync(source)
    source.replace(target)
    sync(target.parent)


def move_folder(source: Path, target: Path) -> None:
    """The folder `source`, with all that is in it, is moved to `target`, which isn't there yet, and stays there."""
    sync_trees([source])
    source.rename(target)
    sync(source.parent)
    sync(target.parent)


def move_folders(targets: Mapping[Path, Path]) -> None:
    """The same of folders beside their targets; one whose target another has made meanwhile stays where it is."""
    sync_trees(targets)
    for source, target in targets.items():
        try:
            source.rename(target)
        except OSError as fault:
            if fault.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
    for folder in {target.parent for target in targets.values()}:
        sync(folder)


def point(link: Path, target: Path) -> None:
    """Makes the link point at the target; whoever looks sees the old one or the new one."""
    draft = new_draft(link)
    try:
        draft.symlink_to(target)
        draft.replace(link)
    finally:
        draft.unlink(missing_ok=True)
    sync(link.parent)


def sync_trees(folders: Iterable[Path]) -> None:
    """Everything in the folders, and the folders, have reached the disk."""
    entries = [path for folder in folders for path in (*folder.rglob("*"), folder) if not path.is_symlink()]
    with ThreadPoolExecutor(_WORKERS) as pool:
        list(pool.map(sync, entries))


def sync(path: Path) -> None:
    """What the file holds, or which names the folder holds, has reached the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
