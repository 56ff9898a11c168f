"""Everything Dagster knows: the assets over all organisations, the nightly job, its schedule and its sensor."""

from contextlib import AbstractContextManager
from pathlib import Path

import dagster as dg
import duckdb

from assets.intake.archive import Archive
from assets.intake.assets import intake_assets
from assets.intake.stock import take_stock
from assets.publication.assets import publication_assets
from assets.publication.publish import publish
from assets.registers.contract import load_registers
from assets.settings import Run, Settings
from assets.warehouse.assets import warehouse_assets
from assets.warehouse.build import build, open_warehouse
from assets.warehouse.models import load_models
from pipelines.config import read_settings
from pipelines.night import deliveries_have_settled, every_night, night_job, run_resource
from pipelines.run import PUBLISHED, note


def build_defs(settings: Settings) -> dg.Definitions:
    """The definitions of one installation. Each step makes first what it needs and the run hasn't made yet,
    so a run may select any part of the graph."""
    registers, models = load_registers(settings.registers), load_models(settings.sql)

    def stocked(run: Run) -> None:
        archive = Archive(settings.archive)
        take_stock(settings.inbox, archive, registers, run.today, run.known_at, run.stock)

    def opened(run: Run) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        stocked(run)
        return open_warehouse(run, settings.data, registers, models)

    def published(run: Run) -> Path:
        with opened(run) as con:
            build(con, models, models)
            folder = publish(con, run, settings, registers)
        note(settings, run, PUBLISHED)
        return folder

    return dg.Definitions(
        assets=[
            *intake_assets(registers, stocked),
            *warehouse_assets(models, opened, settings.data / "history"),
            *publication_assets(published),
        ],
        jobs=[night_job],
        schedules=[every_night],
        sensors=[deliveries_have_settled(settings.inbox)],
        resources={"run": run_resource(settings)},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    return build_defs(read_settings())
