"""Dagster: what is fetched, the inbox, and what every register holds as it stands for K."""

from collections.abc import Callable, Collection, Iterator, Mapping

import dagster as dg
import polars as pl

from assets.intake.asset_metadata import column_schema, deliveries_metadata, register_metadata
from assets.intake.fetching.state import FetchState
from assets.intake.sources.definition import Source
from assets.registers.contract import Register
from assets.settings import WAREHOUSE_NAME, Run

INBOX = dg.AssetKey(["inbox"])
DELIVERIES = dg.AssetKey(["intake", "deliveries"])
FETCH, REACHED = "fetch", "reached"
"""What the assets of what is fetched begin with, and their check."""
OWNER = "team:lagesbild"


def fetch_assets(
    sources: Mapping[str, Source], fetch: Callable[[Collection[str]], Mapping[str, FetchState]]
) -> list[dg.AssetsDefinition]:
    """One asset per source that is fetched, each with the check `reached`: one that can't be reached costs neither
    the night nor the others. None where nothing is fetched."""
    specs = [_fetch_spec(source) for source in sources.values() if source.fetch]
    if not specs:
        return []

    @dg.multi_asset(
        name="fetch",
        specs=specs,
        check_specs=[dg.AssetCheckSpec(REACHED, asset=spec.key) for spec in specs],
        can_subset=True,
    )
    def fetched(
        context: dg.AssetExecutionContext, run: dg.ResourceParam[Run]
    ) -> Iterator[dg.MaterializeResult[None]]:
        del run  # its lock is held
        wanted = {key.path[-1]: key for key in context.selected_asset_keys}
        checked = {key.asset_key for key in context.selected_asset_check_keys}
        for name, state in fetch(wanted).items():
            key = wanted[name]
            yield dg.MaterializeResult(
                asset_key=key,
                metadata=_fetch_metadata(state),
                check_results=[_reached(key, state)] if key in checked else [],
            )

    return [fetched]


def _fetch_spec(source: Source) -> dg.AssetSpec:
    assert source.fetch is not None
    return dg.AssetSpec(
        [FETCH, source.name],
        description=f"The files of the source {source.name}, as its system has them. Their register: "
        f"{source.register_name}.",
        group_name=FETCH,
        owners=[OWNER],
        kinds={source.fetch.way},
    )


def _fetch_metadata(state: FetchState) -> dict[str, str | int]:
    last = {"last_reached": state.reached.isoformat()} if state.reached else {}
    counts = {"fetched_files": state.landed, "unchanged_files": state.unchanged, "fetched_bytes": state.size}
    return counts | last | ({"fault": state.fault} if state.fault else {})


def _reached(key: dg.AssetKey, state: FetchState) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=state.fault is None,
        asset_key=key,
        check_name=REACHED,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"fault": state.fault} if state.fault else {},
    )


def intake_assets(
    registers: Mapping[str, Register], ingest: Callable[[Run], None], fetched: Collection[dg.AssetKey] = ()
) -> list[dg.AssetsDefinition | dg.AssetSpec]:
    """One asset per register over all organisations, made by one step that reads the inbox. They belong together, as
    known at one moment, so selecting one selects all. `fetched`: what comes first. Which delivery is late, the alerts
    tell."""
    specs = [
        dg.AssetSpec(
            DELIVERIES,
            deps=[INBOX, *fetched],
            description="Every delivery seen, as it stands for K. One row per file, and per register without any.",
            group_name="intake",
            owners=[OWNER],
            kinds={"polars", "parquet"},
            metadata={"dagster/table_name": f"{WAREHOUSE_NAME}.intake.deliveries"},
        ),
        *map(_register_spec, registers.values()),
    ]

    @dg.multi_asset(name="intake", specs=specs)
    def intake(run: dg.ResourceParam[Run]) -> Iterator[dg.MaterializeResult[None]]:
        ingest(run)
        deliveries = pl.read_parquet(run.deliveries_path, glob=False)
        yield dg.MaterializeResult(asset_key=DELIVERIES, metadata=deliveries_metadata(deliveries))
        for name in registers:
            own = deliveries.filter(pl.col("register") == name)
            yield dg.MaterializeResult(asset_key=["registers", name], metadata=register_metadata(own))

    inbox = dg.AssetSpec(
        INBOX, description="The exports as the source systems deliver them: one folder per organisation.",
        group_name="intake", owners=[OWNER], kinds={"csv", "excel"},
    )  # fmt: skip
    return [inbox, intake]


def _register_spec(register: Register) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["registers", register.name],
        deps=[DELIVERIES],
        description=register.about,
        group_name="registers",
        owners=[OWNER],
        kinds={"polars", "parquet"},
        metadata={
            "dagster/table_name": f"{WAREHOUSE_NAME}.registers.{register.name}",
            "dagster/column_schema": column_schema(register),
            "mode": register.mode,
            "level": register.level,
        },
    )
