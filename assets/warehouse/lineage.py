"""Column lineage: which columns of which tables each column of a model is made of, read off its SQL by sqlglot."""

from collections.abc import Collection, Iterator, Mapping

from sqlglot import exp, parse_one
from sqlglot.lineage import Node, lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope
from sqlglot.schema import MappingSchema

Origins = dict[str, list[tuple[str, str]]]
"""Column → the (table, column) pairs that it comes from, in order of their names; none for a constant."""


def known_columns(columns: Mapping[str, Collection[str]]) -> MappingSchema:
    """The columns of each `schema.table` that there is, in the form in which queries are held against them."""
    schema = MappingSchema(dialect="duckdb")
    for table, names in columns.items():
        schema.add_table(table, dict.fromkeys(names, "unknown"))
    return schema


def column_lineage(query: str, schema: MappingSchema) -> Origins:
    """The origins of every column of a query."""
    found: dict[str, set[tuple[str, str]]] = {}
    for select in _branches(parse_one(query, dialect="duckdb")):
        qualified = qualify(select, schema=schema, dialect="duckdb", validate_qualify_columns=False)
        scope = build_scope(qualified)
        assert scope is not None
        nodes = lineage(None, qualified, schema, scope=scope, dialect="duckdb", trim_selects=False, copy=False)
        for column, node in nodes.items():
            found.setdefault(column, set()).update(_origins(node))
    return {column: sorted(origins) for column, origins in found.items()}


def _branches(query: exp.Expr) -> Iterator[exp.Expr]:
    """The selects of a union by name, each with the query's CTEs: sqlglot matches the sides by position alone."""
    if not (isinstance(query, exp.Union) and query.args.get("by_name")):
        yield query
        return
    for side in (query.left, query.right):
        branch = side.copy()
        if query.args.get("with_") and not branch.args.get("with_"):
            branch.set("with_", query.args["with_"].copy())
        yield from _branches(branch)


def _origins(root: Node) -> Iterator[tuple[str, str]]:
    for node in root.walk():
        if not node.downstream and isinstance(node.expression, exp.Table):
            yield f"{node.expression.db}.{node.expression.name}", node.name.split(".")[-1].strip('"')
