"""The two jobs over the whole graph, and the schedule of the first."""

import dagster as dg

from assets.intake.assets import FETCH

NIGHT, REVIEW = "night", "review"

night_job = dg.define_asset_job(
    NIGHT,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Fetches what is new, takes in the inbox, builds the figures of today and publishes them.",
)

review_job = dg.define_asset_job(
    REVIEW,
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups(FETCH),  # it computes anew what has come
    executor_def=dg.in_process_executor,
    description="The same for a review: as it was on `as_of` (B), as far as was known by `known_at` (K).",
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=night_job,
    cron_schedule="0 2 * * *",
    execution_timezone="Europe/Stockholm",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
