"""The manifest: which run, B and K each organisation's files are of, and the SHA-256 of all that went in and out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from assets.settings import Run

MANIFEST = "manifest.json"

Place = dict[str, str]
"""What a folder is of: `run`, `as_of`, `known_at`."""


def place_of(run: Run) -> Place:
    return {"run": run.id, "as_of": run.as_of.isoformat(), "known_at": run.known_at.isoformat()}


def write_manifest(
    folder: Path,
    run: Run,
    places: Mapping[str, Place],
    failures: Mapping[str, Mapping[str, str]],
    inputs: Iterable[str],
    mappings: Mapping[str, str],
    made_at: datetime,
    settings: Mapping[str, object],
) -> None:
    """Writes manifest.json for a draft folder that is otherwise whole. `failures`: organisation → output → why it
    could not be written. Inputs are named by hash alone. `mappings`: source → the hash of the mapping that its
    deliveries in force were read by. `settings`: what the installation has chosen of indicators, and the lists of
    registers that organisations deliver so far."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "version": version("lagesbild"),
        "kind": run.kind,
        "made_at": made_at.isoformat(timespec="seconds"),
        **place_of(run),
        "organisations": places,
        "failures": failures,
        "settings": settings,
        "inputs": sorted(inputs),
        "mappings": mappings,
        "outputs": {path.relative_to(folder).as_posix(): _sha256(path) for path in files},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
