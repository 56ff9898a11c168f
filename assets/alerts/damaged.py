"""Files of the wing's own that can't be read are set aside under another name; the night goes on without them."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

ENDING = ".trasig"

logger = logging.getLogger("lagesbild.alerts")

Content = TypeVar("Content")


def read_or_set_aside(path: Path, read: Callable[[Path], Content]) -> Content | None:
    """What `read` makes of the file; None where there is none, or where its content can't be read: it is then
    renamed, so that nobody stumbles on it again and somebody may look at it. A disk that fails is no damaged file:
    its OSError is passed on."""
    try:
        return read(path)
    except FileNotFoundError:
        return None
    except (ValueError, pl.exceptions.PolarsError) as fault:
        aside = path.with_name(path.name + ENDING)
        path.replace(aside)
        logger.warning(
            "%s gick inte att läsa (%s) och är undanlagd som %s", path.name, type(fault).__name__, aside.name
        )
        return None


def damaged_files(folder: Path) -> dict[str, str]:
    """Path → what to say of it, for every file that lies set aside in the folder or below it: until it is removed."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob(f"*{ENDING}"))
    return {
        name: f"Filen {name} bland larmens egna gick inte att läsa. Den är undanlagd och används inte. "
        "Ta bort den när felet är utrett."
        for name in names
    }
