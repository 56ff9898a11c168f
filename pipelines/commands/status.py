"""`lagesbild status`: how old the picture is, how the last night ended, and what is missing or late.

It is typed many times a day, so it answers without Polars, which takes as long to import as all the rest.
"""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from assets.intake.fetching.state import read_states
from assets.settings import FRESHNESS_WINDOW, Settings
from pipelines.commands.words import counted
from pipelines.config import today
from pipelines.installation import installed_registers, installed_sources
from pipelines.night_status import PUBLISHED, UNDER_WAY, DamagedStatus, read_status
from pipelines.run_lock import is_locked

_HEADINGS = {"Register", "Status", "Levererad", "Senast bekräftad"}
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError, csv.Error)


def tell_status(settings: Settings, now: datetime | None = None) -> bool:
    """Tells how things stand; true where the published night is fresh. What can't be read is told too."""
    status: dict[str, dict[str, Any]] = {}
    try:
        status = read_status(settings)
        if status.get("last_night"):
            click.echo(_night_line(status["last_night"], settings))
    except DamagedStatus as fault:
        click.echo(str(fault))
    except _UNREADABLE:
        click.echo("Det som är noterat om senaste nattliga körning går inte att läsa.")
    try:
        _tell_fetches(settings)
    except _UNREADABLE:
        click.echo("Det som är noterat om hämtningen går inte att läsa.")
    current = settings.published / "current"
    if not current.exists():
        click.echo("Ingen lägesbild är publicerad.")
        return False
    made = _published_at(status, current)
    if made is None:
        click.echo(f"När lägesbilden gjordes går inte att läsa: {current / 'manifest.json'} saknas eller är skadad.")
        return False
    age = (now or datetime.now(UTC)) - made
    hours = age.total_seconds() / 3600
    ago = counted(round(hours), "timme", "timmar")
    click.echo(f"Lägesbilden gjordes {made:%Y-%m-%d %H:%M}, för {ago} sedan.")
    for organisation in sorted(path.parent for path in current.glob("*/leveranser.csv")):
        try:
            _tell_deliveries(organisation, settings)
        except _UNREADABLE:
            click.echo(f"{organisation.name}: leveranser.csv går inte att läsa")
    if age > FRESHNESS_WINDOW:
        click.echo(f"Den är för gammal: äldre än {FRESHNESS_WINDOW.total_seconds() / 3600:.0f} timmar.")
    return age <= FRESHNESS_WINDOW


def _night_line(night: dict[str, Any], settings: Settings) -> str:
    outcome, at, step = night["outcome"], datetime.fromisoformat(night["at"]).astimezone(), night.get("step")
    if "fault" in night and not step:
        unbegun = f"den misslyckades innan den hade börjat: {night['fault']}"
        return f"Senaste nattliga körning: {outcome} ({at:%Y-%m-%d %H:%M}); {unbegun}."
    fault = f" ({night['fault']})" if "fault" in night else ""
    if outcome == UNDER_WAY and not is_locked(settings.data):
        outcome = "avbröts utan att sluta"
    failed = f"; steget {step} misslyckades{' efteråt' if outcome == PUBLISHED else ''}{fault}" if step else ""
    return f"Senaste nattliga körning: {outcome} ({at:%Y-%m-%d %H:%M}){failed}."


def _tell_fetches(settings: Settings) -> None:
    """A line per source that was ever fetched."""
    sources = installed_sources(settings)
    for state in read_states(settings.fetched, {name for name, source in sources.items() if source.fetch}).values():
        reached = f"{state.reached.astimezone():%Y-%m-%d %H:%M}" if state.reached else None
        if state.fault is None:
            click.echo(f"Källan {state.source} hämtades senast {reached}.")
            continue
        before = f"Senast gick det {reached}." if reached else "Det har inte gått någon gång."
        click.echo(
            f"Källan {state.source} gick inte att nå {state.at.astimezone():%Y-%m-%d %H:%M}: {state.fault}. {before}"
        )


def _published_at(status: dict[str, dict[str, Any]], current: Path) -> datetime | None:
    """When the night that is shown was published; of one that an earlier version published, when it was made. None
    where it can't be known."""
    try:
        if "published" in status:
            return datetime.fromisoformat(status["published"]["at"]).astimezone()
        manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
        return datetime.fromisoformat(manifest["made_at"]).astimezone()
    except _UNREADABLE:
        return None


def _tell_deliveries(organisation: Path, settings: Settings) -> None:
    deliveries = _lines(organisation / "leveranser.csv")
    missing = [line["Register"] for line in deliveries if line["Status"] == "saknas"]
    if missing:
        click.echo(f"{organisation.name}: saknas {', '.join(missing)}")
    newest: dict[str, date] = {}
    for line in deliveries:
        if line["Status"] == "i kraft":
            day = date.fromisoformat(line["Senast bekräftad"] or line["Levererad"])
            newest[line["Register"]] = max(day, newest.get(line["Register"], day))
    registers = installed_registers(settings)
    late = [
        f"{register} ({day})"
        for register, day in newest.items()
        if register in registers
        and organisation.name not in registers[register].left_out_by
        and day < today(settings) - timedelta(days=registers[register].late_after)
    ]
    if late:
        click.echo(f"{organisation.name}: sena {', '.join(late)}")


def _lines(path: Path) -> list[dict[str, str]]:
    """The lines of leveranser.csv by heading. Raises ValueError or csv.Error where it isn't whole."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";", strict=True)
        lines = list(reader)
    if not {*(reader.fieldnames or ())} >= _HEADINGS or any(None in line or None in line.values() for line in lines):
        raise ValueError(f"{path.name} isn't whole")
    return lines
