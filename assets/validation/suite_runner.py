"""Holds each table against its suite, or takes the result that an earlier night kept of the same suite and input.

<data>/validation/kept/<table>.<key>.parquet   the results of a table; the key is made of its suite and its input
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
from assets.sql_files import safe_message
from assets.stop import raise_fatal
from assets.validation import suites
from assets.validation.baselines import SCHEMAS as BASELINES
from assets.validation.baselines import create_baselines
from assets.validation.failing_rows import BrokenSuite
from assets.validation.lean_import import lean
from assets.validation.protected_rows import PROTECTED, id_columns
from assets.validation.results import RESULT, TEXTS, TableResult, read_results
from expectations.expectation import Expectation, Native

if TYPE_CHECKING:
    from assets.validation.gx_duckdb import Gx

ENGINE_VERSION = 2
"""Raise it when the code of this wing finds something else for the same suite and the same data."""

_OF_DELIVERIES = ("registers", *BASELINES)
"""The schemas with a table for each register; what stands in them follows from its deliveries."""

_TABLE = re.compile(r"\b([a-z_]+\.[a-z][a-z0-9_]*)\b")


@dataclass
class SuiteRunner:
    """The suites of one run. `organisations`: all that there are; `read`: the archive's readings; `folder`: what is
    kept; `keep`: whether this run keeps what it finds."""

    con: duckdb.DuckDBPyConnection
    registers: Mapping[str, Register]
    grains: suites.Grains
    organisations: Sequence[str]
    read: Path
    folder: Path
    keep: bool
    prepared: set[str] = field(default_factory=set)
    contents: dict[str, str] = field(default_factory=dict)

    def run(self, table: str) -> TableResult:
        """Returns the outcome of one table's suite. What goes wrong stands in it, so that the others are asked.
        Raises OSError where the disk is full or failing."""
        try:
            suite = suites.suite(table, self.registers, self.grains)
        except Exception as error:  # noqa: BLE001 – it has read no data yet, so its message holds none
            return _broken(table, f"{table}: {type(error).__name__}: {error}")
        try:
            return self._kept_or_validated(table, suite)
        except BrokenSuite as error:
            return _broken(table, str(error))
        except Exception as error:  # noqa: BLE001 – whatever it is, the table's own check tells it
            raise_fatal(error)
            return _broken(table, safe_message(error, table))

    def close(self) -> None:
        if "_gx" in self.__dict__:
            self._gx.close()

    def _kept_or_validated(self, table: str, suite: Sequence[Expectation]) -> TableResult:
        kept = self.folder / f"{table}.{self._key(table, suite)}.parquet"
        if (known := read_results(kept)) is not None:
            return TableResult(table, _with_texts(known, suite), kept=True)
        results = self._ask(table, suite)
        if self.keep:
            for old in self.folder.glob(f"{table}.*.parquet"):
                old.unlink()
            with atomic_write(kept) as draft:
                results.drop(TEXTS).write_parquet(draft)
        return TableResult(table, results)

    def _ask(self, table: str, suite: Sequence[Expectation]) -> pl.DataFrame:
        with lean():
            from assets.validation.validate_table import validate_table

        owners = [*self.organisations, CITY] if table.startswith("marts.") else self.organisations
        return validate_table(self.con, self._gx, table, suite, owners, id_columns(table, self.registers))

    @cached_property
    def _gx(self) -> "Gx":
        with lean():
            from assets.validation.gx_duckdb import Gx  # it takes seconds: only where something has changed

        return Gx(self.con)

    def _key(self, table: str, suite: Sequence[Expectation]) -> str:
        """Changes when an expectation does (its words don't count), a table that it reads, or the engine."""
        checks = [f"{own.name} {own.severity} {_check_text(own.check)}" for own in suite]
        read = set(_TABLE.findall(" ".join([table, *checks])))
        self._create_baselines(read)
        if table in self._of_persons:
            read.add(PROTECTED)  # whose places are told hangs on who is protected
        contents = map(self._content, sorted(read & self._existing))
        parts = [str(ENGINE_VERSION), *checks, *self.organisations, *contents]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _create_baselines(self, read: set[str]) -> None:
        for name in self.registers.keys() - self.prepared:
            if read & {f"{schema}.{name}" for schema in _OF_DELIVERIES}:
                create_baselines(self.con, self.registers[name], self.read)
                self.prepared.add(name)

    @cached_property
    def _existing(self) -> set[str]:
        """Every table that there is, and will be when it is asked of."""
        query = "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
        made = {table for (table,) in self.con.execute(query).fetchall()}
        return made | {f"{schema}.{name}" for schema in _OF_DELIVERIES for name in self.registers}

    @cached_property
    def _of_persons(self) -> set[str]:
        """The tables of which some rows may have no place told."""
        query = "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns()"
        columns = self.con.execute(query).fetchall()
        return {table for table, column in columns if column in id_columns(table, self.registers)}

    def _content(self, table: str) -> str:
        """A register's rows, and those before them, follow from its deliveries, and where a source looks up in others
        from theirs; of any other table its rows count."""
        schema, name = table.split(".")
        if schema not in _OF_DELIVERIES:
            return self._rows(table)
        return " ".join(self._rows(f"delivered.{register}") for register in sorted(self._made_of(name)))

    def _made_of(self, register: str) -> set[str]:
        """The registers whose deliveries decide a register's rows: itself, and those that it is looked up in."""
        found, left = {register}, [register]
        while left:
            near = self._looked_up.get(left.pop(), set()) - found
            found |= near
            left += near
        return found

    @cached_property
    def _looked_up(self) -> dict[str, set[str]]:
        query = """
            SELECT register, list(DISTINCT split_part(lookup.target, '.', 1))
            FROM (SELECT register, unnest(lookups) AS lookup FROM intake.deliveries) GROUP BY register
        """
        found = {register: set(targets) for register, targets in self.con.execute(query).fetchall()}
        self._create_baselines({f"delivered.{target}" for targets in found.values() for target in targets})
        return found

    def _rows(self, source: str) -> str:
        if source not in self.contents:
            query = f"SELECT count(*), sum(hash(content)) FROM {source} AS content"
            self.contents[source] = f"{source} {self.con.execute(query).fetchone()}"
        return self.contents[source]


def _broken(table: str, why: str) -> TableResult:
    return TableResult(table, pl.DataFrame(schema=RESULT), broken=why)


def _check_text(check: str | Native) -> str:
    if isinstance(check, str):
        return check
    return f"{check.kind} {sorted(check.arguments.items())} {check.table} {check.rows}"


def _with_texts(results: pl.DataFrame, suite: Sequence[Expectation]) -> pl.DataFrame:
    texts = pl.DataFrame(
        [(own.name, own.explanation, own.reason) for own in suite],
        schema=["expectation", *TEXTS],
        orient="row",
    )
    return results.join(texts, on="expectation", how="left", maintain_order="left").select(*RESULT)
