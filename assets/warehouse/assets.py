"""Dagster: one asset per SQL model, with lineage as the SQL tells it, and the history."""

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import dagster as dg
import duckdb

from assets.registers.contract import Register
from assets.settings import WAREHOUSE_NAME, Run
from assets.warehouse.asset_metadata import FIGURES, behind, figures_by_indicator, rows_by_table, table_metadata
from assets.warehouse.build import build_only
from assets.warehouse.lineage_cache import cached_lineage, columns_by_table
from assets.warehouse.models import Model, models_read

OWNER = "team:lagesbild"

logger = logging.getLogger("lagesbild.warehouse")

Results = Iterator[dg.MaterializeResult[None]]
PageOf = Callable[[Run, str], dg.MetadataValue]
OpenWarehouse = Callable[[Run], AbstractContextManager[duckdb.DuckDBPyConnection]]


def warehouse_assets(
    models: Mapping[str, Model],
    registers: Mapping[str, Register],
    open_warehouse: OpenWarehouse,
    write_history: Callable[[Run], None],
    lineage_cache: Path,
    page_of: PageOf,
) -> list[dg.AssetsDefinition]:
    """Every model as an asset over all organisations, made in one step by one DuckDB process, and the history.

    `registers`: the contracts that describe columns. `lineage_cache`: the file that remembers the column lineage of
    queries that haven't changed. `page_of`: where the page of an indicator shows.
    """

    @dg.multi_asset(name="warehouse", specs=[_spec(model, models) for model in models.values()], can_subset=True)
    def warehouse(context: dg.AssetExecutionContext, run: dg.ResourceParam[Run]) -> Results:
        wanted = {".".join(key.path): key for key in context.selected_asset_keys}
        with open_warehouse(run) as con:
            build_only(con, models, wanted)
            # Column lineage takes seconds: where the events are thrown away nobody would see it.
            chosen = {} if context.instance.is_ephemeral else {table: models[table].query for table in wanted}
            columns, rows = columns_by_table(con), rows_by_table(con, wanted)
            lineages = cached_lineage(chosen, columns, lineage_cache)
            figures = figures_by_indicator(con) if FIGURES in wanted else {}
            for model in (models[table] for table in models if table in wanted):
                figure = figures.get(model.indicator_id, {}) if model.indicator else {}
                page = {"page": page_of(run, model.indicator_id)} if figure else {}
                table, origins = model.table, lineages.get(model.table)
                yield dg.MaterializeResult(
                    asset_key=wanted[table],
                    metadata=table_metadata(rows[table], columns[table], origins, registers) | figure | page,
                )
        if left := behind(models, wanted):
            logger.warning("Det här läser det som nu är nytt och gjordes inte om: %s", ", ".join(left))
            logger.warning("Det publicerade är som det var, tills en hel natt har körts")

    @dg.asset(
        key="history",
        deps=[["marts", "indicator_values"], ["marts", "gap_lifecycle"]],
        description="One value per indicator, organisation, unit, B and K; and for each night the life of every gap.",
        group_name="history",
        owners=[OWNER],
        kinds={"parquet"},
    )
    def history(run: dg.ResourceParam[Run]) -> None:
        write_history(run)

    return [warehouse, history]


def _spec(model: Model, models: Mapping[str, Model]) -> dg.AssetSpec:
    header = model.indicator
    facts = {"title": header.title, "target": header.target, "motive": header.motive} if header else {}
    return dg.AssetSpec(
        [model.schema_name, model.name],
        deps=sorted(_upstream(model, models)),
        description=f"{model.indicator_id}: {model.about}" if header else model.about,
        group_name=model.schema_name,
        owners=[OWNER],
        kinds={"duckdb", "sql"},
        metadata={name: value for name, value in facts.items() if value is not None}
        | {
            "dagster/table_name": f"{WAREHOUSE_NAME}.{model.table}",
            "dagster/code_references": _code_reference(model),
        },
    )


def _code_reference(model: Model) -> dg.CodeReferencesMetadataValue:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)  # beta, but pinned by the lock file
        label = f"sql/{model.schema_name}/{model.path.name}"
        file = dg.LocalFileCodeReference(file_path=str(model.path), label=label)
        return dg.CodeReferencesMetadataValue(code_references=[file])


def _upstream(model: Model, models: Mapping[str, Model]) -> set[dg.AssetKey]:
    """The assets that a model reads: other models, registers, and the intake's own account of deliveries."""
    keys = {dg.AssetKey(table.split(".")) for table in models_read(models, model)}
    for table in model.reads - models.keys():
        schema, name = table.split(".")
        if schema == "registers":
            keys.add(dg.AssetKey([schema, name]))
        elif schema == "intake":
            keys.add(dg.AssetKey(["intake", "deliveries"]))
    return keys
