"""After a failed night: it is told, whoever started it, once."""

import logging
from datetime import UTC, datetime
from typing import Any

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from assets.alerts.configuration import read_configuration
from assets.alerts.failed import alert_failed_night
from assets.settings import Settings
from pipelines.config import today
from pipelines.lock import Busy, the_lock
from pipelines.run import PUBLISHED, last_night

logger = logging.getLogger("lagesbild.alerts")


def a_night_has_failed(job: UnresolvedAssetJobDefinition, settings: Settings) -> dg.SensorDefinition:
    """Watches the nightly job and tells of every failure; reviews are told to whoever asked for them."""

    @dg.run_failure_sensor(monitored_jobs=[job], default_status=dg.DefaultSensorStatus.RUNNING)
    def natten_misslyckades(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        run = context.dagster_run
        config: Any = run.run_config
        if config.get("resources", {}).get("run", {}).get("config", {}).get("as_of"):
            return dg.SkipReason("En genomgång.")
        record = context.instance.get_run_record_by_id(run.run_id)
        started = datetime.fromtimestamp(record.start_time, UTC) if record and record.start_time else None
        steps = [event.step_key for event in context.get_step_failure_events() if event.step_key]
        told = tell_failed_night(settings, run.run_id[:8], started, steps[0] if steps else None)
        return None if told else dg.SkipReason("En annan körning pågår eller har publicerat sedan dess.")

    return natten_misslyckades


def tell_failed_night(
    settings: Settings, token: str | None = None, started: datetime | None = None, step: str | None = None
) -> bool:
    """Tells that a night failed, and gives whether there was reason to: a run that only had to give way to another,
    or that another has made up for since, is no failed night. `token`: what the run's id ends with."""
    try:
        with the_lock(settings.data, "larm om misslyckad natt"):
            noted = last_night(settings)
            is_own = bool(token) and str(noted.get("run", "")).endswith(f"-{token}")
            published = noted.get("outcome") == PUBLISHED and not is_own
            if published and started and datetime.fromisoformat(noted["at"]) > started:
                return False
            configuration = read_configuration(settings.config)
            delivered, left = alert_failed_night(settings, configuration, today(settings), step)
            logger.info("Misslyckad natt: %d utskick skickade, %d väntar i utkorgen", delivered, left)
            return True
    except Busy:
        return False
