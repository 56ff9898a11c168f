"""Column lineage, worked out once for each query: sqlglot takes seconds for all of them, and from night to night they
are the same."""

import hashlib
import json
from collections.abc import Collection, Mapping
from importlib.metadata import version
from pathlib import Path

import duckdb

from assets.atomic import atomic_write
from assets.warehouse.lineage import Origins, column_lineage, known_columns


def columns_by_table(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The columns of every `schema.table` in the warehouse with their types, in their order."""
    columns: dict[str, dict[str, str]] = {}
    query = """
        SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()
        WHERE NOT internal ORDER BY schema_name, table_name, column_index
    """
    for table, column, kind in con.execute(query).fetchall():
        columns.setdefault(table, {})[column] = kind
    return columns


def cached_lineage(
    queries: Mapping[str, str], columns: Mapping[str, Collection[str]], cache: Path
) -> dict[str, Origins]:
    """The lineage of each query by the name of its table. What is in the cache for the same query over the same
    columns is taken from there; the rest is worked out and put there."""
    if not queries:
        return {}
    known, schema = _read(cache), known_columns(columns)
    shape = hashlib.sha256(json.dumps([version("sqlglot"), columns], sort_keys=True).encode()).hexdigest()
    keys = {table: hashlib.sha256(f"{shape}{query}".encode()).hexdigest() for table, query in queries.items()}
    found = {
        table: known[keys[table]] if keys[table] in known else column_lineage(query, schema)
        for table, query in queries.items()
    }
    if not set(keys.values()) <= known.keys():
        fresh = {key: found[table] for table, key in keys.items()}
        with atomic_write(cache) as draft:
            draft.write_text(json.dumps(known | fresh if len(known) < 2 * len(columns) else fresh), encoding="utf-8")
    return found


def _read(cache: Path) -> dict[str, Origins]:
    """What is cached; nothing where the file is damaged, for everything in it can be worked out anew."""
    try:
        content: dict[str, dict[str, list[list[str]]]] = json.loads(cache.read_text(encoding="utf-8"))
        return {
            key: {column: [(table, name) for table, name in of] for column, of in origins.items()}
            for key, origins in content.items()
        }
    except (FileNotFoundError, ValueError, AttributeError):
        return {}
