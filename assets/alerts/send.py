"""*Send*, after the switch: the night's alerts become the state that the next night goes on from, and are told."""

import json
import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime

import polars as pl

from assets.alerts import state as states
from assets.alerts.configuration import Configuration
from assets.alerts.evaluate import alerts_folder, state_of
from assets.alerts.notify import tell
from assets.atomic import atomic_write
from assets.settings import Run, Settings

HEARTBEAT = "heartbeat.json"
"""In the data folder: when a night was last published and its alerts sent. A monitor looks at its age."""

logger = logging.getLogger("lagesbild.alerts")


def send(
    run: Run, settings: Settings, configuration: Configuration, environment: Mapping[str, str] = os.environ
) -> tuple[int, int]:
    """Keeps what `decide` came to, tells it, and beats. Gives the digests delivered and left; a review sends none."""
    if run.kind == "review":
        return 0, 0
    folder, state = alerts_folder(settings.data), pl.read_parquet(state_of(run))
    states.keep(folder, run.as_of, state)
    for name in ("larm.csv", "larm.html"):  # of a failed night, which this one makes up for
        (folder / name).unlink(missing_ok=True)
    rehearsal = settings.today is not None
    delivered, left = tell(folder, state, run.as_of, configuration, environment, rehearsal=rehearsal)
    logger.info("Larm: %d utskick skickade, %d väntar i utkorgen", delivered, left)
    with atomic_write(settings.data / HEARTBEAT) as draft:
        beat = {"run": run.id, "as_of": run.as_of.isoformat(), "at": datetime.now(UTC).isoformat(timespec="seconds")}
        draft.write_text(json.dumps(beat), encoding="utf-8")
    return delivered, left
