"""How a command ends: its exit code (docs/spec/interfaces.md, Start), and the sentence that says why.

What each command needs first is here too, since without it the command ends. Imports are made when they are called
for: `--help` answers at once.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.interruption import Interrupted, interruptible

if TYPE_CHECKING:
    from assets.settings import Settings

FAILED, WRONG_USE, FOUND_FAULTS, STALE = 1, 2, 3, 4


class Commands(click.Group):
    """Ends a command that fails unexpectedly, or that somebody has asked to stop, with one sentence: a traceback may
    quote a cell."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            with interruptible():
                return super().invoke(ctx)
        except Interrupted:
            click.echo("Kommandot avbröts.", err=True)
            sys.exit(FAILED)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as fault:  # noqa: BLE001 – whatever it was, the person at the terminal is told, and the code says so
            from assets.sql_files import safe_message

            click.echo(f"Oväntat fel: {safe_message(fault)}", err=True)
            sys.exit(FAILED)


@contextmanager
def exit_where_stopped(sentence: str) -> Iterator[None]:
    """Ends the command with a sentence of its own where a signal asks it to stop meanwhile."""
    try:
        with interruptible():
            yield
    except Interrupted:
        click.echo(sentence, err=True)
        sys.exit(FAILED)


@contextmanager
def exit_on(code: int, *faults: type[Exception]) -> Iterator[None]:
    """Ends the command with the code where one of the faults is raised, whose message is a sentence for its user."""
    try:
        yield
    except faults as fault:
        click.echo(str(fault), err=True)
        sys.exit(code)


def settings_or_exit(*, checked: bool = False) -> "Settings":
    """`checked`: all that the installation has of its own is held against the product first."""
    from pipelines.config import check_installation, read_settings
    from pipelines.environment import ConfigurationError

    try:
        settings = read_settings()
        if checked:
            check_installation(settings)
        return settings
    except ConfigurationError as fault:
        click.echo(f"Inställningarna går inte att använda. {fault}", err=True)
        sys.exit(WRONG_USE)


def files_or_exit(*files: Path, readable: bool = True) -> None:
    """Ends the command where one of the files isn't there. `readable`: or can't be read to its end, as a pipe whose
    writer never comes."""
    for file in files:
        if fault := _fault_of(file, readable=readable):
            click.echo(f"{file} {fault}.", err=True)
            sys.exit(WRONG_USE)


def _fault_of(file: Path, *, readable: bool) -> str:
    if not os.path.lexists(file) or (readable and not file.exists()):
        return "finns inte"
    if file.is_dir():
        return "är en mapp: ange filerna i den"
    if readable and not file.is_file():
        return "är ingen vanlig fil"
    return "" if not readable or os.access(file, os.R_OK) else "får inte läsas av det här kontot"


def published_or_exit(settings: "Settings", name: str | None) -> Path:
    from pipelines.commands.published import NotPublished, newest_run, published_run

    try:
        return published_run(settings, name) if name else newest_run(settings)
    except NotPublished as fault:
        click.echo(str(fault), err=True)
        sys.exit(WRONG_USE)


def date_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
