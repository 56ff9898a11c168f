"""One run from the command line: the same Dagster job as at night, in this process, with progress and a summary."""

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date

import click
import dagster as dg
from rich.console import Console
from rich.logging import RichHandler

from assets.settings import Settings
from pipelines.config import today
from pipelines.definitions import build_defs
from pipelines.failure import tell_failed_night
from pipelines.night import JOB
from pipelines.run_lock import RunInProgress
from pipelines.summary import summary

PUBLISHED, FAILED = 0, 1
_TABLE_WIDTH = 90


def execute(settings: Settings, as_of: date | None, known_at: date | None) -> int:
    """Runs the job: a night, or the review of B as known at K. Gives the exit code: nothing is published on 1."""
    console = Console(stderr=True)
    config = {"as_of": str(as_of), "known_at": str(known_at or today(settings))} if as_of else {}
    job = build_defs(settings).resolve_job_def(JOB)
    try:
        with _progress(console), _instance() as instance:
            job.execute_in_process(instance=instance, run_config=_run_config(config))
    except Exception as fault:  # noqa: BLE001 – whatever it was, the person at the terminal is told, and the code says so
        root = _root(fault)
        _tell(root, console)
        if as_of is None and not isinstance(root, RunInProgress):
            step = fault.step_key if isinstance(fault, dg.DagsterExecutionStepExecutionError) else None
            tell_failed_night(settings, step=step, fault=type(root).__name__)
        return FAILED
    folder = settings.published / (f"reviews/{as_of}_{config['known_at']}" if as_of else "current")
    Console(width=max(Console().width, _TABLE_WIDTH)).print(summary(folder))
    click.echo(f"Sidan:  {folder}/index.html")
    click.echo(f"Filerna (CSV, arbetsbok, dokument, kalender):  {folder}/<organisation>/")
    return PUBLISHED


def _run_config(config: dict[str, str]) -> dict[str, object]:
    return {
        "resources": {"run": {"config": config}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},  # its progress is told in our own words
    }


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    """The installation's Dagster, where there is one to write to; else one that goes with this process."""
    with dg.DagsterInstance.get() if os.environ.get("DAGSTER_HOME") else dg.DagsterInstance.ephemeral() as instance:
        yield instance


@contextmanager
def _progress(console: Console) -> Iterator[None]:
    """What the wings say at level INFO, line by line as it happens."""
    logger = logging.getLogger("lagesbild")
    handler = RichHandler(console=console, show_path=False, show_level=False, markup=False)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        with console.status("Lägesbilden görs …") if sys.stderr.isatty() else nullcontext():
            yield
    finally:
        logger.removeHandler(handler)


def _root(fault: BaseException) -> BaseException:
    """What Dagster's own exceptions were raised from."""
    while fault.__cause__ is not None and not isinstance(fault, RunInProgress):
        fault = fault.__cause__
    return fault


def _tell(root: BaseException, console: Console) -> None:
    """Says in Swedish what it means, and in English where it went wrong."""
    if isinstance(root, RunInProgress):
        console.print(str(root), markup=False)
        return
    console.print("Körningen misslyckades och ingenting publicerades. Det som var publicerat står kvar.")
    console.print("".join(traceback.format_exception(root)), markup=False, highlight=False)
