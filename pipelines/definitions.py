"""Everything Dagster knows: the assets over all organisations, the jobs, the schedule and the sensors."""

from collections.abc import Iterable
from functools import partial

import dagster as dg

from assets.alerts.assets import alerts_assets
from assets.alerts.queries import load_queries
from assets.intake.assets import fetch_assets, intake_assets
from assets.publication.assets import draft_check, publication_assets
from assets.settings import FRESHNESS_WINDOW, Settings
from assets.validation.assets import validation_assets
from assets.validation.suites import tables
from assets.warehouse.assets import warehouse_assets
from assets.warehouse.models import grains
from pipelines.config import check_installation, read_settings, today
from pipelines.jobs import night_job, nightly, review_job
from pipelines.published_places import page_of, place_of
from pipelines.resources import run_resource
from pipelines.sensors import inbox_settled, night_failed
from pipelines.steps import Steps


def build_defs(settings: Settings) -> dg.Definitions:
    """The definitions of one installation. A run may select any part of the graph; what doesn't begin with the inbox
    works on the kept warehouse."""
    steps = Steps(settings)
    fetched = fetch_assets(steps.sources, steps.fetch)
    return dg.Definitions(
        assets=[
            *fetched,
            *intake_assets(steps.registers, steps.ingest, [key for assets in fetched for key in assets.keys]),
            *warehouse_assets(
                steps.models,
                steps.registers,
                steps.open_warehouse,
                steps.write_history,
                settings.warehouse.with_name("column_lineage.json"),
                partial(page_of, settings),
            ),
            *alerts_assets(
                load_queries(settings.sql / "alerts").values(),
                steps.evaluate_alerts,
                steps.send_alerts,
                publication=[dg.AssetKey(["publication", "current"])],
            ),
            *_fresh(publication_assets(steps.build_draft, steps.release, partial(place_of, settings))),
        ],
        asset_checks=[
            *validation_assets(tables(steps.registers, grains(steps.models)), steps.validate),
            draft_check(steps.audit_draft),
        ],
        jobs=[night_job, review_job(today(settings))],
        schedules=[nightly],
        sensors=[inbox_settled(settings), night_failed(settings)],
        resources={"run": run_resource(settings)},
        executor=dg.in_process_executor,
    )


def _fresh(publication: Iterable[dg.AssetsDefinition]) -> list[dg.AssetsDefinition]:
    """What is published is old when a night has passed without a new one."""
    policy = dg.FreshnessPolicy.time_window(fail_window=FRESHNESS_WINDOW)
    return [
        assets.map_asset_specs(lambda spec: spec.replace_attributes(freshness_policy=policy))
        for assets in publication
    ]


@dg.definitions
def defs() -> dg.Definitions:
    settings = read_settings()
    check_installation(settings)
    return build_defs(settings)
