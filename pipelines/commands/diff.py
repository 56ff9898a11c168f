"""`lagesbild diff`: which figures differ between two published runs, and which items and deliveries make it so."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
import polars as pl
from rich import box
from rich.console import Console
from rich.table import Table

from assets.excel_csv import write_excel_csv
from assets.publication.manifest import MANIFEST
from assets.registers.contract import CITY

FIGURE = ("Organisation", "Indikator", "Enhet")
ITEM = ("Organisation", "Indikator", "Objekt")
MAPPING = ("Källa",)
DELIVERY = ("Organisation", "Register", "Källfil", "Sha256")
MAX_ROWS, WIDTH = 30, 140


def differences(before: Path, after: Path) -> dict[str, pl.DataFrame]:
    """By name: `indikatorer` (figures that differ), `poster` (their items that came, went or changed), `leveranser`
    (deliveries that are in force in one run alone), `avbildningar` (sources that are read in another way). Each row
    says what was and what is."""
    compared = ("Täljare", "Nämnare", "Värde", "Status", "Orsak", "Ej mätta")
    figures = _changed(_figures(before, compared), _figures(after, compared), FIGURE, compared)
    differing = figures.select("Organisation", "Indikator").unique()
    items = _changed(_items(before, differing), _items(after, differing), ITEM, ("Läge", "Täljare", "Nämnare"))
    deliveries = _changed(_in_force(before), _in_force(after), DELIVERY, ("Levererad", "Senast bekräftad"))
    mappings = _changed(_mappings(before), _mappings(after), MAPPING, ("Avbildning",))
    return {"indikatorer": figures, "poster": items, "leveranser": deliveries, "avbildningar": mappings}


def tell_settings(before: Path, after: Path) -> None:
    """Tells which settings of indicators, and lists of registers, the runs were made with that differ."""
    was, is_ = _settings(before), _settings(after)
    changed = [key for key in sorted(was.keys() | is_.keys()) if was.get(key) != is_.get(key)]
    click.echo(f"Inställningar: {len(changed)} skiljer")
    for key in changed:
        click.echo(f"  {key}: {was.get(key, 'produktens egna')} → {is_.get(key, 'produktens egna')}")


def _settings(run: Path) -> dict[str, str]:
    """What manifest.json says of them, as `UTB-01` or `register i nacka` → its words; one of an earlier version says
    nothing."""
    settings = json.loads((run / MANIFEST).read_text(encoding="utf-8")).get("settings", {})
    words = {
        indicator: ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in chosen.items())
        for indicator, chosen in settings.get("indicators", {}).items()
    }
    return words | {f"register i {place}": ", ".join(own) for place, own in settings.get("registers", {}).items()}


def write_differences(found: dict[str, pl.DataFrame], folder: Path) -> None:
    """The lists in full, units included."""
    for name, table in found.items():
        write_excel_csv(table, folder / f"{name}.csv")


def show_differences(found: dict[str, pl.DataFrame]) -> None:
    """The heads of the lists in the terminal: of figures those of whole organisations."""
    totals = found["indikatorer"].filter(pl.col("Enhet").is_null())
    _show("Indikatorer", totals, [*FIGURE[:2], "Värde före", "Värde efter", "Status före", "Status efter"])
    _show("Poster", found["poster"], [*ITEM, "Läge före", "Läge efter"])
    _show("Leveranser i kraft", found["leveranser"], [*DELIVERY[:3], "Levererad före", "Levererad efter"])
    if not found["avbildningar"].is_empty():
        _show("Källors avbildningar", found["avbildningar"], found["avbildningar"].columns)


def _show(title: str, table: pl.DataFrame, columns: Sequence[str]) -> None:
    rendered = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in columns:
        rendered.add_column(heading)
    for row in table.select(columns).head(MAX_ROWS).iter_rows():
        rendered.add_row(*("" if cell is None else str(cell) for cell in row))
    click.echo(f"{title}: {table.height} skiljer")
    Console(width=max(Console().width, WIDTH)).print(rendered)


def _changed(before: pl.DataFrame, after: pl.DataFrame, key: Sequence[str], fields: Sequence[str]) -> pl.DataFrame:
    """Rows that differ in what is shown, as `X före` and `X efter`; a row of one side alone is empty on the other."""
    joined = before.with_columns(here=True).join(
        after.with_columns(here=True), on=key, how="full", coalesce=True, nulls_equal=True, suffix=" efter"
    )
    compared = ("here", *fields)
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name} efter")) for name in compared)
    both = [column for name in fields for column in (pl.col(name).alias(f"{name} före"), pl.col(f"{name} efter"))]
    return joined.filter(differs).select(*key, *both).sort(key)


def _organisations(run: Path) -> list[Path]:
    return [folder for folder in sorted(run.iterdir()) if folder.is_dir()]


def _read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, separator=";", infer_schema=False, glob=False)


def _figures(run: Path, fields: Sequence[str]) -> pl.DataFrame:
    totals = [_read(folder / "indikatorer.csv").with_columns(Enhet=pl.lit(None)) for folder in _organisations(run)]
    units = [_read(path) for path in sorted(run.glob("*/indikatorer_per_enhet.csv"))]
    return pl.concat([table.select(pl.col(*FIGURE, *fields).cast(pl.String)) for table in [*totals, *units]])


def _items(run: Path, differing: pl.DataFrame) -> pl.DataFrame:
    """The items of the figures that differ; those about protected persons have no key and can't be told apart."""
    folders = [folder for folder in _organisations(run) if folder.name != CITY]
    items = pl.concat(pl.read_parquet(folder / "underlag.parquet", glob=False) for folder in folders).filter(
        ~pl.col("protected")
    )
    state = (
        pl.when(~pl.col("measured")).then(pl.lit("ej mätt"))
        .when("ok").then(pl.lit("i ordning")).otherwise(pl.lit("brist"))
    )  # fmt: skip
    compared = items.select(
        Organisation="organisation",
        Indikator="indicator",
        Objekt="key",
        Läge=state,
        Täljare="numerator",
        Nämnare="denominator",
    )
    return compared.join(differing, on=["Organisation", "Indikator"], how="semi")


def _mappings(run: Path) -> pl.DataFrame:
    """How each source's deliveries were read; runs of earlier versions say nothing of it."""
    mappings = json.loads((run / MANIFEST).read_text(encoding="utf-8")).get("mappings", {})
    return pl.DataFrame(list(mappings.items()), schema={"Källa": pl.String, "Avbildning": pl.String}, orient="row")


def _in_force(run: Path) -> pl.DataFrame:
    tables = [_read(folder / "leveranser.csv") for folder in _organisations(run)]
    return pl.concat(tables).filter(Status="i kraft").select(*DELIVERY, "Levererad", "Senast bekräftad")
