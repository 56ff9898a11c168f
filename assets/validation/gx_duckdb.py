"""Great Expectations on DuckDB: the datasource that it lacks, on the run's own open connection.

Through plain SQLAlchemy nearly every expectation fails with `list index out of range`, since GX closes the connection
before it fetches. Here one connection stays open: the run's, so no second one meets DuckDB's lock, and nothing is
copied. A native engine is an open pull request upstream (#12084); most of this file would go.
"""

import builtins
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import duckdb
import great_expectations as gx
from duckdb_sqlalchemy import ConnectionWrapper
from great_expectations.core import ExpectationSuite, ExpectationValidationResult
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations import Expectation
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    column_condition_partial,
)
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.validator.v1_validator import Validator
from sqlalchemy import ColumnClause, ColumnElement, Connection, func, literal, text
from sqlalchemy.pool import StaticPool

from assets.disk import raise_disk_words
from assets.sql_files import reduced_message
from assets.validation.failing_rows import BrokenSuite


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Keeps its one connection open from query to fetch."""

    @contextmanager
    def get_connection(self) -> Iterator[Connection]:
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection


class DuckDBColumnTypes(TableMetricProvider):
    """The columns of a table, in one question. GX asks SQLAlchemy, which asks DuckDB's catalogue three times over for
    keys and comments too; that took a sixth of a night's validation."""

    metric_name = "table.column_types"
    value_keys = ("include_nested",)
    default_kwarg_values = {"include_nested": True}  # noqa: RUF012 – as every metric of GX's says it

    @metric_value(engine=DuckDBExecutionEngine)
    def _duckdb(
        cls,  # noqa: N805 – GX makes a class method of it
        execution_engine: DuckDBExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        **_: object,
    ) -> list[dict[str, str]]:
        selectable = execution_engine.get_domain_records(metric_domain_kwargs)
        described = execution_engine.execute_query(text(f"DESCRIBE {selectable.compile(execution_engine.engine)}"))
        return [{"name": name, "type": kind} for name, kind, *_ in described.fetchall()]


class DuckDBPattern(ColumnMapMetricProvider):
    """Whether a regular expression fits a text. GX has an operator for it in many dialects, not in DuckDB's."""

    condition_metric_name = "column_values.match_regex"
    condition_value_keys = ("regex",)

    @column_condition_partial(engine=DuckDBExecutionEngine)
    def _duckdb(cls, column: ColumnClause[str], regex: str, **_: object) -> ColumnElement[bool]:  # noqa: N805 – as above
        return func.regexp_matches(column, literal(regex))


class DuckDBDatasource(SQLDatasource):
    """The tables of one schema. Defining the class adds `add_duckdb` to every data context."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]
    in_schema: str = "main"

    @property
    def schema_(self) -> str:
        return self.in_schema

    @property
    def execution_engine_type(self) -> "builtins.type[SqlAlchemyExecutionEngine]":
        return DuckDBExecutionEngine

    @classmethod
    def _get_exec_engine_excludes(cls) -> set[str]:
        return {*super()._get_exec_engine_excludes(), "in_schema"}

    def batch_of(self, name: str) -> BatchDefinition[Any]:
        """Returns all rows of a table as a batch. GX's own way there writes the whole project as YAML for each table,
        twice, which a context in memory has no use for."""
        asset = self._TableAsset(name=name, table_name=name)
        asset._datasource = self
        self.assets.append(asset)
        batch: BatchDefinition[Any] = BatchDefinition(name="all")
        batch.set_data_asset(asset)
        return batch


class Gx:
    """Great Expectations for one connection. It sends nothing, draws nothing and writes nothing anywhere."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._context = gx.get_context(
            mode="ephemeral",
            project_config=DataContextConfig(
                store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
                analytics_enabled=False,
                progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
            ),
        )
        self._schemas: dict[str, DuckDBDatasource] = {}
        self._tables: dict[str, BatchDefinition[Any]] = {}
        self._cursors: list[duckdb.DuckDBPyConnection] = []

    def close(self) -> None:
        """Lets go of the file: a cursor left open would keep its lock."""
        for cursor in self._cursors:
            cursor.close()

    def validate(
        self, table: str, expectations: Mapping[str, Expectation], places: Sequence[str] | None = None
    ) -> dict[str, ExpectationValidationResult]:
        """Returns the results by the expectations' names: whether each holds; with `places`, the columns that tell
        where a row is, also the counts and the query by which unexpected rows are found. Raises BrokenSuite."""
        if not expectations:
            return {}
        named = [expectation.copy(update={"meta": {"name": name}}) for name, expectation in expectations.items()]
        options: dict[str, Any] = {"result_format": "BOOLEAN_ONLY"}
        if places is not None:
            options = {
                "result_format": "BASIC",
                "partial_unexpected_count": 0,
                "return_unexpected_index_query": bool(places),
                "unexpected_index_column_names": list(places),
            }
        validator = Validator(self._batch(table), result_format=options)
        found = validator.validate_expectation_suite(ExpectationSuite(name=table, expectations=named))
        results = {_name(result): result for result in found.results}
        for name, result in results.items():
            if message := _raised(result.exception_info, f"{table}, {name}"):
                raise BrokenSuite(message)
        if lost := expectations.keys() - results.keys():
            raise BrokenSuite(f"{table}, {', '.join(sorted(lost))}: never asked")
        return results

    def _batch(self, table: str) -> BatchDefinition[Any]:
        schema, name = table.split(".")
        if schema not in self._schemas:
            self._schemas[schema] = self._context.data_sources.add_duckdb(
                name=schema,
                in_schema=schema,
                connection_string="duckdb://",
                # no transaction of its own: it sees what the run has made up to each question
                kwargs={"creator": self._connection, "poolclass": StaticPool, "isolation_level": "AUTOCOMMIT"},
            )
        if table not in self._tables:
            self._tables[table] = self._schemas[schema].batch_of(name)
        return self._tables[table]

    def _connection(self) -> ConnectionWrapper:
        self._cursors.append(self._con.cursor())
        return ConnectionWrapper(self._cursors[-1])


def _name(result: ExpectationValidationResult) -> str:
    meta = result.expectation_config.meta if result.expectation_config else None
    return str((meta or {})["name"])


_DUCKDB_ERROR = re.compile(r"\A\(_duckdb\.(\w+)\)")
"""How SQLAlchemy begins the message of an error of DuckDB's, which GX keeps as its own message."""


def _raised(exception_info: dict[str, Any], place: str) -> str:
    """What kind of error GX met, where it met one: it keeps exceptions as text, one by one or by metric.
    Raises OSError where it was the disk's."""
    infos = [exception_info] if "raised_exception" in exception_info else exception_info.values()
    for info in infos:
        if info["raised_exception"]:
            message = str(info["exception_message"])
            duckdb_error = _DUCKDB_ERROR.match(message)
            class_name = duckdb_error[1] if duckdb_error else "MetricResolutionError"
            raise_disk_words(class_name, message)
            return reduced_message(class_name, message, place)
    return ""
