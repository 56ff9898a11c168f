"""`lagesbild status`: how old the picture is, how the last night ended, and what is missing or late."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import polars as pl

from assets.settings import DEFAULT_LATE_AFTER_DAYS, FRESHNESS_WINDOW, Settings
from pipelines.config import today
from pipelines.run_context import last_outcome


def tell_status(settings: Settings, now: datetime | None = None) -> bool:
    """Tells how things stand; true where the published night is fresh."""
    noted = last_outcome(settings)
    if noted:
        at = datetime.fromisoformat(noted["at"]).astimezone()
        click.echo(f"Senaste nattliga körning: {noted['outcome']} ({at:%Y-%m-%d %H:%M}).")
    manifest = settings.published / "current" / "manifest.json"
    if not manifest.exists():
        click.echo("Ingen lägesbild är publicerad.")
        return False
    made = datetime.fromisoformat(json.loads(manifest.read_text(encoding="utf-8"))["made_at"])
    age = (now or datetime.now(UTC)) - made
    click.echo(
        f"Lägesbilden gjordes {made.astimezone():%Y-%m-%d %H:%M}, för {age.total_seconds() / 3600:.0f} timmar sedan."
    )
    for organisation in sorted(path.parent for path in manifest.parent.glob("*/leveranser.csv")):
        _tell_deliveries(organisation, settings)
    if age > FRESHNESS_WINDOW:
        click.echo("Den är för gammal: äldre än 26 timmar.")
    return age <= FRESHNESS_WINDOW


def _tell_deliveries(organisation: Path, settings: Settings) -> None:
    deliveries = pl.read_csv(organisation / "leveranser.csv", separator=";", infer_schema=False)
    missing = deliveries.filter(pl.col("Status") == "saknas")["Register"].to_list()
    if missing:
        click.echo(f"{organisation.name}: saknas {', '.join(missing)}")
    newest = pl.coalesce("Senast bekräftad", "Levererad").str.to_date().max()
    in_force = (
        deliveries.filter(pl.col("Status") == "i kraft").group_by("Register", maintain_order=True).agg(newest=newest)
    )
    late = [f"{register} ({day})" for register, day in in_force.iter_rows() if _is_late(register, day, settings)]
    if late:
        click.echo(f"{organisation.name}: sena {', '.join(late)}")


def _is_late(register: str, newest: date, settings: Settings) -> bool:
    return newest < today(settings) - timedelta(days=settings.late_days.get(register, DEFAULT_LATE_AFTER_DAYS))
