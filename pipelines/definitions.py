"""Everything Dagster knows: the assets over all organisations, the nightly job, its schedule and its sensor."""

import dagster as dg

from assets.alerts.assets import alerts_assets
from assets.alerts.queries import load_queries
from assets.intake.assets import intake_assets
from assets.publication.assets import draft_check, publication_assets
from assets.settings import Settings
from assets.validation.assets import validation_assets
from assets.validation.suites import tables
from assets.warehouse.assets import warehouse_assets
from assets.warehouse.models import grains
from pipelines.config import read_settings
from pipelines.failure import a_night_has_failed
from pipelines.night import deliveries_have_settled, every_night, night_job, run_resource
from pipelines.steps import Steps


def build_defs(settings: Settings) -> dg.Definitions:
    """The definitions of one installation. A run may select any part of the graph: each step makes what it needs."""
    steps = Steps(settings)
    return dg.Definitions(
        assets=[
            *intake_assets(steps.registers, steps.ingest, settings.late_days),
            *warehouse_assets(steps.models, steps.open_warehouse, steps.write_history),
            *alerts_assets(
                load_queries(settings.sql / "alerts").values(),
                steps.evaluate_alerts,
                steps.send_alerts,
                publication=[dg.AssetKey(["publication", "current"])],
            ),
            *publication_assets(steps.build_draft, steps.release),
        ],
        asset_checks=[
            *validation_assets(tables(steps.registers, grains(steps.models)), steps.validate),
            draft_check(steps.audit_draft),
        ],
        jobs=[night_job],
        schedules=[every_night],
        sensors=[deliveries_have_settled(settings.inbox), a_night_has_failed(settings)],
        resources={"run": run_resource(settings)},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    return build_defs(read_settings())
