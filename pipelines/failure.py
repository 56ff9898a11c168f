"""After a failed night: it is told, whoever started it, once."""

import logging
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from assets.alerts.configuration import Configuration, ConfigurationError, read_configuration
from assets.alerts.send import alert_failed_night
from assets.settings import Settings
from pipelines.config import today
from pipelines.night import night_job
from pipelines.run_context import PUBLISHED, last_outcome
from pipelines.run_lock import RunInProgress, run_lock

logger = logging.getLogger("lagesbild.alerts")


def a_night_has_failed(settings: Settings) -> dg.SensorDefinition:
    """Watches the nightly job and tells of every failed night. A review, or a look at a part of the graph, is none:
    whoever asked for it sees how it went."""

    @dg.run_failure_sensor(monitored_jobs=[night_job], default_status=dg.DefaultSensorStatus.RUNNING)
    def natten_misslyckades(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        run = context.dagster_run
        config: Any = run.run_config
        if run.asset_selection or config.get("resources", {}).get("run", {}).get("config", {}).get("as_of"):
            return dg.SkipReason("Ingen natt: en genomgång, eller utvalda delar.")
        record = context.instance.get_run_record_by_id(run.run_id)
        started = datetime.fromtimestamp(record.start_time, UTC) if record and record.start_time else None
        failures = context.get_step_failure_events()
        step = failures[0].step_key if failures else None
        told = tell_failed_night(settings, run.run_id[:8], started, step, _fault(failures[0]) if failures else None)
        return None if told else dg.SkipReason("En annan körning pågår, eller har publicerat sedan dess.")

    return natten_misslyckades


def _fault(event: dg.DagsterEvent) -> str | None:
    """The class of the exception that failed the step; never its message, which may quote a cell."""
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    return error.cls_name if error else None


def tell_failed_night(
    settings: Settings,
    token: str | None = None,
    started: datetime | None = None,
    step: str | None = None,
    fault: str | None = None,
) -> bool:
    """Tells that a night failed, and gives whether there was reason to: a run that only had to give way to another,
    or that another has made up for since, is no failed night. `token`: what the run's id ends with.
    `step`, `fault`: where it failed, and the class of the exception."""
    try:
        with run_lock(settings.data, "larm om misslyckad natt"):
            noted = last_outcome(settings)
            is_own = token is not None and str(noted.get("run", "")).endswith(f"-{token}")
            made_up_for = noted.get("outcome") == PUBLISHED and not is_own
            if made_up_for and started and datetime.fromisoformat(noted["at"]) > started:
                return False
            configuration = _readable_configuration(settings)
            delivered, left = alert_failed_night(settings, configuration, today(settings), step, fault=fault)
            logger.info("Misslyckad natt: %d utskick skickade, %d väntar i utkorgen", delivered, left)
            return True
    except RunInProgress:
        return False


def _readable_configuration(settings: Settings) -> Configuration:
    """None of it where it can't be used: that may be why the night failed, and the files are written all the same."""
    try:
        return read_configuration(settings.config)
    except ConfigurationError as fault:
        logger.error("Ingen får larm om den misslyckade natten. %s", fault)
        return Configuration()
