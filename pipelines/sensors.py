"""The sensors: one starts a night when deliveries have arrived, one tells of a night that has failed."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg

from assets.settings import Settings
from assets.sql_files import StepFailed
from pipelines.failed_night import tell_failed_night
from pipelines.fingerprint import fingerprint, taken_in
from pipelines.jobs import night_job
from pipelines.run_lock import is_locked

STILL_SECONDS = 5 * 60
"""Deliveries have arrived when nothing in the inbox has changed for so long."""


def inbox_settled(settings: Settings) -> dg.SensorDefinition:
    """Starts a run when the inbox has changed since the last one it started, and then been still."""

    @dg.sensor(
        name="inbox_settled",
        job=night_job,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.STOPPED,
        description="Starts a night when deliveries have come and the inbox has then been still for five minutes. "
        "Switch it on where people wait for what they deliver in the daytime.",
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        cursor = json.loads(context.cursor) if context.cursor else {}
        if is_locked(settings.data):
            return dg.SkipReason("En körning pågår.")
        now, found = time.time(), [fingerprint(settings.inbox), fingerprint(settings.fetched)]
        if _is_known(found, cursor.get("started"), settings.fetched):
            return dg.SkipReason("Inget nytt har kommit.")
        if found != cursor.get("seen"):
            context.update_cursor(json.dumps(cursor | {"seen": found, "since": now}))
            return dg.SkipReason("Leveranser kommer just nu.")
        if now - cursor["since"] < STILL_SECONDS:
            return dg.SkipReason("Väntar tills inkorgen har varit stilla i fem minuter.")
        return dg.SensorResult(
            [dg.RunRequest(run_key="-".join(found))], cursor=json.dumps(cursor | {"started": found})
        )

    return sensor


def _is_known(found: list[str], started: Any, fetched: Path) -> bool:  # noqa: ANN401 – what an earlier version left
    """Whether the inbox is as when a run was last started for it, and what is fetched is as it was then, or as the
    last night took it in: a night's own fetching starts no other."""
    if not isinstance(started, list):
        return False
    return found[0] == started[0] and found[1] in (started[1], taken_in(fetched))


def night_failed(settings: Settings) -> dg.SensorDefinition:
    """Watches the job `night` and tells of every one that failed. A review, or some chosen assets, are no night:
    whoever asked for them sees how it went."""

    @dg.run_failure_sensor(
        name="night_failed",
        monitored_jobs=[night_job],
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells the readers of alerts of every night that failed, and where. Leave it on.",
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
        is_notified = tell_failed_night(
            settings, run.run_id[:8], started, step, _fault(failures[0]) if failures else None
        )
        return None if is_notified else dg.SkipReason("En annan körning pågår, eller har publicerat sedan dess.")

    return sensor


def _fault(event: dg.DagsterEvent) -> str | None:
    """What failed the step, as `boundary.kind_of` says it; no other message, for it may quote a cell."""
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    if error and error.cls_name == StepFailed.__name__:
        return error.message.partition(": ")[2].strip()
    return error.cls_name if error else None
