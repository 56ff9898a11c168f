"""A shape is one statement: the DuckDB table and the Polars schema have the same columns and types."""

from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

from assets.registers import shapes
from assets.registers.shapes import Shape

SHAPES = [shape for shape in vars(shapes).values() if isinstance(shape, Shape)]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for schema in {shape.table.split(".")[0] for shape in SHAPES}:
            con.execute(f"CREATE SCHEMA {schema}")
        for shape in SHAPES:
            con.execute(shape.ddl)
        yield con


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.table)
def test_the_table_and_the_frame_are_one(con: duckdb.DuckDBPyConnection, shape: Shape) -> None:
    columns = con.execute(f"DESCRIBE {shape.table}").fetchall()
    assert {name: kind.replace(",", ", ").replace(",  ", ", ") for name, kind, *_ in columns} == {
        name: kind.replace(",", ", ").replace(",  ", ", ") for name, kind in shape.columns.items()
    }
    assert dict(pl.DataFrame(con.sql(f"FROM {shape.table}")).schema) == shape.schema


def test_no_table_is_shaped_twice() -> None:
    assert len({shape.table for shape in SHAPES}) == len(SHAPES) > 15
