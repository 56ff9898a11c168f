"""The two jobs over the whole graph, and the schedule of the first."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import dagster as dg

from assets.intake.assets import FETCH

if TYPE_CHECKING:  # Dagster has no public name for it
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

NIGHT, REVIEW = "night", "review"

night_job = dg.define_asset_job(
    NIGHT,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Fetches what is new, takes in the inbox, builds the figures of today and publishes them.",
)


def review_job(today: date) -> "UnresolvedAssetJobDefinition":
    """The review, whose form in the launchpad is filled in with the end of the last month, as known today."""
    as_of = today.replace(day=1) - timedelta(days=1)
    return dg.define_asset_job(
        REVIEW,
        selection=dg.AssetSelection.all() - dg.AssetSelection.groups(FETCH),  # it computes anew what has come
        executor_def=dg.in_process_executor,
        config={"resources": {"run": {"config": {"as_of": str(as_of), "known_at": str(today)}}}},
        description="The same for a review: as it was on `as_of` (B), as far as was known by `known_at` (K). Change "
        "the two dates in the form; it is published beside the nights, and neither alerts nor gaps hear of it.",
    )


nightly = dg.ScheduleDefinition(
    name="nightly",
    job=night_job,
    cron_schedule="0 2 * * *",
    execution_timezone="Europe/Stockholm",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night at two: fetches, takes in the inbox, builds the figures of the day and publishes them.",
)
