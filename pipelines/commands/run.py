"""`lagesbild run`: the same Dagster job as at night, in this process, with progress and a summary."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from uuid import uuid4

import click
import dagster as dg
from rich.console import Console
from rich.logging import RichHandler

from assets.disk import disk_fault, is_disk_fault
from assets.permissions import owner_only
from assets.publication.sv import sentence
from assets.refusal import RunRefused
from assets.settings import Settings
from pipelines.boundary import kind_of, safe_error
from pipelines.commands.summary import summary
from pipelines.config import today
from pipelines.dagster_home import UnusableStorage
from pipelines.data_folder import UnusableDataFolder, require_data_folder
from pipelines.definitions import build_defs
from pipelines.failed_night import tell_failed_night
from pipelines.instance import open_instance
from pipelines.interruption import Interrupted, interruptible
from pipelines.jobs import NIGHT, REVIEW
from pipelines.night_status import PUBLISHED, last_night
from pipelines.run_lock import RunInProgress
from pipelines.run_log import run_log

DONE, FAILED = 0, 1
_TABLE_WIDTH = 90

logger = logging.getLogger("lagesbild.run")


def execute(settings: Settings, as_of: date | None, known_at: date | None) -> int:
    """Runs a night, or the review of B as known at K, and gives the exit code: DONE when it is published and, of a
    night, its alerts are sent."""
    console, run_id, began = Console(stderr=True), str(uuid4()), datetime.now(UTC).replace(microsecond=0)
    config = {"as_of": str(as_of), "known_at": str(known_at or today(settings))} if as_of else {}
    try:
        require_data_folder(settings)
    except UnusableDataFolder as fault:
        console.print(str(fault), markup=False, highlight=False, soft_wrap=True)
        return FAILED
    with owner_only(), run_log(settings.data):
        try:
            with _progress(console), interruptible(), open_instance(settings) as instance:
                job = build_defs(settings).resolve_job_def(REVIEW if as_of else NIGHT)
                job.execute_in_process(instance=instance, run_config=_run_config(config), run_id=run_id)
        except (Interrupted, KeyboardInterrupt, dg.DagsterExecutionInterruptedError):
            _say(console, f"Körningen avbröts; {_what_stands(settings, run_id)}")
            return FAILED
        except Exception as fault:  # noqa: BLE001 – whatever it was, the person at the terminal is told, and the code says so
            step = _step(fault)
            _tell_fault(fault, step, settings, run_id, console)
            if as_of is None and not isinstance(_root(fault), RunInProgress | UnusableDataFolder):
                _tell_others(settings, run_id, began, step, fault, console)
            return FAILED
    folder = settings.published / (f"reviews/{as_of}_{config['known_at']}" if as_of else "current")
    Console(width=max(Console().width, _TABLE_WIDTH)).print(summary(folder))
    click.echo(f"Sidan:  {folder}/index.html")
    click.echo(f"Filerna (CSV, arbetsbok, dokument, kalender):  {folder}/<organisation>/")
    return DONE


def _run_config(config: dict[str, str]) -> dict[str, object]:
    return {
        "resources": {"run": {"config": config}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},  # its progress is told in our own words
    }


@contextmanager
def _progress(console: Console) -> Iterator[None]:
    """What the wings say at level INFO, line by line as it happens."""
    root = logging.getLogger("lagesbild")
    handler = RichHandler(console=console, show_path=False, show_level=False, markup=False)
    root.addHandler(handler)
    try:
        with console.status("Lägesbilden görs …") if sys.stderr.isatty() else nullcontext():
            yield
    finally:
        root.removeHandler(handler)


def _root(fault: Exception) -> Exception:
    """What Dagster's own exceptions were raised from."""
    while isinstance(fault.__cause__, Exception) and not isinstance(fault, RunInProgress | RunRefused):
        fault = fault.__cause__
    return fault


def _step(fault: BaseException | None) -> str | None:
    """The step in which it happened, by the name that Dagster knows it by."""
    while fault is not None:
        if isinstance(fault, dg.DagsterExecutionStepExecutionError):
            return fault.step_key
        fault = fault.__cause__ or fault.__context__
    return None


def _tell_fault(fault: Exception, step: str | None, settings: Settings, run_id: str, console: Console) -> None:
    """Says in Swedish what it means, and in English where it went wrong."""
    root = _root(fault)
    if isinstance(root, RunInProgress):
        _say(console, str(root))
        return
    if isinstance(root, RunRefused):
        _say(console, f"{root} {sentence(_what_stands(settings, run_id))}")
        return
    if words := disk_fault(fault):
        _say(
            console,
            f"{words}: körningen misslyckades{f' i steget {step}' if step else ''}; {_what_stands(settings, run_id)}",
        )
        return
    _say(console, f"Körningen misslyckades{f' i steget {step}' if step else ''}; {_what_stands(settings, run_id)}")
    safe = safe_error(root).with_traceback(root.__traceback__)
    console.print("".join(traceback.format_exception(safe)), markup=False, highlight=False, soft_wrap=True)
    logger.error("Det som gick fel:", exc_info=safe)


def _tell_others(
    settings: Settings, run_id: str, began: datetime, step: str | None, fault: Exception, console: Console
) -> None:
    """Notes a failed night, also one that never began, and alerts its readers; a full disk may keep even that from
    being written."""
    try:
        root = _root(fault)
        words = str(root).removesuffix(".") if isinstance(root, UnusableStorage) else kind_of(root)
        tell_failed_night(settings, run_id[:8], began, step, words)
    except Exception as other:
        if not is_disk_fault(other):
            raise
        _say(console, f"Larmet om den misslyckade körningen kunde inte skrivas. {disk_fault(other)}.")


def _what_stands(settings: Settings, run_id: str) -> str:
    """What is published after all."""
    night = last_night(settings)
    if night.get("outcome") == PUBLISHED and str(night.get("run", "")).endswith(f"-{run_id[:8]}"):
        return "nattens lägesbild är publicerad, men det som skulle följa på den (larmen) är inte klart."
    return "ingenting publicerades. Det som var publicerat står kvar."


def _say(console: Console, words: str) -> None:
    console.print(words, markup=False, highlight=False, soft_wrap=True)
    logger.error(words)
