"""A SQL file: one comment that holds TOML, its header, and then one SELECT in DuckDB's dialect.

Models, reports and alerts are all such files. What one reads is derived from its SQL and stated nowhere else.
"""

import json
import re
import tomllib
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from assets.disk import raise_disk_fault
from assets.toml_fault import NOT_UTF_8

_FILE = re.compile(r"\A\s*/\*(?P<header>.*?)\*/(?P<query>.*)\Z", re.DOTALL)


class SqlFileError(ValueError):
    """A SQL file that can't be used; the message names the file and what to mend."""


class Place(NamedTuple):
    """Where a query stands: its file, and the line on which it begins there."""

    path: Path
    first_line: int

    def __str__(self) -> str:
        """`sql/core/review.sql`."""
        return "/".join(self.path.parts[-3:])

    def line(self, number: int) -> str:
        """Of the query's own line, where it stands in the file."""
        return f"line {self.first_line + number - 1} of {self}"


@dataclass(frozen=True)
class SqlFile:
    """`header`: the TOML of the first comment. `reads`: every table that the query names with its schema, as
    `schema.table`; names of CTEs have none."""

    path: Path
    header: dict[str, Any]
    query: str
    reads: frozenset[str]
    place: Place


def read_sql_file(path: Path) -> SqlFile:
    """The file's header and query. Raises SqlFileError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise SqlFileError(f"{path.name}: {NOT_UTF_8}") from fault
    match = _FILE.match(text)
    if match is None:
        raise SqlFileError(f"{path.name}: begins with no header comment")
    try:
        header = tomllib.loads(match["header"])
    except tomllib.TOMLDecodeError as fault:
        raise SqlFileError(f"{path.name}: {fault}") from fault
    query = match["query"].strip()
    place = Place(path, text[: text.index(query, match.start("query"))].count("\n") + 1)
    return SqlFile(path, header, query, _tables_read(place, query), place)


def _tables_read(place: Place, query: str) -> frozenset[str]:
    """The tables that one SELECT reads, as `schema.table`. Raises SqlFileError."""
    tables = set()

    def see(node: dict[str, Any]) -> dict[str, Any]:
        if "schema_name" in node:
            tables.add(f"{node['schema_name']}.{node['table_name']}")
        return node

    tree = json.loads(_syntax_tree(query), object_hook=see)
    if "position" in tree:
        line = query.encode()[: int(tree["position"])].count(b"\n") + 1
        raise SqlFileError(f"{place.path.name}: {tree['error_message']}, {place.line(line)}")
    if tree["error"] or len(tree["statements"]) != 1:
        raise SqlFileError(f"{place.path.name}: holds something else than one SELECT")
    return frozenset(tables)


def _syntax_tree(query: str) -> str:
    """How DuckDB's own parser understands a query, or the fault that it finds, as JSON."""
    quoted = query.replace("'", "''")  # where it is a parameter DuckDB imports pandas
    statement = f"SELECT json_serialize_sql('{quoted}', skip_null := true, skip_empty := true, skip_default := true)"
    (tree,) = _parser().cursor().execute(statement).fetchone() or ("",)
    return str(tree)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


class StepFailed(RuntimeError):
    """What a library raised, such as `core.employees: Conversion Error, line 13 of sql/core/employees.sql`; its
    message holds no value."""


@contextmanager
def naming_query(name: str, place: Place) -> Iterator[None]:
    """Raises StepFailed with the query's name and place in place of DuckDB's error, whose message quotes cells, and
    OSError where the disk is full or failing."""
    try:
        yield
    except duckdb.Error as error:
        raise_disk_fault(error)
        raise StepFailed(_located(error, name, place)).with_traceback(error.__traceback__) from None


def _located(error: duckdb.Error, name: str, place: Place) -> str:
    kind = safe_message(error, name)
    line = _LINE.search(str(error))
    return f"{kind.removesuffix(f', line {line[1]}')}, {place.line(int(line[1]))}" if line else f"{kind} in {place}"


_CLASS_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_LINE = re.compile(r"^LINE ([0-9]+):", re.MULTILINE)


def safe_message(error: BaseException, place: str = "") -> str:
    """Returns the kind of an error and where it arose, such as `core.employees: Conversion Error, line 3`.

    DuckDB's own messages quote the cell or the line of SQL at which they stopped, and no value may leave the SQL step
    in a log, an event or a page (docs/spec/interfaces.md, Privacy). The kind is the exception's class
    in DuckDB's words.
    Of another error than DuckDB's the line of code is named. `place`: the model, table or file that was asked.
    """
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, duckdb.Error) or not frames:
        return reduced_message(type(error).__name__, str(error), place)
    code = f", {Path(frames[-1].filename).name} line {frames[-1].lineno}"
    return reduced_message(type(error).__name__, "", place) + code


def reduced_message(class_name: str, message: str, place: str = "") -> str:
    """Returns the same of an error of which a library has kept only the class and the message."""
    name = class_name.rpartition(".")[2]
    kind = " ".join(_CLASS_WORD.findall(name.removesuffix("Exception").removesuffix("Error") or name))
    line = _LINE.search(message)
    return (f"{place}: " if place else "") + f"{kind} Error" + (f", line {line[1]}" if line else "")
