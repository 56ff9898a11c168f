"""One folder of the history: files by their day, and SHA256SUMS: which there should be and what they hold."""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

import polars as pl

from assets.atomic import atomic_write
from assets.checksums import SUMS, Sums, is_as_written, read_sums, write_sums
from assets.damaged import ENDING, GONE, Damage, note_gone, set_aside

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:_\d{4}-\d{2}-\d{2})?\.parquet")

logger = logging.getLogger("lagesbild.warehouse")


def day_of(name: str) -> date | None:
    """The B of a file name; None where it is no file of the history."""
    found = _NAME.fullmatch(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def files_of(folder: Path) -> list[Path]:
    """The folder's files, oldest first. Any other is passed over with a word."""
    found = []
    for path in sorted(folder.glob("*")):
        if day_of(path.name):
            found.append(path)
        elif path.name != SUMS and not path.name.startswith(".") and path.suffix not in (ENDING, GONE):
            logger.warning("history/%s/%s hör inte till historiken och läses inte", folder.name, path.name)
    return found


def history_damage(folder: Path) -> Iterator[Damage]:
    """What of the folder is torn or gone. Nothing is changed."""
    try:
        sums = read_sums(folder)
    except ValueError:
        yield Damage(f"{_display_path(folder / SUMS)} går inte att läsa", "läggs undan", lambda: _sums(folder))
        return
    for name in sums:
        if not (folder / name).exists():
            mend = "noteras; återställ den ur säkerhetskopian, om den finns där"
            yield Damage(f"{_display_path(folder / name)} är borta", mend, lambda: note_missing(folder, date.max))
    for path in files_of(folder):
        if not _is_intact(path, sums):
            aside = partial(_set_aside, path, sums)
            yield Damage(f"{_display_path(path)} är inte det som skrevs", "läggs undan", aside)


def _display_path(path: Path) -> str:
    return f"history/{path.parent.name}/{path.name}"


def note_missing(folder: Path, before: date) -> None:
    """Notes each file of an earlier B that should be there and is gone."""
    sums = _sums(folder)
    missing = [name for name in sums if not (folder / name).exists() and (day_of(name) or before) < before]
    for name in missing:
        note_gone(folder / name)
    if missing:
        write_sums(folder, {name: digests for name, digests in sums.items() if name not in missing})


def intact_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Those of the files that hold what was written; the others are set aside."""
    known: dict[Path, Sums] = {}  # of each folder once: a long history has a long list
    for path in paths:
        if path.parent not in known:
            known[path.parent] = _sums(path.parent)
        if _is_intact(path, known[path.parent]):
            yield path
        else:
            _set_aside(path, known.pop(path.parent))


def _set_aside(path: Path, sums: Sums) -> None:
    set_aside(path, "innehållet är inte det som skrevs")
    write_sums(path.parent, {name: digests for name, digests in sums.items() if name != path.name})


def write_file(path: Path, rows: pl.DataFrame) -> None:
    """Writes one file in one step; the list says before that either content is right."""
    buffer = BytesIO()
    rows.write_parquet(buffer)
    content, sums = buffer.getvalue(), _sums(path.parent)
    digest = hashlib.sha256(content).hexdigest()
    known = sums.get(path.name, [])
    if known != [digest]:
        write_sums(
            path.parent, sums | {path.name: [*(earlier for earlier in known[-1:] if earlier != digest), digest]}
        )
    with atomic_write(path) as draft:
        draft.write_bytes(content)


def remove_files(folder: Path, names: Iterable[str]) -> None:
    """Removes files, from the list first, so that none of them is missed."""
    gone = set(names)
    if gone:
        write_sums(folder, {name: digests for name, digests in _sums(folder).items() if name not in gone})
    for name in gone:
        (folder / name).unlink(missing_ok=True)


def _sums(folder: Path) -> dict[str, list[str]]:
    try:
        return read_sums(folder)
    except ValueError:
        set_aside(folder / SUMS, "raderna är inga kontrollsummor")
        return {}


def _is_intact(path: Path, sums: Sums) -> bool:
    """Of a file that an earlier version wrote nothing is known but what it says itself."""
    if path.name in sums:
        return is_as_written(path, sums[path.name])
    try:
        pl.read_parquet(path.read_bytes())
    except pl.exceptions.PolarsError:
        return False
    return True
