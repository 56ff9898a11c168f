"""`lagesbild law`: which limits the law sets on a day, and which figures would be others under another day's law."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
import duckdb
import polars as pl

from assets.intake.archive import Archive
from assets.intake.deliveries import deliveries
from assets.publication.manifest import MANIFEST
from assets.registers.contract import CITY
from assets.settings import Run, Settings
from assets.warehouse.build import build, open_warehouse
from assets.warehouse.kept import copy_kept
from assets.warehouse.law import changes_under, limits_on
from assets.warehouse.models import Model
from pipelines.installation import installed_registers
from pipelines.own_indicators import installed_models

_UNITS = {"hours": ("timme", "timmar"), "weeks": ("vecka", "veckor"), "months": ("månad", "månader")}
_COUNTING = {
    "elapsed": "räknat i timmar, strängt",
    "swedish": "räknat enligt lag (1930:173)",
    "eu": "räknat enligt förordning 1182/71",
}


Opened = tuple[duckdb.DuckDBPyConnection, date]


def tell_limits(settings: Settings, day: date) -> None:
    """Tells every limit and adequacy decision in force on the day, with its law."""
    limits, adequacy = limits_on(installed_models(settings), day)
    click.echo(f"Tidsfrister som gäller {day}:")
    for row in limits.to_dicts():
        one, many = _UNITS[row["unit"]]
        span = f"{row['span']} {one if row['span'] == 1 else many}"
        since = f", sedan {row['in_force_from']}" if row["in_force_from"] else ""
        until = f", till och med {row['in_force_to']}" if row["in_force_to"] else ""
        click.echo(f"  {row['register']}: {row['step']} {span} efter {row['starts']} ({_COUNTING[row['counting']]})")
        click.echo(f"    {row['law']} {row['paragraph']}{since}{until}. Källa: {row['source']}.")
    click.echo(f"Beslut om adekvat skyddsnivå som gäller {day}: {', '.join(adequacy['name']) or 'inga'}.")


def tell_changes(settings: Settings, published: Path | None, day: date) -> None:
    """Tells which figures would be others under the law of the day: of the kept warehouse where `published` is None,
    else of that published run, made anew from the archive."""
    models = installed_models(settings)
    with tempfile.TemporaryDirectory(prefix="lagesbild-") as made:
        folder = Path(made)
        opened = _kept(settings, folder) if published is None else _again(settings, folder, published, models)
        with opened as (con, as_of):
            changed = changes_under(con, models, day)
    click.echo(f"Siffrorna per {as_of}, om lagen {day} hade gällt hela tiden:")
    for row in changed.to_dicts():
        was, is_ = _figure(row, ""), _figure(row, "_under")
        click.echo(f"  {row['organisation']} {row['indicator']} {row['title']}: {was} → {is_}")
    click.echo(f"{changed.height or 'Ingen'} {'siffror' if changed.height > 1 else 'siffra'} skiljer.")


def _figure(row: Mapping[str, Any], suffix: str) -> str:
    numerator, denominator = row[f"numerator{suffix}"], row[f"denominator{suffix}"]
    if numerator is None:
        return str(row[f"state{suffix}"])
    parts = f"{numerator}" if denominator is None else f"{numerator} av {denominator}"
    missing = row[f"not_measured{suffix}"]
    return f"{parts}, {row[f'state{suffix}']}" + (f", {missing} ej mätta" if missing else "")


@contextmanager
def _kept(settings: Settings, folder: Path) -> Iterator[Opened]:
    """A copy of the kept warehouse, and its B."""
    path = folder / "warehouse.duckdb"
    copy_kept(settings.warehouse, path)
    with duckdb.connect(path) as con:
        (as_of,) = con.execute("SELECT as_of FROM core.review").fetchone() or (None,)
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [as_of])
        con.execute("SET VARIABLE nightly = true")
        yield con, as_of


@contextmanager
def _again(settings: Settings, folder: Path, published: Path, models: Mapping[str, Model]) -> Iterator[Opened]:
    """The warehouse of a published run, made anew of what the archive holds, and its B."""
    manifest = json.loads((published / MANIFEST).read_text(encoding="utf-8"))
    as_of, known_at = (date.fromisoformat(manifest[name]) for name in ("as_of", "known_at"))
    run = Run(manifest["run"], manifest["kind"], as_of, known_at, known_at, folder)
    registers = installed_registers(settings)
    organisations = sorted(set(manifest["organisations"]) - {CITY})
    delivered = deliveries(Archive(settings.archive), registers, organisations, known_at)
    delivered.write_parquet(run.deliveries_path)
    pl.DataFrame({"organisation": organisations}).write_parquet(folder / "organisations.parquet")
    with open_warehouse(run, settings.data, registers, models) as con:
        build(con, models, models)
        yield con, as_of
