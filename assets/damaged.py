"""Files of the installation's own that can't be read are set aside under another name; the night goes on without
them, and an alert says so until somebody has removed what was set aside.

    <name>.trasig   what the file held
    <name>.saknas   an empty note: the file should be there, and is gone
"""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assets.atomic import atomic_write
from assets.disk import is_disk_fault


@dataclass(frozen=True)
class Damage:
    """Something that isn't as it was written. `what` and `mend`, what would be done about it, are Swedish; `repair`
    does it, None where only a person can."""

    what: str
    mend: str
    repair: Callable[[], object] | None = None


ENDING = ".trasig"
GONE = ".saknas"

logger = logging.getLogger("lagesbild.damaged")

Content = TypeVar("Content")


def read_or_set_aside(path: Path, read: Callable[[Path], Content]) -> Content | None:
    """What `read` makes of the file; None where there is none, or where its content can't be read: it is then
    set aside. A disk that fails is no damaged file: its fault is passed on."""
    import polars as pl

    try:
        return read(path)
    except FileNotFoundError:
        return None
    except (ValueError, pl.exceptions.PolarsError) as fault:
        if is_disk_fault(fault):
            raise
        set_aside(path, type(fault).__name__)
        return None


def set_aside(path: Path, why: str) -> Path:
    """Renames the file, so that nobody stumbles on it again and somebody may look at it. Gives its new place."""
    aside = path.with_name(path.name + ENDING)
    path.replace(aside)
    logger.warning("%s gick inte att läsa (%s) och är undanlagd som %s", path.name, why, aside.name)
    return aside


def copy_aside(path: Path, aside: Path, why: str) -> None:
    """Copies a published file, which stays as it was published, to be looked at under the name of `aside`."""
    with atomic_write(aside.with_name(aside.name + ENDING)) as draft:
        shutil.copyfile(path, draft)
    logger.warning("%s gick inte att läsa (%s); en kopia är undanlagd som %s", path.name, why, aside.name + ENDING)


def note_gone(path: Path) -> None:
    """Leaves a note that the file is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(path.name + GONE).touch(mode=0o600)
    logger.warning("%s saknas", path)


def damaged_files(data: Path, folders: tuple[str, ...]) -> dict[str, str]:
    """Path → what to say of it, for every file that is set aside or noted as gone in the folders of `data`: until
    that is removed."""
    found = {
        str(path.relative_to(data))
        for folder in folders
        for ending in (ENDING, GONE)
        for path in (data / folder).rglob(f"*{ending}")
    }
    return {name: _sentence(name) for name in sorted(found)}


def _sentence(name: str) -> str:
    if name.endswith(GONE):
        return (
            f"Filen {name.removesuffix(GONE)} bland lägesbildens egna saknas. Återställ den ur säkerhetskopian, om "
            f"den finns där, och ta sedan bort {Path(name).name}."
        )
    return (
        f"Filen {name} bland lägesbildens egna gick inte att läsa. Den är undanlagd och används inte. "
        "Ta bort den när felet är utrett."
    )
