"""Reports to show: of the demo organisation's review, built once, without Dagster."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.intake.archive import Archive
from assets.intake.resolve_deliveries import resolve_deliveries
from assets.publication.report import Report, load_tables, report_for
from assets.registers.contract import CITY
from assets.registers.read_contracts import load_registers
from assets.settings import Run, Settings
from assets.warehouse.build import build, open_warehouse
from assets.warehouse.models import load_models
from pipelines.demo import AS_OF, KNOWN_AT
from pipelines.demo.make import make_inbox

MADE_AT = datetime(2023, 11, 21, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Built:
    run: Run
    reports: dict[str, Report]

    def with_texts(self, folder: Path) -> Run:
        """The run in a folder of its own, in which nobody has written any text."""
        run = replace(self.run, folder=folder)
        run.texts.parent.mkdir(parents=True)
        run.texts.write_text("{}", encoding="utf-8")
        return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    data = tmp_path_factory.mktemp("publication")
    settings = Settings(data=data, inbox=data / "inbox", config=data / "config")
    make_inbox(settings.inbox)
    registers, models = load_registers(settings.registers), load_models(settings.sql)
    run = Run("20231121T083000-0123abcd", "review", AS_OF, KNOWN_AT, KNOWN_AT, data / "run")
    run.folder.mkdir()
    resolve_deliveries(
        settings.inbox, Archive(settings.archive), registers, run.today, run.known_at, run.deliveries_path
    )
    with open_warehouse(run, data, registers, models) as con:
        build(con, models, models)
        found = load_tables(con, registers)
        organisations = con.execute("SELECT organisation FROM intake.organisations").fetchall()
    names = [name for (name,) in organisations]
    return Built(run, {name: report_for(found, name, run, MADE_AT, {}) for name in [*names, CITY]})


@pytest.fixture(scope="session")
def reports(built: Built) -> dict[str, Report]:
    """Organisation → its report; `staden` too."""
    return built.reports


@pytest.fixture(scope="session")
def warehouse(built: Built) -> Path:
    """The run's warehouse, to be opened for reading."""
    return built.run.warehouse
