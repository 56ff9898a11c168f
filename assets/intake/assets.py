"""Dagster: the inbox, and what every register holds as it stands for K."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType

import dagster as dg
import polars as pl

from assets.registers.contract import Register
from assets.registers.landed import landed_fields
from assets.settings import DEFAULT_LATE_AFTER_DAYS, Run

INBOX = dg.AssetKey(["inbox"])
DELIVERIES = dg.AssetKey(["intake", "deliveries"])
OWNER = "team:lagesbild"


def intake_assets(
    registers: Mapping[str, Register],
    resolve_deliveries: Callable[[Run], None],
    late_days: Mapping[str, int] = MappingProxyType({}),
) -> list[dg.AssetsDefinition | dg.AssetSpec]:
    """One asset per register over all organisations, made by one step that lands the inbox.

    `late_days`: per register, after how many days it is late, where that is not DEFAULT_LATE_AFTER_DAYS.
    Dagster's freshness tells
    of a register that no night has made for so long; which organisation's delivery is late, the alerts tell.
    """
    specs = [
        dg.AssetSpec(
            DELIVERIES,
            deps=[INBOX],
            description="Every delivery seen, as it stands for K. One row per file, and per register without any.",
            group_name="intake",
            owners=[OWNER],
            kinds={"polars", "parquet"},
        ),
        *(
            _register_spec(register, late_days.get(name, DEFAULT_LATE_AFTER_DAYS))
            for name, register in registers.items()
        ),
    ]

    @dg.multi_asset(name="intake", specs=specs, can_subset=True)
    def intake(context: dg.AssetExecutionContext, run: dg.ResourceParam[Run]) -> Iterator[dg.MaterializeResult[None]]:
        resolve_deliveries(run)
        stock = pl.read_parquet(run.deliveries_path)
        in_force = stock.filter(pl.col("status") == "i kraft")
        for key in (spec.key for spec in specs if spec.key in context.selected_asset_keys):
            rows = stock if key == DELIVERIES else in_force.filter(pl.col("register") == key.path[-1])
            count = rows.height if key == DELIVERIES else int(rows["loaded"].sum())
            yield dg.MaterializeResult(
                asset_key=key, metadata={"dagster/row_count": count, "deliveries": rows.height}
            )

    inbox = dg.AssetSpec(
        INBOX, description="The exports as the source systems deliver them: one folder per organisation.",
        group_name="intake", owners=[OWNER], kinds={"csv", "excel"},
    )  # fmt: skip
    return [inbox, intake]


def _register_spec(register: Register, late: int) -> dg.AssetSpec:
    columns = {"delivery": "VARCHAR", "row": "INTEGER"} | landed_fields(register)
    if register.level == "organisation":
        columns = {"organisation": "VARCHAR"} | columns
    return dg.AssetSpec(
        ["registers", register.name],
        deps=[DELIVERIES],
        description=register.about,
        group_name="registers",
        owners=[OWNER],
        kinds={"polars", "parquet"},
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(days=late)),
        metadata={"dagster/column_schema": _schema(columns), "mode": register.mode, "level": register.level},
    )


def _schema(columns: Mapping[str, str]) -> dg.TableSchema:
    return dg.TableSchema([dg.TableColumn(name, kind) for name, kind in columns.items()])
