"""Which fields an indicator's figure hangs on, read off the SQL: not those that only name, place or explain an item.

A column decides where it is part of what decides in the query's own select list, or of a condition, a join or a
grouping, there or in a model or a subquery that it reads. The rows that a query yields hang on its conditions
whichever of its columns are used.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sqlglot import exp, parse_one
from sqlglot.optimizer.scope import Scope, build_scope

from assets.warehouse.models import Model

Field = tuple[str, str]
"""A table, as `schema.table`, and one of its columns."""

DECIDING = frozenset({"organisation", "key", "ok", "numerator", "denominator", "measured", "obstacle"})
"""The columns of an item that its figure is made of (docs/spec/interfaces.md: the others are shown)."""

ROWS = "*"
"""Stands for which rows a table has, on which everything that reads it hangs."""

_COUNTING = (exp.AggFunc, exp.Window)
_CONDITIONS = ("where", "group", "having", "qualify")


def deciding_fields(models: Mapping[str, Model], indicator: Model) -> set[Field]:
    """The fields of base tables that the indicator's figure hangs on, near and far."""
    wanted: dict[str, frozenset[str]] = {indicator.table: DECIDING}
    left, found = [indicator.table], set()
    while left:
        table = left.pop()
        read: dict[str, set[str]] = defaultdict(set)
        for near, column in _fields_of(models[table].query, wanted[table]):
            read[near].add(column)
        for near, columns in read.items():
            if near not in models:
                found |= {(near, column) for column in columns}
            elif not columns <= wanted.get(near, frozenset()) or near not in wanted:
                wanted[near] = wanted.get(near, frozenset()) | columns
                left.append(near)
    return found


@lru_cache(maxsize=4096)
def _fields_of(query: str, wanted: frozenset[str]) -> frozenset[Field]:
    """The fields of the tables in a query that these of its columns, and which rows it yields, hang on."""
    return frozenset(_decided(_scope(query), wanted))


@lru_cache(maxsize=512)
def _scope(query: str) -> Scope:
    scope = build_scope(parse_one(query, dialect="duckdb"))
    assert scope is not None
    return scope


def _decided(scope: Scope, wanted: frozenset[str] | None) -> Iterator[Field]:
    """`wanted`: names in the select list; None for all of it."""
    if isinstance(scope.expression, exp.SetOperation):
        for side in scope.set_operation_scopes:
            yield from _decided(side, wanted)
        return
    columns, unused = _columns(scope.expression, wanted)
    sources = {name: source for name, source in scope.sources.items() if name not in unused}
    of_scopes: dict[str, set[str]] = {name: set() for name, source in sources.items() if isinstance(source, Scope)}
    for source in sources.values():
        if isinstance(source, exp.Table) and source.db:
            yield f"{source.db}.{source.name}", ROWS
    for column in columns:
        table, field = _placed(column, sources)
        for name in [table] if table else list(sources):
            source = sources[name]
            if isinstance(source, exp.Table) and source.db:
                yield f"{source.db}.{source.name}", field
            elif name in of_scopes:
                of_scopes[name].add(field)
    for name, fields in of_scopes.items():
        source = sources[name]
        assert isinstance(source, Scope)
        yield from _decided(source, frozenset(fields))
    for inner in scope.subquery_scopes:
        yield from _decided(inner, None)


def _placed(column: exp.Column, sources: Mapping[str, object]) -> tuple[str | None, str]:
    """The source and the field that a column is of, of a struct the struct; no source where the query doesn't say
    which."""
    first, *rest = [part.name for part in column.parts]
    return (first, rest[0]) if rest and first in sources else (None, first)


def _columns(select: exp.Expr, wanted: frozenset[str] | None) -> tuple[list[exp.Column], set[str]]:
    """The columns in the wanted expressions, in those that these name in the same list, and in every condition;
    and the sources that none of it hangs on: those of a left join that nothing wanted comes from. It adds no row, or
    the grain of the table would not hold; but where rows are counted it stays."""
    listed = {item.alias_or_name: item for item in select.expressions}
    everything = wanted is None or select.args.get("distinct") is not None or "*" in listed
    conditions: list[exp.Expr] = [select.args[name] for name in _CONDITIONS if select.args.get(name)]
    joins: list[exp.Expr] = select.args.get("joins") or []
    names = set(listed) if everything else set(listed) & (wanted or set())
    while more := {column.parts[0].name for name in names for column in _in(listed[name])} & set(listed) - names:
        names |= more
    items = [listed[name] for name in names]
    is_counted = bool(select.args.get("group")) or any(item.find(*_COUNTING) for item in items)
    optional = [join for join in joins if join.args.get("side") == "LEFT" and not is_counted]
    found = [column for part in (*items, *conditions, *joins) if part not in optional for column in _in(part)]
    while used := [join for join in optional if _is_used(join, found, names)]:
        optional = [join for join in optional if join not in used]
        found += [column for join in used for column in _in(join)]
    return found, {join.alias_or_name for join in optional}


def _in(part: exp.Expr) -> Iterator[exp.Column]:
    return part.find_all(exp.Column)


def _is_used(join: exp.Expr, columns: list[exp.Column], listed: set[str]) -> bool:
    """Whether one of the columns is, or may be, of the join's source. `listed`: names of the select list itself."""
    starts = {column.parts[0].name for column in columns}
    unplaced = {column.name for column in columns if len(column.parts) == 1} - listed
    return bool(unplaced) or join.alias_or_name in starts
