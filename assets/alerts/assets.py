"""Dagster: what is decided before the switch, and sent after it."""

from collections.abc import Callable, Sequence

import dagster as dg
import polars as pl

from assets.settings import Run

DECIDE = dg.AssetKey(["alerts", "decide"])
SEND = dg.AssetKey(["alerts", "send"])
OWNER = "team:lagesbild"

_READS = [
    ["marts", "deliveries"], ["marts", "quarantine"], ["marts", "unmatched"], ["marts", "indicator_values"],
    ["core", "incident_steps"], ["core", "incident_deadlines"],
]  # fmt: skip


def alerts_assets(
    decide: Callable[[Run], pl.DataFrame],
    send: Callable[[Run], tuple[int, int]],
    publication: Sequence[dg.AssetKey],
) -> list[dg.AssetsDefinition]:
    """Two assets over all organisations. `publication`: what comes between them."""

    @dg.asset(
        key=DECIDE,
        deps=_READS,
        description="larm.csv and larm.html of every organisation: what is new, what remains, what is closed.",
        group_name="alerts",
        owners=[OWNER],
        kinds={"duckdb", "csv"},
    )
    def decided(run: dg.ResourceParam[Run]) -> dg.MaterializeResult[None]:
        state = decide(run)
        still_open = state.filter(pl.col("closed").is_null())
        kinds = still_open.group_by("kind").len("count").sort("kind").rows()
        return dg.MaterializeResult(metadata={"open": still_open.height, **dict(kinds)})

    @dg.asset(
        key=SEND,
        deps=[DECIDE, *publication],
        description="One digest per reader of what is new and what is closed; what could not be sent waits.",
        group_name="alerts",
        owners=[OWNER],
        kinds={"email"},
    )
    def sent(run: dg.ResourceParam[Run]) -> dg.MaterializeResult[None]:
        delivered, waiting = send(run)
        return dg.MaterializeResult(metadata={"delivered": delivered, "waiting": waiting})

    return [decided, sent]
