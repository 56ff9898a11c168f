"""One table after the other: asked, or where suite and input are those of an earlier night, told from what it kept.

<data>/validation/kept/<table>.<key>.parquet   the verdicts on a table; the key is made of its suite and its input
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from assets.atomic import atomic_write
from assets.registers.contract import CITY, Register
from assets.validation import suites
from assets.validation.baselines import prepare
from assets.validation.results import RESULT, TableResult
from expectations.expectation import Expectation

if TYPE_CHECKING:
    from assets.validation.gx_duckdb import Gx

_COMPARED = ("registers", "delivered", "previous")
"""The schemas with a table for each register; what stands in them follows from its deliveries."""

_TABLE = re.compile(r"\b([a-z_]+\.[a-z][a-z0-9_]*)\b")


@dataclass
class Asking:
    """The tables of one run. `organisations`: all that there are; `read`: the archive's readings; `folder`: what is
    kept; `keep`: whether this run keeps what it finds."""

    con: duckdb.DuckDBPyConnection
    registers: Mapping[str, Register]
    organisations: Sequence[str]
    read: Path
    folder: Path
    keep: bool
    prepared: set[str] = field(default_factory=set)
    contents: dict[str, str] = field(default_factory=dict)

    def judged(self, table: str) -> TableResult:
        try:
            suite = suites.suite(table, self.registers)
            kept = self.folder / f"{table}.{self._key(table, suite)}.parquet"
            if kept.exists():
                return TableResult(table, pl.read_parquet(kept), kept=True)
            verdicts = self._asked(table, suite)
        except Exception as fault:  # noqa: BLE001 – whatever it is, the table's own check tells it
            return TableResult(table, pl.DataFrame(schema=RESULT), broken=f"{type(fault).__name__}: {fault}")
        if self.keep:
            for old in self.folder.glob(f"{table}.*.parquet"):
                old.unlink()
            with atomic_write(kept) as draft:
                verdicts.write_parquet(draft)
        return TableResult(table, verdicts)

    def _asked(self, table: str, suite: Sequence[Expectation]) -> pl.DataFrame:
        from assets.validation.validate_table import judge

        owners = [*self.organisations, CITY] if table.startswith("marts.") else self.organisations
        return judge(self.con, self._gx, table, suite, owners)

    @cached_property
    def _gx(self) -> "Gx":
        from assets.validation.gx_duckdb import Gx  # it takes seconds: only where something has changed

        return Gx(self.con)

    def close(self) -> None:
        if "_gx" in self.__dict__:
            self._gx.close()

    def _key(self, table: str, suite: Sequence[Expectation]) -> str:
        """Changes when the suite does, or anything in a table that it reads."""
        asked = " ".join([table, *(each.check for each in suite if isinstance(each.check, str))])
        named = set(_TABLE.findall(asked))
        self._prepare(named)
        read = sorted(named & self._there)
        parts = [suites.source_of(table, self.registers), *self.organisations, *map(self._content, read)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _prepare(self, named: set[str]) -> None:
        for name in self.registers.keys() - self.prepared:
            if named & {f"{schema}.{name}" for schema in _COMPARED}:
                prepare(self.con, self.registers[name], self.read)
                self.prepared.add(name)

    @cached_property
    def _there(self) -> set[str]:
        """Every table that there is, and will be when it is asked of."""
        query = "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
        made = {table for (table,) in self.con.execute(query).fetchall()}
        return made | {f"{schema}.{name}" for schema in _COMPARED for name in self.registers}

    def _content(self, table: str) -> str:
        """A register's rows, and those before them, follow from its deliveries; of any other table its rows count."""
        schema, name = table.split(".")
        source = f"delivered.{name}" if schema in _COMPARED else table
        if source not in self.contents:
            query = f"SELECT count(*), sum(hash(each)) FROM {source} AS each"
            self.contents[source] = f"{source} {self.con.execute(query).fetchone()}"
        return self.contents[source]
