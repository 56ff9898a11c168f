"""Everything Dagster knows: the assets over all organisations, the nightly job, its schedule and its sensor."""

from contextlib import AbstractContextManager
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl

from assets.alerts.assets import alerts_assets
from assets.alerts.configuration import read_configuration
from assets.alerts.decide import decide, state_of
from assets.alerts.send import send
from assets.intake.archive import Archive
from assets.intake.assets import intake_assets
from assets.intake.inbox import organisations as inbox_organisations
from assets.intake.stock import take_stock
from assets.intake.texts import take_texts
from assets.publication.assets import publication_assets
from assets.publication.publish import publish
from assets.registers.contract import CITY, load_registers
from assets.settings import Run, Settings
from assets.validation.assets import validation_assets
from assets.validation.page import page
from assets.validation.published import check_draft
from assets.validation.suites import tables
from assets.validation.verdict import Judged
from assets.validation.verdicts import SCHEMAS, validate
from assets.warehouse.assets import warehouse_assets
from assets.warehouse.build import build, open_warehouse, rebuild
from assets.warehouse.models import load_models
from pipelines.config import read_settings
from pipelines.failure import a_night_has_failed
from pipelines.night import deliveries_have_settled, every_night, night_job, run_resource
from pipelines.run import PUBLISHED, last_night, note


def build_defs(settings: Settings) -> dg.Definitions:
    """The definitions of one installation. Each step makes first what it needs and the run hasn't made yet,
    so a run may select any part of the graph."""
    registers, models = load_registers(settings.registers), load_models(settings.sql)

    def stocked(run: Run) -> None:
        archive = Archive(settings.archive)
        take_stock(settings.inbox, archive, registers, run.today, run.known_at, run.stock)
        take_texts(settings.inbox, [*inbox_organisations(settings.inbox), CITY], run.texts)

    def opened(run: Run) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        stocked(run)
        return open_warehouse(run, settings.data, registers, models)

    def validated(run: Run) -> list[Judged]:
        with opened(run) as con:
            build(con, models, models)
            judged = validate(con, run, settings, registers)
            if con.execute("FROM validation.blocked").fetchone():
                rebuild(con, models, "validation.blocked")
            return judged

    def checked(run: Run) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """The warehouse whole and validated. Raises where a suite itself is broken: nothing is shown unheld."""
        if not (run.folder / "verdicts.parquet").exists():
            faults = [
                f"{judged.table}: {judged.fault_of_nobody}" for judged in validated(run) if judged.fault_of_nobody
            ]
            if faults:
                raise RuntimeError("; ".join(faults))
        return opened(run)

    def decided(run: Run) -> pl.DataFrame:
        with checked(run) as con:
            return decide(con, run, settings, read_configuration(settings.config))

    def published(run: Run) -> Path:
        if not state_of(run).exists():
            decided(run)
        with checked(run) as con:
            folder = publish(
                con, run, settings, registers,
                validation_page=lambda organisation: page(con, organisation, settings.data / "validation"),
                check_draft=lambda draft, organisations: check_draft(con, draft, organisations),
            )  # fmt: skip
        note(settings, run, PUBLISHED)
        return folder

    def sent(run: Run) -> tuple[int, int]:
        """Nothing is sent of what wasn't published."""
        noted = last_night(settings)
        if (noted.get("run"), noted.get("outcome")) != (run.id, PUBLISHED):
            return 0, 0
        return send(run, settings, read_configuration(settings.config))

    return dg.Definitions(
        assets=[
            *intake_assets(registers, stocked, settings.late_days),
            *warehouse_assets(models, opened, checked, settings.data / "history"),
            *alerts_assets(decided, sent, publication=[dg.AssetKey(["publication", "indikatorer"])]),
            *publication_assets(published),
        ],
        asset_checks=validation_assets(tables(registers, SCHEMAS), validated),
        jobs=[night_job],
        schedules=[every_night],
        sensors=[deliveries_have_settled(settings.inbox), a_night_has_failed(settings)],
        resources={"run": run_resource(settings)},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    return build_defs(read_settings())
