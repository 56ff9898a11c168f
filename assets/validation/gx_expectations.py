"""Expectations for `gx_duckdb`: what a suite says as data becomes an expectation of Great Expectations' own, a check
in SQL one that groups what it finds by organisation. Only here, there and in `lean_import` is the framework's inside
touched.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar, cast

import great_expectations as gx
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.execution_engine import ExecutionEngine
from great_expectations.expectations import Expectation, UnexpectedRowsExpectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from expectations.expectation import Native


class _Configuration(ExpectationConfiguration):
    """As GX's own, but makes its expectation anew only when its arguments have changed."""

    _made: Expectation | None = None
    _made_with: Mapping[str, Any] | None = None

    def to_domain_obj(self) -> Expectation:
        if self._made is None or self._made_with != self.kwargs:
            self._made, self._made_with = super().to_domain_obj(), dict(self.kwargs)
        return self._made


@cache
def _lean(kind: type[Expectation]) -> Callable[..., Expectation]:
    """Returns the same kind of expectation, which makes its configuration once. GX asks for it some seventy times for
    each expectation and makes it anew each time, which takes longer than what it asks of the table."""

    def configuration(self: Any) -> ExpectationConfiguration:  # noqa: ANN401 – of a class that is made below
        if self._made is None or self._made.meta != (self.meta or {}):  # a copy may bear another name
            made = kind.configuration.fget(self)  # type: ignore[attr-defined]
            self._made = _Configuration(made.type, made.kwargs, made.meta, severity=made.severity)
        return cast("_Configuration", self._made)

    members = {"_made": PrivateAttr(None), "configuration": property(configuration)}
    return type(f"Lean{kind.__name__}", (kind,), members)


class UnexpectedRows(UnexpectedRowsExpectation):
    """As GX's own, but of a query that has gathered its rows by organisation (`gathered`), so that one question tells
    whose they are, how many and where, and no row is fetched. The lines stand in the result's `meta` as `found`."""

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        [[gathered]] = [row.values() for row in metrics["unexpected_rows_query.table"]]
        return {"success": not gathered, "result": {}, "meta": {"found": gathered or []}}


def gathered(query: str) -> Expectation:
    """Returns the expectation that a query by organisation (`failing_rows.by_organisation`) yields nothing.

    Its lines come as one list, since GX fetches no more than 200 rows. GX wants its batch named in the query; ours
    names its table, as SQL that can be pasted into a shell, so the batch stands in a comment.
    """
    as_list = f"SELECT list(line ORDER BY line.organisation) AS found FROM ({query}) AS line"
    return _lean(UnexpectedRows)(unexpected_rows_query=f"{as_list} /* {{batch}} */")


def native(check: Native) -> Expectation:
    """Returns one of GX's own, made of its name and arguments. Raises AttributeError or ValueError where there is no
    such one."""
    made: Expectation = _lean(getattr(gx.expectations, check.kind))(**check.arguments)
    return made
