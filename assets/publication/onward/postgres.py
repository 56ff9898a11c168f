"""A published run's lists as tables of PostgreSQL, for Power BI, Qlik and the like.

What is exported is what lies in the organisations' folders and nothing else: the Parquet files, as their
datapackage.json names and describes them, so no personal data and no protected person can come this way.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, LiteralString

import polars as pl
import psycopg
from psycopg import sql

from assets.publication.manifest import MANIFEST
from assets.publication.onward.data_package import FILE
from assets.publication.onward.dictionary import meaning
from assets.registers.comparable import slug

ROWS = 100_000
"""Rows that are sent at a time."""

_RUNS = "korningar"


@dataclass(frozen=True)
class Column:
    """`kind` is its type in PostgreSQL; `about` what its heading is and means."""

    name: str
    kind: LiteralString
    about: str


@dataclass(frozen=True)
class Table:
    """One list of all organisations. `files`: the Parquet files that its rows stand in; or `rows` themselves."""

    name: str
    about: str
    columns: tuple[Column, ...]
    schema: pl.Schema
    files: tuple[Path, ...] = ()
    rows: pl.DataFrame | None = None

    def parts(self) -> Iterator[pl.DataFrame]:
        """The rows, file by file. A file of an earlier version lacks columns that have come since; they are NULL."""
        if self.rows is not None:
            yield self.rows
        for file in self.files:
            own = pl.scan_parquet(
                file, schema=self.schema, missing_columns="insert", extra_columns="ignore", glob=False
            )
            yield own.collect()


def read_tables(published: Path) -> tuple[list[Table], list[str]]:
    """The tables of a published run, and the organisations that have none: their folders are of an earlier version,
    or their lists could not be written."""
    manifest = json.loads((published / MANIFEST).read_text(encoding="utf-8"))
    places: Mapping[str, Mapping[str, str]] = manifest["organisations"]
    found: dict[str, list[tuple[Path, dict[str, Any]]]] = {}
    newest_first = sorted(places, key=lambda name: (places[name]["run"] != manifest["run"], name))
    exported = [name for name in newest_first if (published / name / FILE).exists()]
    for organisation in exported:
        folder = published / organisation
        for resource in json.loads((folder / FILE).read_text(encoding="utf-8"))["resources"]:
            found.setdefault(resource["name"], []).append((folder / resource["path"], resource))
    tables = [_table(name, files) for name, files in found.items()]
    runs = [_runs({name: places[name] for name in exported})] if exported else []
    return [*runs, *tables], sorted(set(places) - set(exported))


def replace_tables(connection: psycopg.Connection, schema: str, tables: Iterable[Table]) -> dict[str, int]:
    """Table → its rows, once those of the schema are what the published run says, all in one transaction.

    Until it ends readers see what was there before, and so they do if it never ends. A table whose columns are the
    same keeps its rights and the views on it. One export at a time: another waits.
    """
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"lagesbild {schema}"])
        if cursor.execute("SELECT to_regnamespace(%s)", [schema]).fetchone() == (None,):
            cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        return {table.name: _replace(cursor, schema, table) for table in tables}


def _replace(cursor: psycopg.Cursor, schema: str, table: Table) -> int:
    place = sql.Identifier(schema, table.name)
    if _existing_columns(cursor, schema, table.name) == [(column.name, column.kind) for column in table.columns]:
        cursor.execute(sql.SQL("DELETE FROM {}").format(place))
    else:
        kinds = [
            sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.kind)) for column in table.columns
        ]
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(place))
        cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(place, sql.SQL(", ").join(kinds)))
    cursor.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(place, table.about))
    for column in table.columns:
        name = sql.Identifier(schema, table.name, column.name)
        cursor.execute(sql.SQL("COMMENT ON COLUMN {} IS {}").format(name, column.about))
    sent = 0
    with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(place)) as copy:
        for part in table.parts():
            sent += part.height
            for rows in part.iter_slices(ROWS):
                copy.write(_as_text(rows))
    return sent


def _existing_columns(cursor: psycopg.Cursor, schema: str, table: str) -> list[tuple[str, str]]:
    query = """
        SELECT attribute.attname, format_type(attribute.atttypid, attribute.atttypmod)
        FROM pg_attribute AS attribute JOIN pg_class AS class ON class.oid = attribute.attrelid
        WHERE class.relnamespace = to_regnamespace(%s) AND class.relname = %s AND class.relkind = 'r'
            AND attribute.attnum > 0 AND NOT attribute.attisdropped
        ORDER BY attribute.attnum
    """
    return cursor.execute(query, [schema, table]).fetchall()


def _as_text(rows: pl.DataFrame) -> bytes:
    r"""The rows as COPY's text format, which alone has a mark for NULL and for every sign: \N, \\, \t, \n, \r."""
    text = pl.selectors.string()
    for sign, mark in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        rows = rows.with_columns(text.str.replace_all(sign, mark, literal=True))
    return rows.write_csv(include_header=False, separator="\t", quote_style="never", null_value="\\N").encode()


def _table(name: str, files: list[tuple[Path, dict[str, Any]]]) -> Table:
    first, resource = files[0]
    schema = pl.scan_parquet(first, glob=False).collect_schema()
    descriptions = {field["name"]: field["description"] for field in resource["schema"]["fields"]}
    return Table(
        name, f"{resource['title']}.", _columns(schema, descriptions), schema, tuple(path for path, _ in files)
    )


def _runs(places: Mapping[str, Mapping[str, str]]) -> Table:
    """Which run each organisation's rows are of: the published one, or an earlier where that was blocked."""
    rows = pl.DataFrame(
        [
            (name, place["run"], date.fromisoformat(place["as_of"]), date.fromisoformat(place["known_at"]))
            for name, place in sorted(places.items())
        ],
        schema={"Organisation": pl.String, "Körning": pl.String, "Per datum": pl.Date, "Känt till": pl.Date},
        orient="row",
    )
    descriptions = {heading: meaning(_RUNS, heading) for heading in rows.columns}
    about = "Körningen som varje organisations rader är ur: den publicerade, eller en tidigare om den blockerades."
    return Table(_RUNS, about, _columns(rows.schema, descriptions), rows.schema, rows=rows)


def _columns(schema: Mapping[str, pl.DataType], descriptions: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(
        Column(slug(heading), _kind(kind), f"{heading}: {descriptions[heading]}") for heading, kind in schema.items()
    )


def _kind(kind: pl.DataType) -> LiteralString:
    """A column's type as PostgreSQL writes it."""
    if kind.is_integer():
        return "bigint"
    return _KINDS[kind]


_KINDS: Mapping[pl.DataType, LiteralString] = {
    pl.Boolean(): "boolean", pl.Date(): "date", pl.Decimal(18, 1): "numeric(18,1)", pl.String(): "text",
}  # fmt: skip
