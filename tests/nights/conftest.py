"""Whole nights on small inboxes: the real job in this process, on folders of the test's own."""

import csv
import os
import shutil
from datetime import date
from pathlib import Path

import dagster as dg
import pytest
from filelock import FileLock

from assets.settings import Settings
from pipelines.definitions import build_defs
from pipelines.demo.make import make_inbox
from pipelines.jobs import NIGHT, REVIEW
from pipelines.run_context import run_context
from pipelines.steps import Steps

QUIET = {"console": {"config": {"log_level": "CRITICAL"}}}


@pytest.fixture(scope="session")
def demo_inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organisation's deliveries. Read only: a test that changes them takes a copy."""
    inbox = tmp_path_factory.mktemp("demo") / "inbox"
    make_inbox(inbox)
    return inbox


@pytest.fixture
def small_inbox(demo_inbox: Path, tmp_path: Path) -> Path:
    """A copy of the demo's inbox to change."""
    return Path(shutil.copytree(demo_inbox, tmp_path / "inbox"))


@pytest.fixture(scope="session")
def read_before(demo_inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the demo's deliveries have been read and validated, so that each test needn't again.
    The processes of a test run share it, and no other run."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    data = folder / "read" / "data"
    with FileLock(f"{folder}.lock"):
        if not (data / "published").exists():
            run_steps(Settings(data=data, inbox=demo_inbox, config=data / "config", today=date(2023, 11, 21)))
    return data


def with_demo_read(read_before: Path, data: Path) -> Path:
    """A data folder that begins where `read_before` ended, before anything was published."""
    for known in ("archive", "validation"):
        shutil.copytree(read_before / known, data / known)
    return data


@pytest.fixture
def settings(small_inbox: Path, read_before: Path, tmp_path: Path) -> Settings:
    data = with_demo_read(read_before, tmp_path / "data")
    return Settings(data=data, inbox=small_inbox, config=data / "config", today=date(2023, 11, 21))


def run_steps(settings: Settings, as_of: date | None = None, known_at: date | None = None) -> Path:
    """The same run without Dagster, which takes a third of the time; gives the folder that shows it."""
    with run_context(settings, as_of, known_at, "01234567") as run:
        return Steps(settings).all(run)


def run_job(settings: Settings, as_of: date | None = None, known_at: date | None = None) -> Path:
    """Runs the job, a night or the review of B as known at K, and gives the folder that shows it."""
    config = {"as_of": str(as_of), "known_at": str(known_at)} if as_of else {}
    with dg.DagsterInstance.ephemeral() as instance:
        build_defs(settings).resolve_job_def(REVIEW if as_of else NIGHT).execute_in_process(
            instance=instance, run_config={"resources": {"run": {"config": config}}, "loggers": QUIET}
        )
    return settings.published / (f"reviews/{as_of}_{known_at}" if as_of else "current")


def read_csv(path: Path) -> list[dict[str, str]]:
    """A published CSV as its readers see it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def csv_files(folder: Path) -> dict[str, bytes]:
    """Every CSV below a published folder, by its place."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}
