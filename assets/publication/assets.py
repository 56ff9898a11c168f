"""Dagster: what is published, file by file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg

from assets.settings import Run

OWNER = "team:lagesbild"

_FILES = {
    "indikatorer": ("csv", "indikatorer.csv: every figure of the organisation, or city.", ["indicator_values"]),
    "indikatorer_per_enhet": (
        "csv", "indikatorer_per_enhet.csv: every figure of every unit.", ["indicator_values"]
    ),
    "historik": ("csv", "historik.csv: every figure over time.", ["series"]),
    "bristlistor": ("csv", "bristlistor/*.csv: what is not in order, and what could not be measured.", ["gaps"]),
    "stangda": ("csv", "bristlistor/stangda.csv: gaps closed in the last 90 days.", ["gap_lifecycle"]),
    "omatchade": ("csv", "bristlistor/omatchade.csv: references that point at nothing.", ["unmatched"]),
    "personnummer_i_fritext": (
        "csv", "bristlistor/personnummer_i_fritext.csv: places, no values.", ["personal_numbers"]
    ),
    "karantan": ("csv", "karantan.csv: rows and cells that their contract refused.", ["quarantine"]),
    "leveranser": ("csv", "leveranser.csv: every delivery seen, and what became of it.", ["deliveries"]),
    "underlag": (
        "parquet", "underlag/*.json and underlag.parquet: what every figure is made of.", ["indicator_items"]
    ),
    "warehouse": (
        "duckdb", "warehouse.duckdb: a copy for reading, of its own rows.", ["indicator_items", "links"]
    ),
    "sida": (
        "html", "index.html and the pages behind it.", ["indicator_values", "series", "changes", "gaps", "deliveries"]
    ),
    "arbetsbok": ("excel", "ledningens_genomgang.xlsx: every table in one workbook.", ["indicator_values", "gaps"]),
    "dokument": ("word", "ledningens_genomgang.docx and .pdf: the drafted review.", ["indicator_values", "series"]),
    "kalender": ("ics", "arshjul.ics and arshjul.html: what falls due.", ["due"]),
    "paket": ("zip", "ledningens_genomgang.zip: the review sealed for the diary.", ["indicator_values", "gaps"]),
}  # fmt: skip
"""What is published → its kind, what it is, and the marts it shows."""


def publication_assets(publish: Callable[[Run], Path]) -> list[dg.AssetsDefinition]:
    """Every kind of published file as one asset over all organisations. They are shown together, in one step,
    so selecting one selects all."""
    specs = [
        dg.AssetSpec(
            ["publication", name],
            deps=[["history"], ["alerts", "evaluate"], *(["marts", mart] for mart in marts)],
            description=description,
            group_name="publication",
            owners=[OWNER],
            kinds={kind},
        )
        for name, (kind, description, marts) in _FILES.items()
    ]

    @dg.multi_asset(name="publication", specs=specs)
    def publication(run: dg.ResourceParam[Run]) -> Iterator[dg.MaterializeResult[None]]:
        folder = publish(run)
        for spec in specs:
            yield dg.MaterializeResult(asset_key=spec.key, metadata={"folder": dg.MetadataValue.path(str(folder))})

    return [publication]
