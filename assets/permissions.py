"""Who may read what the pipeline writes: its owner alone, but for what is published (docs/spec/interfaces.md, Start).

What is made while `owner_only` lasts has mode 0700 or 0600, whoever makes it: this code, DuckDB, SQLite or Dagster.
What is published is opened to the readers' group by `share`, when it is whole and before it is shown.
"""

import grp
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

CLOSED = (
    "alerts", "archive", "dagster", "fetched", "history", "keys", "lock", "logs", "runs", "validation", "warehouse",
)  # fmt: skip
"""What an installation makes in its data folder for its owner alone; other things there are people's own."""

FOR_MONITORS = ("status.json", "heartbeat.json")
"""Files of the data folder for any monitor in the readers' group; there are no ids in them."""

_OWNER, _GROUP = (0o700, 0o600), (0o750, 0o640)
"""Modes of a folder and of a file."""


@contextmanager
def owner_only() -> Iterator[None]:
    """While it lasts nobody but the owner may read what the process makes anew. May be nested."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def close_data(data: Path) -> None:
    """Takes from everybody else what an earlier version left open to them in the data folder. A folder that is closed
    at its top has been closed all through, and costs one look."""
    for path in (data / name for name in CLOSED):
        if path.is_symlink() or not path.exists():
            continue
        if path.is_file():
            _set(path, _OWNER, None)
        elif _mode(path) != _OWNER[0]:
            for below in _tree(path):
                _set(below, _OWNER, None)


def share(folder: Path, group: str | None) -> None:
    """Opens a folder and all in it to the group; where none is named, to the one that it has."""
    number = grp.getgrnam(group).gr_gid if group else None
    for path in _tree(folder):
        _set(path, _GROUP, number)


def share_once(folder: Path, group: str | None) -> None:
    """The same where the folder itself isn't the group's yet: what an earlier version left open to all, or another
    group was given."""
    known = folder.stat()
    if _mode(folder) != _GROUP[0] or (group and known.st_gid != grp.getgrnam(group).gr_gid):
        share(folder, group)


def share_way(data: Path, published: Iterable[Path], group: str | None) -> None:
    """Opens the data folder and what lies above each of the shown folders in it, and the files for monitors."""
    number = grp.getgrnam(group).gr_gid if group else None
    way = {parent for folder in published for parent in folder.parents if parent.is_relative_to(data)}
    files = (data / name for name in FOR_MONITORS)
    for path in (*sorted({data, *way}), *(file for file in files if file.exists())):
        if path != data or path.stat().st_uid == os.geteuid():  # another's data folder is as its owner wants it
            _set(path, _GROUP, number)


def _tree(folder: Path) -> Iterator[Path]:
    """The folder last, so that a change that was broken off is taken up again; links lead elsewhere."""
    for top, _, names in os.walk(folder, topdown=False):
        yield from (path for name in names if not (path := Path(top, name)).is_symlink())
        yield Path(top)


def _set(path: Path, modes: tuple[int, int], group: int | None) -> None:
    known = path.stat()
    mode = modes[0] if stat.S_ISDIR(known.st_mode) else modes[1]
    if group is not None and known.st_gid != group:
        os.chown(path, -1, group)
    if stat.S_IMODE(known.st_mode) != mode:
        path.chmod(mode)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
