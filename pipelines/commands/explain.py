"""`lagesbild explain`: from a figure to its items, to the rows of the deliveries, to the SHA-256 of what came.

Reads what is published and nothing else, so it tells just what stands there.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import duckdb
import polars as pl

from assets.registers.contract import CITY
from pipelines.commands.words import counted

KINDS = {"share": "Andel", "count": "Antal", "open": "Antal som återstår"}
MAX_ITEMS = 50
"""So many items are evidence; underlag.parquet has them all."""


def explain(run: Path, indicator: str, organisation: str | None, unit: str | None) -> bool:
    """Tells of one indicator in one organisation, or in the city where none is said; false where there is none."""
    folders = {folder.name: folder for folder in sorted(run.iterdir()) if folder.is_dir()}
    alone = [name for name in folders if name != CITY]
    chosen = organisation or (alone[0] if len(alone) == 1 else CITY)
    file = folders.get(chosen, run) / "underlag" / f"{indicator.upper()}.json"
    if not file.exists():
        click.echo(f"{indicator} finns inte för {chosen} i {run}. Organisationer: {', '.join(folders)}.")
        return False
    facts = json.loads(file.read_text(encoding="utf-8"))
    _tell_definition(facts, chosen)
    if chosen == CITY:
        _tell_parts(facts["organisations"])
    else:
        _tell_figure(facts, folders[chosen], unit)
        _tell_items(folders[chosen], facts["indicator"], unit)
        _tell_deliveries(facts["deliveries"])
    click.echo(f"\nFrågan i SQL:\n{facts['query']}")
    return True


def _tell_definition(facts: dict[str, Any], organisation: str) -> None:
    aim = "inget mål" if facts["target"] is None else f"mål {facts['target']}{', lagkrav' if facts['law'] else ''}"
    click.echo(
        f"{facts['indicator']} {facts['title']} – {organisation}, per {facts['as_of']}, "
        f"leveranser till och med {facts['known_at']}"
    )
    click.echo(f"{facts['question']}")
    click.echo(f"Motiv: {facts['motive']}. {KINDS[facts['kind']]}, {aim}.")
    click.echo(f"Underlag: {', '.join(facts['needs']) or 'alla register'}.")
    for line in _settings(facts.get("setting", {})):
        click.echo(line)
    figure = facts["figure"]
    click.echo(f"{_figure(figure)}" + (f" ({figure['reason']})" if figure["reason"] else ""))


def _settings(setting: dict[str, Any]) -> Iterator[str]:
    """What the installation has chosen in place of the product's own; evidence of an earlier version has none."""
    if "target" in setting:
        of_product = setting["product_target"]
        yield f"Målet är satt här; produkten har {'inget' if of_product is None else of_product}."
    if "title" in setting:
        yield f"Titeln är satt här; produktens är {setting['product_title']}."
    if "off" in setting:
        yield f"Avstängd här: {setting['reason']}."


def _figure(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return str(figure["state"])
    number = str(figure["value"]).replace(".", ",") if figure["denominator"] is not None else figure["numerator"]
    parts = f" % = {figure['numerator']} av {figure['denominator']}" if figure["denominator"] is not None else ""
    return f"{number}{parts}: {figure['state']}, {figure['not_measured']} ej mätta"


def _tell_parts(organisations: list[dict[str, Any]]) -> None:
    for part in organisations:
        of_all = "" if part["denominator"] is None else f" av {part['denominator']}"
        figure = "–" if part["numerator"] is None else f"{part['numerator']}{of_all}"
        click.echo(f"  {part['organisation']}: {figure}, {part['state']}")


def _tell_figure(facts: dict[str, Any], folder: Path, unit: str | None) -> None:
    if unit:
        units = pl.read_csv(folder / "indikatorer_per_enhet.csv", separator=";", infer_schema=False, glob=False)
        for row in units.filter(Indikator=facts["indicator"], Enhet=unit).to_dicts():
            click.echo(f"Enhet {unit}: {row['Värde']} ({row['Täljare']} av {row['Nämnare']}), {row['Status']}")


def _tell_items(folder: Path, indicator: str, unit: str | None) -> None:
    items = pl.read_parquet(folder / "underlag.parquet", glob=False).filter(pl.col("indicator") == indicator)
    if unit:
        items = items.filter(pl.col("unit") == unit)
    hidden = items.filter(pl.col("protected")).height
    visible = items.filter(~pl.col("protected")).sort(
        pl.col("measured") & pl.col("ok"), "unit", "key", nulls_last=True
    )
    click.echo(f"\n{counted(items.height, 'post', 'poster')}, först de som inte är i ordning:")
    with duckdb.connect(folder / "warehouse.duckdb", read_only=True) as con:
        for item in visible.head(MAX_ITEMS).to_dicts():
            state = "ej mätt" if not item["measured"] else "i ordning" if item["ok"] else "brist"
            details = ", ".join(str(item[name]) for name in ("label", "unit", "reason") if item[name])
            click.echo(f"  {state}: {item['key']} ({details}) {item['delivery'] or ''} rad {item['row'] or '–'}")
            if state != "i ordning":
                _tell_neighbours(con, item)
    if visible.height > MAX_ITEMS:
        click.echo(f"  … och {visible.height - MAX_ITEMS} till i underlag.parquet")
    if hidden:
        click.echo(f"  {counted(hidden, 'post', 'poster')} visas inte (skyddade personuppgifter)")


def _tell_neighbours(con: duckdb.DuckDBPyConnection, item: dict[str, Any]) -> None:
    """What the item's row points at, and what points at it, in other registers."""
    neighbours = con.execute(
        """
        WITH own AS (SELECT DISTINCT register, key FROM links WHERE delivery = $delivery AND row = $row)
        SELECT "column" || ' → ' || target || ' ' || value, delivery, row
        FROM links WHERE delivery = $delivery AND row = $row
        UNION ALL
        SELECT '← ' || link.register || ' ' || link.key || ' (' || link."column" || ')', link.delivery, link.row
        FROM links AS link JOIN own ON link.target = own.register AND link.value = own.key
        ORDER BY ALL
        """,
        {"delivery": item["delivery"], "row": item["row"]},
    ).fetchall()
    for link, delivery, row in neighbours:
        click.echo(f"      {link} ({delivery} rad {row})")


def _tell_deliveries(deliveries: list[dict[str, Any]]) -> None:
    click.echo("\nLeveranser i kraft:")
    for delivery in deliveries:
        click.echo(f"  {delivery['register']}: {delivery['name']} ({delivery['delivered']}) {delivery['sha256']}")
