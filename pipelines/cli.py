"""The command line. What people read is Swedish; exit codes are in docs/spec/interfaces.md, Start.

Each command imports what it needs when it is called: `--help` answers at once.
"""

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import click

from assets.garbage import looking_seldom
from assets.permissions import owner_only
from pipelines.commands.ending import (
    FAILED,
    FOUND_FAULTS,
    STALE,
    WRONG_USE,
    Commands,
    date_of,
    exit_on,
    exit_where_stopped,
    files_or_exit,
    published_or_exit,
    settings_or_exit,
)
from pipelines.environment import FIRST_DAY, LAST_DAY

_FILE = click.Path(readable=False, path_type=Path)
"""Whether there is such a file is told by `files_or_exit`, in Swedish."""


class _Day(click.DateTime):
    """A day that a run can be of."""

    def __init__(self) -> None:
        super().__init__(formats=["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401
        day: datetime = super().convert(value, param, ctx)
        if not FIRST_DAY <= day.date() <= LAST_DAY:
            self.fail(f"dagen ska ligga mellan {FIRST_DAY} och {LAST_DAY}", param, ctx)
        return day


_DAY = _Day()


def _plain_name(_ctx: click.Context, _option: click.Parameter, name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise click.BadParameter("a–z, 0–9 och _, med en bokstav först")
    return name


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lagesbild")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Lägesbild: underlaget till ledningens genomgång, varje natt."""
    ctx.with_resource(owner_only())
    ctx.with_resource(looking_seldom())


@main.command()
@click.option("--as-of", type=_DAY, help="B: genomgångens datum. Utan det görs en nattlig körning för i dag.")
@click.option("--known-at", type=_DAY, help="K: bara leveranser daterade senast då räknas. Utan det i dag.")
def run(as_of: datetime | None, known_at: datetime | None) -> None:
    """Läs in leveranserna, räkna och publicera."""
    if known_at and not as_of:
        raise click.UsageError("--known-at hör ihop med --as-of.")
    with exit_where_stopped("Körningen avbröts; ingenting publicerades. Det som var publicerat står kvar."):
        from pipelines.commands.run import execute  # imports Dagster: only where there is something to run

        settings = settings_or_exit(checked=True)
    sys.exit(execute(settings, date_of(as_of), date_of(known_at)))


@main.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--source", help="Källan som läser filerna, vad de än heter. Utan den: den som gör anspråk på dem.")
@click.option("--words", is_flag=True, help="Visa orden i kolumner med bestämda värden, och hur många av varje.")
def check(files: tuple[Path, ...], source: str | None, *, words: bool) -> None:
    """Läs leveranser som natten skulle göra och säg vad som skulle avvisas. Ändrar ingenting."""
    from pipelines.commands.check import NoSuchSource, check_file, prepared

    files_or_exit(*files, readable=False)
    settings = settings_or_exit(checked=True)
    with exit_on(WRONG_USE, NoSuchSource):
        how = prepared(settings, source, words=words)
    fine = [check_file(file, how) for file in files]
    sys.exit(0 if all(fine) else FOUND_FAULTS)


@main.command()
@click.argument("file", type=_FILE)
@click.option("--register", required=True, help="Registret som filens rader hör till.")
@click.option("--name", help="Källans namn (a–z, 0–9 och _). Utan det: efter filens namn.")
@click.option("--organisation", help="Inkorgens mapp, om källan bara läser filer där.")
def source(file: Path, register: str, name: str | None, organisation: str | None) -> None:
    """Skriv ett utkast till källfil efter en export, och säg vad som är kvar att göra."""
    from pipelines.commands.source import NoDraft, write_draft

    files_or_exit(file)
    with exit_on(WRONG_USE, NoDraft):
        write_draft(file, settings_or_exit(), register, name, organisation)


@main.command()
@click.argument("register")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table-schema", "excel"]),
    required=True,
    help="table-schema: för den som gör exporten. excel: en tom arbetsbok att fylla i.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Filen som skrivs.")
def contract(register: str, form: Literal["table-schema", "excel"], out: Path | None) -> None:
    """Vad ett register begär av en leverans: ett schema, eller en tom arbetsbok att fylla i."""
    from pipelines.commands.contract import AlreadyExists, NoSuchRegister, write_contract

    with exit_on(WRONG_USE, AlreadyExists, NoSuchRegister):
        write_contract(settings_or_exit(), register, form, out)


@main.command()
def status() -> None:
    """Hur gammal lägesbilden är, hur senaste natten gick och vilka leveranser som saknas eller är sena."""
    from pipelines.commands.status import tell_status

    sys.exit(0 if tell_status(settings_or_exit()) else STALE)


@main.command()
@click.option("--repair", is_flag=True, help="Laga det som går att laga.")
def doctor(repair: bool) -> None:
    """Är allt i datamappen som det skrevs? Säger vad som är skadat och vad som skulle göras åt det."""
    from assets.refusal import RunRefused
    from pipelines.commands.doctor import examine
    from pipelines.run_lock import RunInProgress

    settings = settings_or_exit()
    with exit_on(FAILED, RunInProgress, RunRefused):
        sys.exit(0 if examine(settings, repair=repair) else FOUND_FAULTS)


@main.command()
@click.argument("indicator")
@click.option("--organisation", help="Organisationens mapp. Utan den: den enda, eller staden.")
@click.option("--unit", help="Enhetens kod: bara dess siffra och poster.")
@click.option("--run", "name", help="current, en natts mapp eller <B>_<K>. Utan den: den senaste.")
def explain(indicator: str, organisation: str | None, unit: str | None, name: str | None) -> None:
    """Följ en siffra till dess poster, till leveransernas rader och till frågan."""
    from pipelines.commands.explain import explain as tell

    settings = settings_or_exit()
    run = published_or_exit(settings, name)
    sys.exit(0 if tell(run, indicator, organisation, unit) else WRONG_USE)


@main.command()
@click.argument("before")
@click.argument("after")
@click.option("--csv", "folder", type=click.Path(file_okay=False, path_type=Path), help="Mapp för listorna som CSV.")
def diff(before: str, after: str, folder: Path | None) -> None:
    """Vad som skiljer två publicerade körningar, och vilka poster och leveranser som gör skillnaden."""
    from pipelines.commands.diff import differences, show_differences, tell_settings, write_differences

    settings = settings_or_exit()
    runs = published_or_exit(settings, before), published_or_exit(settings, after)
    found = differences(*runs)
    show_differences(found)
    tell_settings(*runs)
    if folder:
        write_differences(found, folder)
        click.echo(f"Hela listorna: {folder}/")


@main.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
def verify(files: tuple[Path, ...]) -> None:
    """Kontrollera ett paket (.zip) eller ett dokument (.docx): är det oförändrat, och bär varje tal sin siffra?"""
    from pipelines.commands.verify import verify as check_one

    files_or_exit(*files)
    settings = settings_or_exit()
    fine = [check_one(file, settings) for file in files]
    sys.exit(0 if all(fine) else FOUND_FAULTS)


@main.command()
@click.option("--as-of", type=_DAY, help="Dagen vars tidsfrister visas. Utan den i dag.")
@click.option("--under", type=_DAY, help="En annan dag: vilka siffror som skiljer om dess lag hade gällt hela tiden.")
@click.option("--run", "name", help="current eller <B>_<K>, med --under. Utan den: den senaste.")
def law(as_of: datetime | None, under: datetime | None, name: str | None) -> None:
    """Vilka tidsfrister lagen sätter en dag, och vilka siffror som skiljer under en annan dags lag."""
    from pipelines.commands.law import tell_changes, tell_limits
    from pipelines.config import today

    settings = settings_or_exit(checked=True)
    tell_limits(settings, date_of(as_of) or today(settings))
    if under:
        tell_limits(settings, under.date())
        is_kept = name is None and settings.warehouse.exists()
        tell_changes(settings, None if is_kept else published_or_exit(settings, name), under.date())


@main.group()
def export() -> None:
    """Lägg en publicerad körnings siffror och listor där andra program läser dem."""


@export.command()
@click.option("--run", "name", help="current, en natts mapp eller <B>_<K>. Utan det: den senaste.")
@click.option(
    "--schema",
    default="lagesbild",
    show_default=True,
    callback=_plain_name,
    help="Schemat i databasen: ett för varje installation.",
)
def postgres(name: str | None, schema: str) -> None:
    """Till PostgreSQL, för Power BI och Qlik. Adressen står i LAGESBILD_POSTGRES."""
    from pipelines.commands.export import NotExported, export_to_postgres

    with exit_on(FAILED, NotExported):
        sys.exit(0 if export_to_postgres(published_or_exit(settings_or_exit(), name), schema) else FOUND_FAULTS)


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: vilken som helst.")
@click.option("--run", "name", help="current, en natts mapp eller <B>_<K>. Utan den: den senaste.")
def serve(port: int, name: str | None) -> None:
    """Visa det publicerade på den här datorn, för att prova."""
    from pipelines.commands.serve import serve as show

    settings = settings_or_exit()
    show(published_or_exit(settings, name), port)


@main.command()
@click.option("--dry-run", is_flag=True, help="Säg vad som skulle gallras; ändra ingenting.")
def purge(dry_run: bool) -> None:
    """Gallra levererade filer ur arkivet när de inte har gällt på länge. Kvitton, hash och siffror står kvar."""
    from pipelines.commands.purge import Rehearsal, purge_archive
    from pipelines.run_lock import RunInProgress

    with exit_on(FAILED, Rehearsal, RunInProgress):
        purge_archive(settings_or_exit(), dry_run=dry_run)


@main.command()
@click.option("--port", default=3000, show_default=True, type=click.IntRange(1, 65535))
def dev(port: int) -> None:
    """Öppna Dagsters gränssnitt på den här datorn, med schema och sensor."""
    from pipelines.commands.dev import open_ui

    open_ui(settings_or_exit(checked=True), port)
