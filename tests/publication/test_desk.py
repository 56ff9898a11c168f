"""Folders are the same whoever writes them: one process, or several that read one warehouse."""

import shutil
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from assets.publication import desk
from assets.publication.desk import Order, shares, write_folders
from assets.publication.document.rows import gather_rows
from assets.publication.manifest import place_of
from assets.publication.release import empty_draft
from assets.publication.report import load_tables, report_for
from assets.registers.contract import CITY
from assets.registers.read_contracts import load_registers
from assets.settings import Settings
from assets.workers import processes
from tests.dask_cluster import dask_cluster
from tests.publication.conftest import MADE_AT, Built

EMPTY = [f"org{number}" for number in range(5)]
"""Organisations of which the warehouse says nothing, so that there is something for more than one process to do: of
their folders one output fails."""


def pages(con: duckdb.DuckDBPyConnection) -> Callable[[str], str]:
    (count,) = con.execute("SELECT count(*) FROM intake.organisations").fetchone() or (0,)
    return f"<p>{{}} av {count}</p>".format


@pytest.fixture
def order(built: Built, warehouse: Path, tmp_path: Path) -> Order:
    run = built.with_texts(tmp_path / "run")
    with duckdb.connect(shutil.copy(warehouse, run.warehouse)) as con:
        con.executemany("INSERT INTO intake.organisations VALUES (?)", [[name] for name in EMPTY])
    settings = Settings(data=tmp_path, inbox=tmp_path / "inbox", config=tmp_path)
    return Order(run, settings, load_registers(settings.registers), MADE_AT, pages)


def written_by(workers: int, order: Order, dask: str | None = None) -> dict[str, bytes]:
    """Every file of the draft but the copies of the warehouse, by its place."""
    order = replace(order, settings=order.settings.model_copy(update={"workers": workers, "dask": dask}))
    draft = empty_draft(order.settings.published, order.run.id)
    with duckdb.connect(order.run.warehouse) as con:
        parts = shares(["farsta", *EMPTY, CITY], load_tables(con, order.registers), gather_rows(con), set())
        written = write_folders(con, order, parts)
    assert [folder.name for folder in written] == ["farsta", *EMPTY, CITY]
    assert [list(folder.failures) for folder in written] == [[], *[["underlag"]] * 5, []]
    assert all(folder.place == place_of(order.run) for folder in written)
    files = {str(path.relative_to(draft)): path for path in draft.rglob("*") if path.is_file()}
    assert {oct(path.stat().st_mode & 0o077) for place, path in files.items() if workers > 1} <= {"0o0"}
    return {place: path.read_bytes() for place, path in files.items() if path.name != "warehouse.duckdb"}


@pytest.mark.long
def test_two_processes_write_what_one_writes(
    order: Order, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = written_by(1, order)
    caplog.clear()
    monkeypatch.setattr(desk, "FEW_GAPS", 1)
    monkeypatch.setattr(desk, "processes", counted := Counted())
    two = written_by(2, order)
    assert [record.message.partition(":")[0] for record in caplog.records] == EMPTY, "it is logged by the run"
    assert counted.workers == [2]
    assert one.keys() == two.keys()
    assert [place for place in one if one[place] != two[place]] == []


class Counted:
    """The seam's processes, with how many each run asked for."""

    def __init__(self) -> None:
        self.workers: list[int] = []

    def __call__(self, workers: int, *modules: str) -> AbstractContextManager[Executor]:
        self.workers.append(workers)
        return processes(workers, *modules)


@pytest.mark.parametrize(
    ("cores", "folders", "gaps", "expected"),
    [
        (2, 4, 20_000, 2),
        (2, 4, 1_500, 1),
        (2, 4, 3_000, 2),
        (2, 4, 2_999, 1),
        (8, 4, 200_000, 4),
        (1, 50, 200_000, 1),
        (2, 1, 0, 1),
    ],
)
def test_another_process_is_started_where_there_is_enough_to_write(
    cores: int, folders: int, gaps: int, expected: int
) -> None:
    assert desk.workers_for(cores, folders, gaps) == expected


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "few", "ahead"), [(2, 1, True), (1, 1, False), (2, 10**9, False)])
def test_imports_begin_ahead_where_there_will_be_several_desks(
    order: Order, monkeypatch: pytest.MonkeyPatch, workers: int, few: int, ahead: bool
) -> None:
    imported: list[str] = []
    monkeypatch.setattr(desk, "FEW_GAPS", few)
    monkeypatch.setattr(desk, "start_ahead", lambda *modules: imported.extend(modules))
    with duckdb.connect(order.run.warehouse) as con:
        desk.open_ahead(con, order.settings.model_copy(update={"workers": workers}))
    assert bool(imported) == ahead


@pytest.mark.long
def test_a_cluster_writes_what_one_process_writes_though_a_worker_dies(order: Order, tmp_path: Path) -> None:
    one = written_by(1, order)
    draft = empty_draft(order.settings.published, order.run.id)
    with dask_cluster(tmp_path / "dask") as cluster:
        killer = cluster.kill_one_when(lambda: any(draft.glob("*/indikatorer.csv")))
        several = written_by(2, order, cluster.address)
        killer.join()
        assert len(cluster.workers) == 1
        again = written_by(2, order, cluster.address)
    for files in (several, again):
        assert one.keys() == files.keys()
        assert [place for place in one if one[place] != files[place]] == []


@pytest.mark.slow
def test_a_share_holds_the_organisations_own_rows_alone(order: Order) -> None:
    with duckdb.connect(order.run.warehouse, read_only=True) as con:
        tables, rows = load_tables(con, order.registers), gather_rows(con)
    for share in shares(["farsta", "org1", CITY], tables, rows, {"org1"}):
        unshared = report_for(tables, share.organisation, order.run, MADE_AT, {}).tables
        own = report_for(share.tables, share.organisation, order.run, MADE_AT, {}).tables
        for name, table in vars(unshared).items():
            assert table.equals(vars(share.tables)[name]), name
            assert table.equals(vars(own)[name]), name
        assert share.blocked == (share.organisation == "org1")
