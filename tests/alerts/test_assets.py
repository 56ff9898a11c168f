"""The two assets in Dagster: what they stand between, and what they show there."""

from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl

from assets.alerts.assets import EVALUATE, SEND, alerts_assets
from assets.settings import Run
from tests.alerts.conftest import QUERIES, finding

PAGES = dg.AssetKey(["publication", "indikatorer"])
DAY = date(2026, 3, 3)
RUN = Run("run", "nightly", DAY, DAY, DAY, Path())


def test_evaluate_comes_before_publication_and_send_after_it() -> None:
    happened: list[str] = []

    @dg.asset(key=PAGES, deps=[EVALUATE])
    def publication() -> None:
        happened.append("publish")

    def evaluate(run: Run) -> pl.DataFrame:
        assert run == RUN
        happened.append("evaluate")
        found = finding("farsta", "leverans sen", "varning", "a")
        return found.with_columns(since=DAY, closed=pl.lit(None, pl.Date))

    def send(run: Run) -> tuple[int, int]:
        assert run == RUN
        happened.append("send")
        return 2, 1

    assets = alerts_assets(QUERIES.values(), evaluate, send, publication=[PAGES])
    defs = dg.Definitions(
        assets=[*assets, publication], resources={"run": dg.ResourceDefinition.hardcoded_resource(RUN)}
    )
    with dg.DagsterInstance.ephemeral() as instance:
        job = defs.resolve_implicit_global_asset_job_def()
        ended = job.execute_in_process(
            instance=instance, run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        )
    assert happened == ["evaluate", "publish", "send"]
    metadata = {
        event.asset_key: {name: value.value for name, value in event.materialization.metadata.items()}
        for event in ended.get_asset_materialization_events()
    }
    assert metadata[EVALUATE] == {"open": 1, "leverans sen": 1}
    assert metadata[SEND] == {"delivered": 2, "waiting": 1}


def test_lineage_is_what_the_queries_read() -> None:
    evaluated, _ = alerts_assets(QUERIES.values(), lambda _: pl.DataFrame(), lambda _: (0, 0), publication=[])
    tables = {key.to_user_string().replace("/", ".") for key in evaluated.dependency_keys}
    read = {table for query in QUERIES.values() for table in query.reads}
    assert tables == {table for table in read if table.startswith(("core.", "marts."))}
    assert {"core.review", "marts.personal_numbers", "marts.indicator_values"} <= tables
