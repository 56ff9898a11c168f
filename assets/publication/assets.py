"""Dagster: what is published, file by file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg

from assets.settings import Run

OWNER = "team:lagesbild"

_FILES = {
    "indikatorer": ("indikatorer.csv: every figure of the organisation, and of the city.", ["indicator_values"]),
    "indikatorer_per_enhet": ("indikatorer_per_enhet.csv: every figure of every unit.", ["indicator_values"]),
    "bristlistor": ("bristlistor/*.csv: what is not in order, and what could not be measured.", ["gaps"]),
    "stangda": ("bristlistor/stangda.csv: gaps closed in the last 90 days.", ["gap_lives"]),
    "omatchade": ("bristlistor/omatchade.csv: references that point at nothing.", ["unmatched"]),
    "personnummer_i_fritext": ("bristlistor/personnummer_i_fritext.csv: places, no values.", ["personal_numbers"]),
    "karantan": ("karantan.csv: rows and cells that their contract refused.", ["quarantine"]),
    "leveranser": ("leveranser.csv: every delivery seen, and what became of it.", ["deliveries"]),
    "underlag": ("underlag/*.json and underlag.parquet: what every figure is made of.", ["indicator_items"]),
    "warehouse": (
        "warehouse.duckdb: a copy for reading, of the organisation's own rows.",
        ["indicator_items", "links"],
    ),
}


def publication_assets(publish: Callable[[Run], Path]) -> list[dg.AssetsDefinition]:
    """Every kind of published file as one asset over all organisations. They are shown together, in one step,
    so selecting one selects all."""
    specs = [
        dg.AssetSpec(
            ["publication", name],
            deps=[["history"], ["alerts", "decide"], *(["marts", mart] for mart in marts)],
            description=description,
            group_name="publication",
            owners=[OWNER],
            kinds={"duckdb" if name == "warehouse" else "csv"},
        )
        for name, (description, marts) in _FILES.items()
    ]

    @dg.multi_asset(name="publication", specs=specs)
    def publication(run: dg.ResourceParam[Run]) -> Iterator[dg.MaterializeResult[None]]:
        folder = publish(run)
        for spec in specs:
            yield dg.MaterializeResult(asset_key=spec.key, metadata={"folder": dg.MetadataValue.path(str(folder))})

    return [publication]
