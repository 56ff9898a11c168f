"""Every list has its rows in the order that its query says, not in the one in which a warehouse holds them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.publication.queries import FOLDER, report_query
from assets.publication.report import reader_of
from assets.registers.contract import CITY
from assets.warehouse.build import tables_in
from tests.warehouse.turning import turn

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def turned(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The run's warehouse with the rows of each table in the opposite order."""
    path = shutil.copy(warehouse, tmp_path_factory.mktemp("turned") / warehouse.name)
    with duckdb.connect(path) as con:
        turn(con, tables_in(con))
        yield con


def test_items_without_a_key_stand_in_an_order_of_their_own(turned: duckdb.DuckDBPyConnection) -> None:
    """Those of protected persons."""
    found = []
    for rows in ("(true), (false), (NULL)", "(NULL), (false), (true)"):
        turned.execute("DELETE FROM marts.indicator_items WHERE organisation = 'ny'")
        turned.execute(
            f"INSERT INTO marts.indicator_items BY NAME SELECT 'UTB-03' AS indicator, 'ny' AS organisation, ok "
            f"FROM (VALUES {rows}) AS item (ok)"
        )
        found.append(report_query("evidence_items").answer(turned, organisation="ny"))
    assert found[0].equals(found[1])


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("document_activities", "registers.handlingsplan"),
        ("document_assessments", "registers.vor_indikatorer"),
        ("document_checks", "registers.internkontroll"),
        ("document_decisions", "registers.beslut"),
        ("document_documents", "core.decided_documents"),
        ("document_events", "registers.omvarldsbevakning"),
        ("document_recommendations", "registers.revision"),
        ("gaps", "marts.gaps"),
        ("not_measured", "marts.gaps"),
        ("open_gaps", "marts.gaps"),
        ("closed_gaps", "marts.gap_lifecycle"),
        ("evidence_items", "marts.indicator_items"),
    ],
)
def test_what_differs_by_file_or_id_alone_has_an_order_too(
    name: str, table: str, warehouse: Path, tmp_path: Path
) -> None:
    """Two sources of a register both have a row 2, and what may not be shown of two keys is the same."""
    query, found = report_query(name), []
    wanted = {"organisation": "farsta"} if "$organisation" in query.query else {}
    distinct = "id = 'X' || id" if name.endswith(("gaps", "measured")) else "delivery = 'annan_' || delivery"
    with duckdb.connect(shutil.copy(warehouse, tmp_path)) as con:
        con.execute("UPDATE marts.gap_lifecycle SET closed = opened")
        con.execute(f"CREATE TEMP TABLE twins AS FROM {table}")
        con.execute(f"UPDATE twins SET {distinct}")
        con.execute(f"INSERT INTO {table} FROM twins")
        for _ in range(2):
            found.append(query.answer(con, **wanted))
            turn(con, [table])
    assert found[0].height
    assert found[0].equals(found[1])
    if name.startswith("document_"):
        assert not found[0].select(pl.struct(query.header.grain).is_duplicated().any()).item()


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.sql")))
def test_a_list_s_rows_stand_in_an_order_of_its_own(
    name: str, warehouse: Path, turned: duckdb.DuckDBPyConnection
) -> None:
    query = report_query(name)
    wanted = {"organisation": "farsta"} if "$organisation" in query.query else {}
    with duckdb.connect(warehouse, read_only=True) as con:
        table, other = query.answer(con, **wanted), query.answer(turned, **wanted)
    for part, turned_part in zip(_by_reader(table), _by_reader(other), strict=True):
        assert part.equals(turned_part)


def _by_reader(table: pl.DataFrame) -> list[pl.DataFrame]:
    """What each organisation reads of it, and the city: nobody else's rows stand between theirs."""
    reader = reader_of(table)
    if reader not in table.columns:
        return [table]
    return [table.filter(pl.col(reader) == name) for name in ("farsta", CITY)]
