"""After a failed night: it is told, whoever started it, once."""

import logging
from datetime import datetime
from typing import Any

from assets.alerts.configuration import Configuration, ConfigurationError, read_configuration
from assets.alerts.send import alert_failed_night
from assets.permissions import owner_only, share_way
from assets.settings import Settings
from pipelines.config import today
from pipelines.night_status import PUBLISHED, last_night, record_failure, record_unbegun
from pipelines.run_lock import RunInProgress, run_lock
from pipelines.run_log import run_log

logger = logging.getLogger("lagesbild.alerts")


def tell_failed_night(
    settings: Settings,
    token: str | None = None,
    started: datetime | None = None,
    step: str | None = None,
    fault: str | None = None,
) -> bool:
    """Tells that a night failed, and gives whether there was reason to: a run that only had to give way to another,
    or that another has made up for since, is no failed night. `token`: what the run's id ends with.
    `step`, `fault`: where it failed, and what `boundary.kind_of` says of it."""
    try:
        with owner_only(), run_log(settings.data), run_lock(settings.data, "larm om misslyckad natt"):
            night = last_night(settings)
            is_own = token is not None and str(night.get("run", "")).endswith(f"-{token}")
            made_up_for = night.get("outcome") == PUBLISHED and not is_own
            if made_up_for and started and datetime.fromisoformat(night["at"]) > started:
                return False
            if is_own and step:
                record_failure(settings, step, fault)
                share_way(settings.data, [], settings.published_group)
            elif token and fault and not _is_noted_since(night, started):
                record_unbegun(settings, token, today(settings), fault)
                share_way(settings.data, [], settings.published_group)
            configuration = _readable_configuration(settings)
            delivered, left = alert_failed_night(settings, configuration, today(settings), step, fault=fault)
            logger.info("Misslyckad natt: %d utskick skickade, %d väntar i utkorgen", delivered, left)
            return True
    except RunInProgress:
        return False


def _is_noted_since(night: dict[str, Any], started: datetime | None) -> bool:
    """Whether what is noted is newer than a run that began then, or that can't be known."""
    return started is None or ("at" in night and datetime.fromisoformat(night["at"]) >= started)


def _readable_configuration(settings: Settings) -> Configuration:
    """None of it where it can't be used: that may be why the night failed, and the files are written all the same."""
    try:
        return read_configuration(settings.config)
    except ConfigurationError as fault:
        logger.error("Ingen får larm om den misslyckade natten. %s", fault)
        return Configuration()
