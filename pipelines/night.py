"""The nightly job, when it starts, and the run that its steps work in."""

import hashlib
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import dagster as dg

from assets.settings import Run, Settings
from pipelines.run_context import run_context

JOB = "natt"
STILL_SECONDS = 5 * 60
"""Deliveries have arrived when nothing in the inbox has changed for so long."""


night_job = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Takes in the inbox, builds the figures and publishes them. With `as_of` it is a review.",
)

every_night = dg.ScheduleDefinition(
    job=night_job,
    cron_schedule="0 2 * * *",
    execution_timezone="Europe/Stockholm",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


def deliveries_have_settled(inbox: Path) -> dg.SensorDefinition:
    """Starts a run when the inbox has changed since the last one it started, and then been still."""

    @dg.sensor(job=night_job, minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.STOPPED)
    def leveranser_har_kommit(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        cursor = json.loads(context.cursor) if context.cursor else {}
        now, there = time.time(), _fingerprint(inbox)
        if there == cursor.get("started"):
            return dg.SkipReason("Inget nytt har kommit.")
        if there != cursor.get("seen"):
            context.update_cursor(json.dumps(cursor | {"seen": there, "since": now}))
            return dg.SkipReason("Leveranser kommer just nu.")
        if now - cursor["since"] < STILL_SECONDS:
            return dg.SkipReason("Väntar tills inkorgen har varit stilla i fem minuter.")
        return dg.SensorResult([dg.RunRequest(run_key=there)], cursor=json.dumps(cursor | {"started": there}))

    return leveranser_har_kommit


def _fingerprint(inbox: Path) -> str:
    files = sorted(path for path in inbox.glob("*/*") if path.is_file())
    stats = [(path.name, stat.st_size, stat.st_mtime_ns) for path in files for stat in [path.stat()]]
    return hashlib.sha256(json.dumps(stats).encode()).hexdigest()


def run_resource(settings: Settings) -> dg.ResourceDefinition:
    """The run, which lives as long as the Dagster run does: its lock is taken first and let go last."""

    @dg.resource(
        config_schema={
            "as_of": dg.Field(str, is_required=False, description="B, the review date; without it a nightly run"),
            "known_at": dg.Field(str, is_required=False, description="K; deliveries dated later don't count"),
        }
    )
    def run(context: dg.InitResourceContext) -> Iterator[Run]:
        as_of, known_at = (_day(context.resource_config.get(name)) for name in ("as_of", "known_at"))
        assert context.run is not None
        token, publishes = context.run.run_id[:8], context.run.job_name == JOB
        with run_context(settings, as_of, known_at, token, publishes) as current:
            yield current

    return run


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
