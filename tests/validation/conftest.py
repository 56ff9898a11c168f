"""A warehouse to validate: the demo organisation and a twin of it, made once; each test gets a copy to spoil."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.intake.archive import Archive
from assets.intake.resolve_deliveries import resolve_deliveries
from assets.registers.read_contracts import load_registers
from assets.settings import Run, Settings
from assets.validation.validate import validate
from assets.warehouse.build import build, open_warehouse
from assets.warehouse.models import grains, load_models
from pipelines.demo import AS_OF, KNOWN_AT
from pipelines.demo.make import make_inbox

ROOT = Path(__file__).parents[2]
REGISTERS = load_registers(ROOT / "assets" / "registers")
MODELS = load_models(ROOT / "sql")


def a_run(data: Path, kind: str = "nightly") -> Run:
    return Run("test", kind, AS_OF, KNOWN_AT, KNOWN_AT, data / "run")  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the archive and the run's warehouse. Read only."""
    data = tmp_path_factory.mktemp("built")
    make_inbox(data / "inbox")
    shutil.copytree(data / "inbox" / "farsta", data / "inbox" / "jarva")
    run = a_run(data)
    run.folder.mkdir()
    resolve_deliveries(
        data / "inbox", Archive(data / "archive"), REGISTERS, run.today, run.known_at, run.deliveries_path
    )
    with open_warehouse(run, data, REGISTERS, MODELS) as con:
        build(con, MODELS, MODELS)
    return data


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    """A copy to spoil; the archive is the same one."""
    shutil.copytree(built / "run", tmp_path / "run")
    (tmp_path / "archive").symlink_to(built / "archive")
    return tmp_path


@pytest.fixture
def con(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(data / "run" / "warehouse.duckdb") as con:
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [AS_OF])
        yield con


@pytest.fixture
def settings(data: Path) -> Settings:
    return Settings(data=data, inbox=data / "inbox", config=data / "config", today=date(2023, 11, 21))


def failed(con: duckdb.DuckDBPyConnection, settings: Settings, kind: str = "nightly") -> set[tuple[str, str, str]]:
    """What isn't as expected: organisation, table and expectation."""
    outcomes = validate(con, a_run(settings.data, kind), settings, REGISTERS, grains(MODELS))
    assert [outcome.broken for outcome in outcomes if outcome.broken] == []
    results = pl.concat(outcome.results for outcome in outcomes).filter(~pl.col("ok"))
    return {(row["organisation"], row["table"], row["expectation"]) for row in results.iter_rows(named=True)}
