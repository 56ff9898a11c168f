"""`lagesbild purge`: delivered bytes go when they have long ceased to count; `--dry-run` says which."""

import click

from assets.intake.purge import expired, purge
from assets.settings import Settings
from pipelines.commands.words import counted
from pipelines.config import today
from pipelines.installation import installed_registers
from pipelines.run_lock import run_lock
from pipelines.run_log import run_log
from pipelines.steps import archive_of


class Rehearsal(RuntimeError):
    """The installation rehearses another day; the message is a Swedish sentence."""


def purge_archive(settings: Settings, *, dry_run: bool) -> int:
    """Purges, or says what would be purged, and gives the number of deliveries. Raises RunInProgress, and Rehearsal
    where the day is a rehearsed one: what is purged by mistake doesn't come back."""
    if settings.today and not dry_run:
        raise Rehearsal("Repetition (LAGESBILD_TODAY): ingenting gallras. Använd --dry-run.")
    archive, registers = archive_of(settings), installed_registers(settings)
    arguments = (archive, registers, today(settings), settings.retention_days)
    if dry_run:
        gone = expired(*arguments)
    else:
        with run_log(settings.data), run_lock(settings.data, "gallring"):
            gone = purge(*arguments)
    for row in gone.iter_rows(named=True):
        click.echo(f"{row['organisation']}/{row['name']}: gällde senast {row['last_day']}, sha256 {row['sha256']}")
    verb, days = "skulle gallras" if dry_run else "är gallrade", settings.retention_days
    number = counted(gone.height, "leverans", "leveranser")
    click.echo(f"{number} {verb}: filerna sparas {counted(days, 'dag', 'dagar')} efter sista dagen de gällde.")
    return gone.height
