"""`<data>/logs/lagesbild.log`: what every run said, readable by its owner alone.

A line is an instant (ISO 8601 with its offset), a level and a message; with `LAGESBILD_LOG=json` each line is one
JSON object. Ten files of five megabytes are kept.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from assets.disk import is_disk_fault
from assets.intake.privacy import masked

LOGGER = "lagesbild"
MAX_BYTES, KEPT_FILES = 5_000_000, 9


@contextmanager
def run_log(data: Path) -> Iterator[None]:
    """While it lasts everything from level INFO that the pipeline says is written to the log. May be nested."""
    logger, path = logging.getLogger(LOGGER), data / "logs" / "lagesbild.log"
    if any(isinstance(handler, _OwnersFile) and handler.baseFilename == str(path) for handler in logger.handlers):
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = _OwnersFile(path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(_JsonLine() if os.environ.get("LAGESBILD_LOG") == "json" else _Line())
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        handler.close()


class _OwnersFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        def owners(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=owners)  # type: ignore[return-value]

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 – logging's name
        """A full disk is told by the run itself: not once more for every line that finds no room."""
        fault = sys.exc_info()[1]
        if fault is None or not is_disk_fault(fault):
            super().handleError(record)


class _Line(logging.Formatter):
    """Personal numbers and addresses are masked: the text of a fault may quote what it was about."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(f"{_instant(record)} {record.levelname} {super().format(record)}")


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": _instant(record),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(super().format(record)),
        }
        return json.dumps(fields, ensure_ascii=False)


def _instant(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")
