"""The data folder is tried before any work: what is in a run's way there is said in one sentence."""

import os
import secrets
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from assets.atomic import sync
from assets.disk import disk_fault
from assets.publication.manifest import MANIFEST
from assets.refusal import RunRefused
from assets.settings import Settings

_PATTERN_SIGNS = "*?["
"""What DuckDB reads as a pattern in a path, with no way to say that it is none."""


class UnusableDataFolder(RunRefused):
    """The data folder can't hold what a run makes."""


def require_data_folder(settings: Settings) -> None:
    """Raises UnusableDataFolder where files can't be written, renamed and locked in the data folder, where it can't
    hold a link though links are what switches, or where `current` is a folder of its own."""
    data = settings.data
    if found := next((sign for sign in _PATTERN_SIGNS if sign in str(data)), None):
        raise UnusableDataFolder(
            f"Datamappen {data} kan inte ha {found} i sin sökväg: frågorna skulle också läsa andra mappar. Döp om "
            "mappen, eller peka LAGESBILD_DATA någon annanstans."
        )
    try:
        data.mkdir(parents=True, exist_ok=True)
        scratch = data / f".prov-{secrets.token_hex(4)}"
        scratch.mkdir(mode=0o700)
    except OSError as fault:
        raise UnusableDataFolder(f"Det går inte att skriva i datamappen {data}: {_answer(fault)}.") from fault
    try:
        _try(data, scratch, links=settings.publish == "link")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    current = settings.published / "current"
    if settings.publish == "copy" and current.is_dir() and not (current / MANIFEST).exists():
        raise UnusableDataFolder(
            f"{current} är ingen publicerad natt: flytta undan den (mv {current} {current}-undanlagd)."
        )
    if settings.publish == "link" and current.exists() and not current.is_symlink():
        raise UnusableDataFolder(
            f"{current} är en mapp och inte den länk som pekar ut senaste natten: flytta undan den "
            f"(mv {current} {current}-undanlagd), eller sätt LAGESBILD_PUBLISH=copy."
        )


def _try(data: Path, scratch: Path, *, links: bool) -> None:
    what = "skriva"
    try:
        (scratch / "a").write_bytes(b"x")
        sync(scratch / "a")
        what = "byta namn på filer"
        (scratch / "a").replace(scratch / "b")
        (scratch / "folder").mkdir()
        (scratch / "folder").rename(scratch / "renamed")
        sync(scratch)
        what = "låsa filer"
        with FileLock(scratch / "lock", timeout=0):
            pass
        if links:
            what = "göra länkar"
            (scratch / "link").symlink_to("b")
            (scratch / "link").replace(scratch / "current")
    except (OSError, NotImplementedError, Timeout) as fault:
        mend = "; sätt LAGESBILD_PUBLISH=copy" if what == "göra länkar" else ""
        answer = _answer(fault) if isinstance(fault, OSError) else "filsystemet kan det inte"
        raise UnusableDataFolder(f"Det går inte att {what} i datamappen {data}: {answer}{mend}.") from fault


def _answer(fault: OSError) -> str:
    words = disk_fault(fault)
    return words[:1].lower() + words[1:] if words else os.strerror(fault.errno) if fault.errno else "okänt fel"
