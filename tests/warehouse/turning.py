"""Tables whose rows are held in the opposite order: what follows from them must not follow from that."""

from collections.abc import Iterable

import duckdb


def turn(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    """Writes the rows of each table anew, the last one first."""
    for table in tables:
        con.execute(f"CREATE TEMP TABLE turned AS FROM {table} ORDER BY rowid DESC")
        con.execute(f"DELETE FROM {table}")
        con.execute(f"INSERT INTO {table} FROM turned")
        con.execute("DROP TABLE turned")
