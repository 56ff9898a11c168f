"""Dagster's own files: `<data>/dagster`, or the folder that DAGSTER_HOME names. They hold what runs have said and no
figure, so a database among them that is damaged is set aside, and Dagster begins a new one; its configuration is a
person's, and is only ever named. Dagster isn't imported."""

import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import yaml

from assets.damaged import Damage, set_aside
from assets.refusal import RunRefused
from assets.settings import Settings

CONFIGURATION_FILE = "dagster.yaml"

_DATABASES = ("*.db", "history/*.db", "history/runs/*.db", "schedules/*.db")
_TABLES = {"event_log.db": "event_logs", "runs.db": "runs", "schedules.db": "jobs"}
"""A table that each of the databases has from its first moment: an emptied file is a sound database without any."""

_BUSY_SECONDS = 5.0


class UnusableStorage(RunRefused):
    """Dagster can't keep what a run says; the message names the file and the mend, and holds no value."""


def dagster_home(settings: Settings) -> Path:
    """The folder, whether it is there or not."""
    return Path(os.environ.get("DAGSTER_HOME") or settings.data / "dagster")


def require_configuration(home: Path) -> None:
    """Raises UnusableStorage where dagster.yaml is there and isn't YAML of the shape that it has."""
    if _is_damaged_configuration(home / CONFIGURATION_FILE):
        raise UnusableStorage(
            f"{home / CONFIGURATION_FILE} går inte att läsa. Rätta filen, eller lägg undan den "
            "(lagesbild doctor --repair): då skrivs en ny med produktens inställningar."
        )


def damaged_databases(home: Path) -> list[Path]:
    """The databases of Dagster's that can't be used as they are. To be called where nobody begins new ones."""
    paths = {path for pattern in _DATABASES for path in home.glob(pattern) if path.is_file()}
    return sorted(path for path in paths if _is_damaged(path))


def set_database_aside(path: Path) -> Path:
    """Renames a database with its log of latest changes, which a new one of the same name would otherwise take for
    its own. Gives its new place."""
    aside = set_aside(path, "databasen är skadad")
    log, kept_log = path.with_name(f"{path.name}-wal"), aside.with_name(f"{aside.name}-wal")
    if log.exists():
        log.replace(kept_log)
    else:
        kept_log.unlink(missing_ok=True)  # of one that was set aside before
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return aside


def storage_damage(settings: Settings) -> Iterator[Damage]:
    """What of Dagster's own files is damaged, for `lagesbild doctor`. Nothing is changed."""
    home = dagster_home(settings)
    file = home / CONFIGURATION_FILE
    if _is_damaged_configuration(file):
        yield Damage(
            f"{_shown(file, settings)} går inte att läsa",
            "läggs undan; nästa körning skriver en ny med produktens inställningar",
            partial(set_aside, file, "innehållet går inte att läsa"),
        )
    for path in damaged_databases(home):
        yield Damage(
            f"{_shown(path, settings)} är skadad",
            "läggs undan; nästa körning gör en ny, och bara historiken över körningar i Dagster går förlorad",
            partial(set_database_aside, path),
        )


def _shown(path: Path, settings: Settings) -> str:
    return str(path.relative_to(settings.data) if path.is_relative_to(settings.data) else path)


def _is_damaged(database: Path) -> bool:
    """Whether SQLite finds fault with the file, or the table that should be there isn't. One that is busy, or that
    the account may not read, is not damaged."""
    try:
        connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return found != ("ok",) or _TABLES.get(database.name) not in {None, *tables}


def _is_damaged_configuration(file: Path) -> bool:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError):
        return True
    return not isinstance(content, dict | None)  # an empty file leaves everything to Dagster
