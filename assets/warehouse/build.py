"""The build: base tables of one K, then every model of one B, in a DuckDB file of the run's own.

Everything in it can be made again from the archive, so a whole run starts from nothing. A run that makes some
models alone works on a copy of the kept warehouse (`kept`).
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

import duckdb

from assets.registers.contract import Register
from assets.registers.shapes import ITEM
from assets.settings import Run
from assets.sql_files import naming_query
from assets.warehouse.catalogue import create_catalogue, fill_sources
from assets.warehouse.history import create_history_tables, load_history
from assets.warehouse.load import create_base_tables, load
from assets.warehouse.models import Model, ModelError, models_read, upstream

logger = logging.getLogger("lagesbild.warehouse")

MEMORY = 6_000_000_000
"""So many bytes the warehouse's connection holds at once, fewer where the machine has fewer to give; what a query
needs beyond that lies in files beside the warehouse meanwhile. A city needs a fifth of it, all of Sweden's rows three
times as much."""

_TABLES = "SELECT schema_name || '.' || table_name FROM duckdb_tables()"


class MissingInput(RuntimeError):
    """A step lacks what it stands on; the message names the asset to materialise first."""


@contextmanager
def open_warehouse(
    run: Run, data: Path, registers: Mapping[str, Register], models: Mapping[str, Model]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the run's own file, its base tables filled from the archive and the history in `data`."""
    fresh = not run.warehouse.exists()
    _import_pandas()
    con = duckdb.connect(run.warehouse)
    try:
        _limit_memory(con)
        # Variables live with their connection; the models read B from them, by way of core.review.
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [run.as_of])
        con.execute("SET VARIABLE nightly = ?", [run.kind == "nightly"])
        if fresh:
            create_tables(con, registers, models)
            load(con, run.folder, data / "archive" / "read", registers)
            load_history(con, data / "history", run)
        yield con
    finally:
        con.close()


def _limit_memory(con: duckdb.DuckDBPyConnection) -> None:
    (given,) = con.execute("SELECT parse_formatted_bytes(current_setting('memory_limit'))").fetchone() or (MEMORY,)
    con.execute(f"SET memory_limit = '{min(given, MEMORY)} B'")


def _import_pandas() -> None:
    """Imports what DuckDB would at its first query with parameters: it takes whatever is raised there, a signal to
    stop too, for a library that isn't installed, and goes on."""
    with suppress(ImportError):
        import_module("pandas")


def create_tables(
    con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register], models: Mapping[str, Model]
) -> None:
    """All that models may count on, empty: registers, intake and history as they are shaped, and the catalogue."""
    create_base_tables(con, registers)
    create_history_tables(con)
    create_catalogue(con, models)
    fill_sources(con, registers, models)


def build(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], wanted: Iterable[str]) -> None:
    """Makes the wanted tables and all that they read, in order, where they aren't there yet."""
    missing = upstream(models, wanted) - tables_in(con)
    if missing:
        logger.info("%d tabeller räknas", len(missing))
    for model in models.values():
        if model.table in missing:
            _build_model(con, model)


def build_only(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], wanted: Iterable[str]) -> None:
    """Makes the wanted tables anew, in order, and no other. Raises MissingInput where one of them reads a table that
    is neither there nor wanted."""
    chosen = set(wanted)
    known = tables_in(con) | chosen
    for table in sorted(chosen):
        if lacking := sorted((models[table].reads | models_read(models, models[table])) - known):
            needed, first = ", ".join(lacking), lacking[0].replace(".", "/")
            raise MissingInput(f"{table} reads {needed}, which isn't there. Materialise {first} first.")
    _drop(con, models, chosen)
    build(con, models, chosen)


def rebuild(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], *changed: str) -> None:
    """Makes anew every model that stands on a table which has changed since."""
    standing = [
        table
        for table in models
        if any(not models[near].reads.isdisjoint(changed) for near in upstream(models, [table]))
    ]
    _drop(con, models, standing)
    build(con, models, standing)


def tables_in(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of the tables that are there, as `schema.table`."""
    return {table for (table,) in con.execute(_TABLES).fetchall()}


def _drop(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model], tables: Iterable[str]) -> None:
    """Removes tables, and of indicators also their items."""
    for table in tables:
        con.execute(f"DROP TABLE IF EXISTS {table}")
        if models[table].indicator:
            for collected in ("items", "obstacles"):
                con.execute(f"DELETE FROM catalogue.{collected} WHERE indicator = ?", [models[table].indicator_id])


def _build_model(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    with naming_query(model.table, model.place):
        con.execute(f"CREATE TABLE {model.table} AS {model.query}")
        if model.indicator:
            _collect_items(con, model)


def _without_hashes(column: str) -> str:
    """An item's column, without the keyed hashes of what may not be shown. Its key stays whole in here, for it tells
    items apart; what people read of it hides them."""
    if column not in ("unit", "label", "reason"):
        return column
    hidden = f"regexp_replace({column}, 'hash:[0-9a-f]{{64}}', '[visas inte]', 'g')"
    return f"if(contains({column}, 'hash:'), {hidden}, {column})"


def _collect_items(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    yielded = {name for name, *_ in con.execute(f"DESCRIBE {model.table}").fetchall()}
    if odd := yielded - ITEM.keys() - {"obstacle"}:
        raise ModelError(f"{model.path.name}: yields {', '.join(sorted(odd))}, which no item has")
    if lacking := {name for name, (_, default) in ITEM.items() if default is None} - yielded:
        raise ModelError(f"{model.path.name}: yields no {', '.join(sorted(lacking))}")
    obstacle = "obstacle" if "obstacle" in yielded else "NULL"
    columns = ", ".join(
        _without_hashes(name) if name in yielded else str(default) for name, (_, default) in ITEM.items()
    )
    con.execute(f"""
        INSERT INTO catalogue.items
        SELECT '{model.indicator_id}', {columns} FROM {model.table} WHERE {obstacle} IS NULL
    """)
    con.execute(f"""
        INSERT INTO catalogue.obstacles
        SELECT '{model.indicator_id}', organisation, {obstacle} FROM {model.table} WHERE {obstacle} IS NOT NULL
    """)
