"""The run that assets work in: its B and K, its folder, and what is known afterwards of how it ended."""

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assets.atomic import atomic_write
from assets.settings import Run, Settings
from pipelines.config import today
from pipelines.run_lock import run_lock

logger = logging.getLogger("lagesbild.run")

UNDER_WAY, PUBLISHED, UNPUBLISHED = "pågår", "publicerad", "publicerade inget"


@contextmanager
def run_context(
    settings: Settings, as_of: date | None, known_at: date | None, token: str, publishes: bool = True
) -> Iterator[Run]:
    """A run under the lock, in a folder that goes with it. Without B it is a night, with it a review.

    `publishes`: whether it is meant to; a look at a part of the graph is no night that failed. Raises RunInProgress
    where another run holds the lock for too long.
    """
    if settings.today:
        logger.info("Repetition: dagens datum är satt till %s (LAGESBILD_TODAY)", settings.today)
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    day = today(settings)
    run_id = f"{now:%Y%m%dT%H%M%S}-{token}"
    doing = "nattlig körning" if as_of is None else f"genomgång per {as_of}"
    with run_lock(settings.data, doing):
        runs = settings.data / "runs"
        shutil.rmtree(runs, ignore_errors=True)  # what a killed run left behind
        (runs / run_id).mkdir(parents=True)
        run = Run(
            id=run_id,
            kind="nightly" if as_of is None else "review",
            as_of=as_of or day,
            known_at=known_at or day,
            today=day,
            folder=runs / run_id,
        )
        try:
            if publishes:
                note(settings, run, UNDER_WAY)
            yield run
        finally:
            if last_outcome(settings).get("outcome") == UNDER_WAY:
                note(settings, run, UNPUBLISHED)
            shutil.rmtree(run.folder)


def note(settings: Settings, run: Run, outcome: str) -> None:
    """Writes down how the night stands, for `lagesbild status` and any monitor; a review leaves no note."""
    if run.kind == "nightly":
        noted = {
            "run": run.id,
            "as_of": run.as_of.isoformat(),
            "outcome": outcome,
            "at": datetime.now(UTC).isoformat(),
        }
        with atomic_write(_note_path(settings)) as draft:
            draft.write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")


def last_outcome(settings: Settings) -> dict[str, Any]:
    """What was noted last; empty where there was no night."""
    path = _note_path(settings)
    noted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return noted


def _note_path(settings: Settings) -> Path:
    return settings.data / "last_night.json"
