"""Whole nights on small inboxes: the real job in this process, on folders of the test's own."""

import csv
import os
import shutil
from collections.abc import Callable
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
from tests.nights.victim import settings_of

B, K = date(2023, 10, 31), date(2023, 11, 21)
"""The demo's review: of which day, and as known at which; its night is that of K."""

QUIET = {"console": {"config": {"log_level": "CRITICAL"}}}


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    """An installation that nothing has been delivered to yet."""
    return Settings(data=tmp_path / "data", inbox=tmp_path / "inbox", config=tmp_path / "config", today=K)


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
def first_night(demo_inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, its inbox in it, after the demo's first night. Read only: a test that goes on takes a copy."""

    def make(data: Path) -> None:
        shutil.copytree(demo_inbox, data / "inbox")
        run_steps(settings_of(data))

    return made_once(tmp_path_factory, "first_night", make)


@pytest.fixture(scope="session")
def first_review(first_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same where the review of B as known at K is all that has been published."""

    def make(data: Path) -> None:
        shutil.copytree(first_night / "inbox", with_demo_read(first_night, data) / "inbox")
        run_steps(settings_of(data), B, K)

    return made_once(tmp_path_factory, "first_review", make)


def review_of(data: Path) -> Path:
    """The folder that shows the review of `first_review`, in its data folder or in a copy."""
    return data / "published" / "reviews" / f"{B}_{K}"


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the processes of a test run share, and no other run: the first to need it makes it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    done = folder.with_suffix(".done")
    with FileLock(folder.with_suffix(".lock")):
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def copied(data: Path, folder: Path) -> Path:
    """A copy of a data folder, to go on with."""
    return Path(shutil.copytree(data, folder / "data", symlinks=True))


def with_demo_read(first_night: Path, data: Path) -> Path:
    """A data folder in which the demo's deliveries have been read and validated, before anything was published."""
    for known in ("archive", "validation"):
        shutil.copytree(first_night / known, data / known)
    return data


@pytest.fixture
def settings(small_inbox: Path, first_night: Path, tmp_path: Path) -> Settings:
    """The demo's, before its first night, its deliveries read already: what a night begins with."""
    data = with_demo_read(first_night, tmp_path / "data")
    return Settings(data=data, inbox=small_inbox, config=data / "config", today=K)


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
