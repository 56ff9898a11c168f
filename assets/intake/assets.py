"""Dagster: the inbox, and what every register holds as it stands for K."""

from collections.abc import Callable, Iterator, Mapping

import dagster as dg
import polars as pl

from assets.registers.contract import Register
from assets.registers.landed import landed_fields
from assets.settings import WAREHOUSE_NAME, Run

INBOX = dg.AssetKey(["inbox"])
DELIVERIES = dg.AssetKey(["intake", "deliveries"])
OWNER = "team:lagesbild"


def intake_assets(
    registers: Mapping[str, Register], ingest: Callable[[Run], None]
) -> list[dg.AssetsDefinition | dg.AssetSpec]:
    """One asset per register over all organisations, made by one step that reads the inbox. They belong together, as
    known at one moment, so selecting one selects all. Which delivery is late, the alerts tell."""
    specs = [
        dg.AssetSpec(
            DELIVERIES,
            deps=[INBOX],
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
        deliveries = pl.read_parquet(run.deliveries_path)
        in_force = deliveries.filter(pl.col("status") == "i kraft")
        for key in (spec.key for spec in specs):
            rows = deliveries if key == DELIVERIES else in_force.filter(pl.col("register") == key.path[-1])
            count = rows.height if key == DELIVERIES else int(rows["loaded"].sum())
            yield dg.MaterializeResult(
                asset_key=key, metadata={"dagster/row_count": count, "deliveries": rows.height}
            )

    inbox = dg.AssetSpec(
        INBOX, description="The exports as the source systems deliver them: one folder per organisation.",
        group_name="intake", owners=[OWNER], kinds={"csv", "excel"},
    )  # fmt: skip
    return [inbox, intake]


def _register_spec(register: Register) -> dg.AssetSpec:
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
        metadata={
            "dagster/table_name": f"{WAREHOUSE_NAME}.registers.{register.name}",
            "dagster/column_schema": _schema(columns),
            "mode": register.mode,
            "level": register.level,
        },
    )


def _schema(columns: Mapping[str, str]) -> dg.TableSchema:
    return dg.TableSchema([dg.TableColumn(name, kind) for name, kind in columns.items()])
