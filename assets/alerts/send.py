"""After the switch: the night's alerts become the state that the next night goes on from, and readers are notified.

A failed night, which switches nothing, is notified with the alerts that the last night left.
"""

import json
import logging
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

import polars as pl

from assets.alerts.configuration import Configuration
from assets.alerts.evaluate import alerts_folder, state_of
from assets.alerts.files import write_files
from assets.alerts.findings import city_findings, unseen_kinds
from assets.alerts.notify import notify
from assets.alerts.state import advance, keep_state, state_before, state_of_night
from assets.alerts.vocabulary import Kind, Severity
from assets.atomic import atomic_write
from assets.registers.contract import CITY
from assets.settings import Run, Settings

HEARTBEAT = "heartbeat.json"
"""In the data folder: when a night was last published and its alerts sent. A monitor looks at its age."""

logger = logging.getLogger("lagesbild.alerts")


def send(
    run: Run, settings: Settings, configuration: Configuration, environment: Mapping[str, str] = os.environ
) -> tuple[int, int]:
    """Returns the numbers of digests delivered and of those that wait in the outbox; a review sends none."""
    if run.kind == "review":
        return 0, 0
    folder, state = alerts_folder(settings.data), pl.read_parquet(state_of(run), glob=False)
    keep_state(folder, run.as_of, state)
    for name in ("larm.csv", "larm.html"):  # of a failed night, which this one makes up for
        (folder / name).unlink(missing_ok=True)
    rehearsal = settings.today is not None
    delivered, left = notify(folder, state, run.as_of, configuration, environment, rehearsal=rehearsal)
    logger.info("Larm: %d utskick skickade, %d väntar i utkorgen", delivered, left)
    with atomic_write(settings.data / HEARTBEAT) as draft:
        beat = {"run": run.id, "as_of": run.as_of.isoformat(), "at": datetime.now(UTC).isoformat(timespec="seconds")}
        draft.write_text(json.dumps(beat), encoding="utf-8")
    return delivered, left


def alert_failed_night(
    settings: Settings,
    configuration: Configuration,
    night: date,
    step: str | None = None,
    environment: Mapping[str, str] = os.environ,
    fault: str | None = None,
) -> tuple[int, int]:
    """Returns the numbers of digests delivered and of those that wait, after a night that failed.

    Writes larm.csv and larm.html to `<data>/alerts/`, notifies the city's readers and repeats the statutory clocks.
    The next published night closes the alert. `step`: where the night failed, as Dagster
    names it. `fault`: its kind, and where it arose;
    never the message of a library's exception, which may quote a cell.
    """
    folder = alerts_folder(settings.data)
    same_night = state_of_night(folder, night)
    last = state_before(folder, night) if same_night.is_empty() else same_night
    where = f" i steget {step.replace('__', '/')}" if step else ""
    kind_of_fault = f" Felets slag: {fault}." if fault else ""
    headline = f"körningen misslyckades{where}" + (f" ({fault})" if fault else "")
    text = (
        f"Nattens körning misslyckades{where}.{kind_of_fault} Det som var publicerat står kvar. "
        "Felet står i körningens logg."
    )
    found = city_findings(Kind.FAILED_NIGHT, Severity.CRITICAL, {"": text})
    others = last.filter(pl.col("kind") != Kind.FAILED_NIGHT).select("organisation", "kind").rows()
    state = advance(last, last.clear(), found, unseen_kinds(others), night)
    keep_state(folder, night, state)
    rehearsal = settings.today is not None
    write_files(folder, state, CITY, night, configuration, rehearsal=rehearsal)
    return notify(folder, state, night, configuration, environment, rehearsal=rehearsal, failure=headline)
