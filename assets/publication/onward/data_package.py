"""The data dictionary: a folder's Parquet files as a Frictionless Data Package, with a Table Schema for each.

https://datapackage.org/standard/data-package/ and /table-schema/, version 2.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from assets.publication.onward.dictionary import meaning

FILE = "datapackage.json"


@dataclass(frozen=True)
class Resource:
    """One file of a folder. `name` is its list's, `path` where it lies there; `unique`: the headings that tell its
    rows apart, none where not all that do stand in the file."""

    name: str
    path: str
    title: str
    unique: tuple[str, ...] = ()


def write_data_package(folder: Path, title: str, about: str, resources: Iterable[Resource]) -> None:
    """Writes datapackage.json for the resources, which lie in the folder."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"lagesbild-{folder.name}",
        "title": title,
        "description": about,
        "resources": [_described(folder, resource) for resource in resources],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def _described(folder: Path, resource: Resource) -> dict[str, Any]:
    file = folder / resource.path
    content = file.read_bytes()
    fields = [
        {"name": heading, "type": _type(kind), "description": meaning(resource.name, heading)}
        for heading, kind in pl.scan_parquet(file, glob=False).collect_schema().items()
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": resource.name,
        "path": resource.path,
        "title": resource.title,
        "type": "table",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields} | ({"uniqueKeys": [list(resource.unique)]} if resource.unique else {}),
    }


def _type(kind: pl.DataType) -> str:
    """What Table Schema calls a column's type."""
    if kind.is_integer():
        return "integer"
    if kind.is_numeric():
        return "number"
    return {pl.Boolean: "boolean", pl.Date: "date", pl.String: "string"}[kind.base_type()]
