"""What Dagster shows of a model's table: its rows, its columns and where they come from, and of an indicator its
figure. No cell of a register is told."""

from collections.abc import Iterable, Mapping
from typing import Any

import dagster as dg
import duckdb

from assets.markdown_table import markdown_table
from assets.registers.contract import CITY, Register
from assets.registers.landed import belongs
from assets.warehouse.lineage import Origins
from assets.warehouse.models import CATALOGUE, Model, models_read

FIGURES = "marts.indicator_values"
_HEADINGS = ("organisation", "värde", "status", "orsak")

Metadata = dict[str, Any]
"""What Dagster takes as the metadata of a materialisation."""


def rows_by_table(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each `schema.table` has. One query, for there are a hundred of them."""
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)
    return dict(con.execute(counts).fetchall()) if counts else {}


def table_metadata(
    rows: int, columns: Mapping[str, str], origins: Origins | None, registers: Mapping[str, Register]
) -> Metadata:
    """How many rows there are, and the columns with their types; `origins`: where each column comes from, where that
    is known."""
    described = [
        dg.TableColumn(name, kind, _about((origins or {}).get(name, []), registers)) for name, kind in columns.items()
    ]
    metadata: Metadata = {
        "dagster/row_count": rows,
        "dagster/column_schema": dg.TableSchema(described),
    }
    return metadata | (_lineage(origins) if origins else {})


def _about(of: Iterable[tuple[str, str]], registers: Mapping[str, Register]) -> str | None:
    """What the contract says of the one column of a register that it comes from, else which columns it comes from."""
    origins = list(of)
    for table, field in origins if len(origins) == 1 else ():
        register = registers.get(table.removeprefix("registers."))
        for column in register.columns if register else ():
            if belongs(field, column) and column.about:
                return f"{column.name}. {column.about}"
    return ", ".join(f"{table}.{field}" for table, field in origins) or None


def _lineage(origins: Origins) -> Metadata:
    """Where each column comes from, as Dagster keeps it and as a person reads it."""
    rows = [
        (f"`{column}`", ", ".join(f"`{table}.{name}`" for table, name in of) or "–") for column, of in origins.items()
    ]
    deps = {
        column: [dg.TableColumnDep(dg.AssetKey(table.split(".")), name) for table, name in of if _is_asset(table)]
        for column, of in origins.items()
    }
    return {
        "dagster/column_lineage": dg.TableColumnLineage(deps),
        "column_lineage": dg.MetadataValue.md(markdown_table(("kolumn", "kommer av"), rows)),
    }


def _is_asset(table: str) -> bool:
    return table.split(".", maxsplit=1)[0] not in ("intake", CATALOGUE, "history")


def figures_by_indicator(con: duckdb.DuckDBPyConnection) -> dict[str, Metadata]:
    """Indicator → its figure: `value` of the city, which Dagster plots over the nights, its state, and what it is in
    each organisation. Where there is no figure there is no value: it is never 0."""
    found: dict[str, Metadata] = {}
    query = f"""
        SELECT indicator, organisation, CAST(value AS DOUBLE), state, reason
        FROM {FIGURES} WHERE level IN ('city', 'organisation') ORDER BY indicator, level, organisation
    """
    rows = con.execute(query).fetchall()
    for indicator in dict.fromkeys(row[0] for row in rows):
        own = [row[1:] for row in rows if row[0] == indicator]
        metadata: Metadata = {"figures": dg.MetadataValue.md(markdown_table(_HEADINGS, own))}
        for organisation, value, state, _ in own:
            if organisation == CITY:
                metadata |= {"state": state} | ({} if value is None else {"value": float(value)})
        found[indicator] = metadata
    return found


def behind(models: Mapping[str, Model], made: Iterable[str]) -> list[str]:
    """The tables that weren't made though they stand on what was: they are as they were before."""
    fresh, old = set(made), list[str]()
    for table, model in models.items():
        if table not in fresh and models_read(models, model) & {*fresh, *old}:
            old.append(table)
    return old
