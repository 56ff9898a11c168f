"""Dagster: alerts are evaluated before the release, and sent after it."""

from collections.abc import Callable, Iterable, Sequence

import dagster as dg
import polars as pl

from assets.alerts.queries import AlertQuery
from assets.settings import Run

EVALUATE = dg.AssetKey(["alerts", "evaluate"])
SEND = dg.AssetKey(["alerts", "send"])
OWNER = "team:lagesbild"

_ASSET_SCHEMAS = ("registers", "core", "indicators", "marts")
"""Schemas whose tables are Dagster assets, `core.review` being `core/review`; other tables come with those."""


def alerts_assets(
    queries: Iterable[AlertQuery],
    evaluate: Callable[[Run], pl.DataFrame],
    send: Callable[[Run], tuple[int, int]],
    publication: Sequence[dg.AssetKey],
) -> list[dg.AssetsDefinition]:
    """Two assets over all organisations. `queries`: the alerts', from which the first one's lineage is derived.
    `publication`: what comes between the two."""
    tables = sorted({table for query in queries for table in query.reads})
    keys = [table.split(".") for table in tables if table.split(".")[0] in _ASSET_SCHEMAS]

    @dg.asset(
        key=EVALUATE,
        deps=keys,
        description="larm.csv and larm.html of every organisation: what is new, what remains, what is closed.",
        group_name="alerts",
        owners=[OWNER],
        kinds={"duckdb", "csv"},
    )
    def evaluate_alerts(run: dg.ResourceParam[Run]) -> dg.MaterializeResult[None]:
        state = evaluate(run)
        still_open = state.filter(pl.col("closed").is_null())
        kinds = still_open.group_by("kind").len("count").sort("kind").rows()
        return dg.MaterializeResult(metadata={"open": still_open.height, **dict(kinds)})

    @dg.asset(
        key=SEND,
        deps=[EVALUATE, *publication],
        description="One digest per reader of what is new and what is closed; what could not be sent waits.",
        group_name="alerts",
        owners=[OWNER],
        kinds={"email"},
    )
    def send_alerts(run: dg.ResourceParam[Run]) -> dg.MaterializeResult[None]:
        delivered, waiting = send(run)
        return dg.MaterializeResult(metadata={"delivered": delivered, "waiting": waiting})

    return [evaluate_alerts, send_alerts]
