"""The run that assets work in: its B and K, its folder, its lock and its log."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assets.atomic import discard
from assets.garbage import looking_seldom
from assets.permissions import close_data, owner_only, share_way
from assets.publication.release import discard_draft, restore_release
from assets.settings import Run, Settings
from assets.warehouse.kept import kept_night
from pipelines.config import today
from pipelines.data_folder import require_data_folder
from pipelines.leftovers import leftovers
from pipelines.night_status import UNDER_WAY, UNPUBLISHED, last_night, record_outcome
from pipelines.run_lock import run_lock
from pipelines.run_log import run_log

logger = logging.getLogger("lagesbild.run")


@contextmanager
def run_context(
    settings: Settings,
    as_of: date | None,
    known_at: date | None,
    token: str,
    *,
    publishes: bool = True,
    reads_inbox: bool = True,
) -> Iterator[Run]:
    """A run under the lock, in a folder that goes with it. Without B it is a night, with it a review.

    `token`: what the run's id ends with. `publishes`: whether it is meant to; a look at a part of the graph is no
    night that failed. `reads_inbox`: whether the run begins there; one that doesn't stands on the kept warehouse,
    and so has that night's B and K. Raises RunInProgress where another run holds the lock for too long, and
    UnusableDataFolder. However it ends, its folder and its draft are gone.
    """
    now, day = datetime.now(ZoneInfo("Europe/Stockholm")), today(settings)
    run_id = f"{now:%Y%m%dT%H%M%S}-{token}"
    doing = "nattlig körning" if as_of is None else f"genomgång per {as_of}"
    require_data_folder(settings)
    with owner_only(), looking_seldom(), run_log(settings.data), run_lock(settings.data, doing):
        restore_release(settings)
        for draft in leftovers(settings):
            discard(draft)
        close_data(settings.data)
        logger.info("Körning %s börjar: %s", run_id, doing)
        if settings.today:
            logger.info("Repetition: dagens datum är satt till %s (LAGESBILD_TODAY)", settings.today)
        kept = None if reads_inbox or as_of else kept_night(settings.warehouse)
        runs = settings.data / "runs"
        shutil.rmtree(runs, ignore_errors=True)  # what a killed run left behind
        runs.mkdir()
        (runs / run_id).mkdir()
        run = Run(
            id=run_id,
            kind="nightly" if as_of is None else "review",
            as_of=kept or as_of or day,
            known_at=kept or known_at or day,
            today=day,
            folder=runs / run_id,
        )
        try:
            if publishes:
                record_outcome(settings, run, UNDER_WAY)
            yield run
        finally:
            shutil.rmtree(run.folder, ignore_errors=True)
            discard_draft(settings.published, run.id)
            noted = last_night(settings)
            if (noted.get("run"), noted.get("outcome")) == (run.id, UNDER_WAY):
                record_outcome(settings, run, UNPUBLISHED)
            share_way(settings.data, [], settings.published_group)  # what monitors read
