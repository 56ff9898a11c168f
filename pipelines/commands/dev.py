"""`lagesbild dev`: the Dagster UI on loopback, with the schedule and the sensors, over this data folder."""

import logging
import os
import sys
from datetime import timedelta
from pathlib import Path

from assets.permissions import owner_only
from assets.settings import Settings
from pipelines.instance import fail_orphans, open_instance, prepare_home
from pipelines.run_lock import RunInProgress, run_lock

logger = logging.getLogger("lagesbild.run")


def open_ui(settings: Settings, port: int) -> None:
    """Becomes `dagster dev`. Its own storage is kept in the data folder; nothing is sent anywhere."""
    with owner_only():  # which the process that this one becomes inherits
        _become_dagster(settings, port)


def _become_dagster(settings: Settings, port: int) -> None:
    clear_orphans(settings)
    os.environ["DAGSTER_HOME"] = str(prepare_home(settings))
    dagster = Path(sys.executable).with_name("dagster")
    workspace = Path(__file__).parents[2] / "workspace.yaml"
    arguments = ["dagster", "dev", "--workspace", str(workspace), "--host", "127.0.0.1", "--port", str(port)]
    os.execv(dagster, arguments)  # noqa: S606 – this process becomes it; no shell is meant


def clear_orphans(settings: Settings) -> list[str]:
    """Fails the runs that a killed service has left behind, and gives their ids: as long as they count as going on,
    no other would start. Where the lock is held a run really is going on, and none is touched."""
    try:
        with open_instance(settings) as instance, run_lock(settings.data, "start av tjänsten", wait=0):
            orphans = fail_orphans(instance, waiting=timedelta())
    except RunInProgress:
        return []
    for run in orphans:
        logger.warning("Körningen %s hade dött utan att sluta, och räknas nu som misslyckad", run)
    return orphans
