"""Dagster's event log in one SQLite file, over connections that stay open.

Dagster's own opens an engine, a connection and a file for every event, another to see whether a table is there, and
has the disk confirm each: for a night's 600 events that takes longer than the night. Here a commit is safe against a
killed process, and the last events are lost where the power goes (WAL with synchronous=NORMAL). `instance` names it
in dagster.yaml.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import sqlalchemy as db
from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.consolidated_sqlite_event_log import SQLITE_EVENT_LOG_FILENAME

BUSY_SECONDS = 60


class EventLog(ConsolidatedSqliteEventLogStorage):
    """The storage; what it holds and how it is asked is Dagster's."""

    @cached_property
    def _engine(self) -> db.Engine:
        engine = db.create_engine(
            f"sqlite:///{Path(self._base_dir) / SQLITE_EVENT_LOG_FILENAME}.db", connect_args={"timeout": BUSY_SECONDS}
        )
        db.event.listen(engine, "connect", _without_waiting_for_the_disk)
        return engine

    @contextmanager
    def _connect(self) -> Iterator[db.Connection]:
        with self._engine.begin() as connection:
            yield connection

    @cached_property
    def _tables(self) -> set[str]:
        """Tables that are known to be there: they stay."""
        return set()

    def has_table(self, table_name: str) -> bool:
        """Dagster asks for the same two with every event of an asset."""
        if table_name not in self._tables:
            with self._connect() as connection:
                if not db.inspect(connection).has_table(table_name):
                    return False
            self._tables.add(table_name)
        return True

    @cached_property
    def _columns(self) -> set[str]:
        """Columns of assets that are known to be there: they stay, too."""
        return set()

    def _has_asset_key_col_on_connection(self, conn: db.Connection, column_name: str) -> bool:
        """Dagster asks for the same one with every event of an asset, and reads the table's description each time."""
        if column_name not in self._columns and super()._has_asset_key_col_on_connection(conn, column_name):
            self._columns.add(column_name)
        return column_name in self._columns

    def dispose(self) -> None:
        """Lets the connections go."""
        self._engine.dispose()
        super().dispose()  # type: ignore[no-untyped-call]


def _without_waiting_for_the_disk(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
