"""The sensors: one starts a night when deliveries have arrived, one tells of a night that has failed."""

import hashlib
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg

from assets.settings import Settings
from assets.sql_files import StepFailed
from pipelines.failed_night import tell_failed_night
from pipelines.jobs import night_job

STILL_SECONDS = 5 * 60
"""Deliveries have arrived when nothing in the inbox has changed for so long."""


def inbox_settled(settings: Settings) -> dg.SensorDefinition:
    """Starts a run when the inbox has changed since the last one it started, and then been still."""

    @dg.sensor(
        name="inbox_settled",
        job=night_job,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.STOPPED,
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        cursor = json.loads(context.cursor) if context.cursor else {}
        now, found = time.time(), fingerprint(settings.inbox, settings.data / "fetched")
        if found == cursor.get("started"):
            return dg.SkipReason("Inget nytt har kommit.")
        if found != cursor.get("seen"):
            context.update_cursor(json.dumps(cursor | {"seen": found, "since": now}))
            return dg.SkipReason("Leveranser kommer just nu.")
        if now - cursor["since"] < STILL_SECONDS:
            return dg.SkipReason("Väntar tills inkorgen har varit stilla i fem minuter.")
        return dg.SensorResult([dg.RunRequest(run_key=found)], cursor=json.dumps(cursor | {"started": found}))

    return sensor


def fingerprint(*folders: Path) -> str:
    """A hash of every file below the folders: its place there, size and time. A file that vanishes meanwhile counts
    as gone."""
    digest = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in sorted(folder.rglob("*")):
            try:
                stat = path.stat()
            except OSError:
                continue
            if path.is_file():
                line = [number, path.relative_to(folder).as_posix(), stat.st_size, stat.st_mtime_ns]
                digest.update(json.dumps(line).encode())
    return digest.hexdigest()


def night_failed(settings: Settings) -> dg.SensorDefinition:
    """Watches the job `night` and tells of every one that failed. A review, or some chosen assets, are no night:
    whoever asked for them sees how it went."""

    @dg.run_failure_sensor(
        name="night_failed", monitored_jobs=[night_job], default_status=dg.DefaultSensorStatus.RUNNING
    )
    def sensor(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        run = context.dagster_run
        config: Any = run.run_config
        if run.asset_selection or config.get("resources", {}).get("run", {}).get("config", {}).get("as_of"):
            return dg.SkipReason("Ingen natt: en genomgång, eller utvalda delar.")
        record = context.instance.get_run_record_by_id(run.run_id)
        started = datetime.fromtimestamp(record.start_time, UTC) if record and record.start_time else None
        failures = context.get_step_failure_events()
        step = failures[0].step_key if failures else None
        is_told = tell_failed_night(
            settings, run.run_id[:8], started, step, _fault(failures[0]) if failures else None
        )
        return None if is_told else dg.SkipReason("En annan körning pågår, eller har publicerat sedan dess.")

    return sensor


def _fault(event: dg.DagsterEvent) -> str | None:
    """What failed the step, as `boundary.kind_of` says it; no other message, for it may quote a cell."""
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    if error and error.cls_name == StepFailed.__name__:
        return error.message.partition(": ")[2].strip()
    return error.cls_name if error else None
