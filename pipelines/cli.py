"""The command line: run, check, status, dev. What people read is Swedish; exit codes are in interfaces.md, Start."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from assets.settings import Settings
from pipelines.config import ConfigurationError, read_settings

WRONG_USE, WOULD_BE_REFUSED, STALE = 2, 3, 4

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lagesbild")
def main() -> None:
    """Lägesbild: underlaget till ledningens genomgång, varje natt."""


@main.command()
@click.option("--as-of", type=_DAY, help="B: genomgångens datum. Utan det görs en nattlig körning för i dag.")
@click.option("--known-at", type=_DAY, help="K: bara leveranser daterade senast då räknas. Utan det i dag.")
def run(as_of: datetime | None, known_at: datetime | None) -> None:
    """Läs in leveranserna, räkna och publicera."""
    if known_at and not as_of:
        raise click.UsageError("--known-at hör ihop med --as-of.")
    from pipelines.execute import execute  # imports Dagster: only where there is something to run

    sys.exit(execute(_settings(), _date(as_of), _date(known_at)))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Läs leveranser som natten skulle göra och säg vad som skulle avvisas. Ändrar ingenting."""
    from pipelines.check import check_file

    settings = _settings()
    fine = [check_file(file, settings) for file in files]
    sys.exit(0 if all(fine) else WOULD_BE_REFUSED)


@main.command()
def status() -> None:
    """Hur gammal lägesbilden är, hur senaste natten gick och vilka leveranser som saknas eller är sena."""
    from pipelines.status import tell_status

    sys.exit(0 if tell_status(_settings()) else STALE)


@main.command()
def dev() -> None:
    """Öppna Dagsters gränssnitt på den här datorn, med schema och sensor."""
    from pipelines.dev import open_ui

    open_ui(_settings())


def _settings() -> Settings:
    try:
        return read_settings()
    except ConfigurationError as fault:
        click.echo(f"Inställningarna går inte att använda. {fault}", err=True)
        sys.exit(WRONG_USE)


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
