"""The sealed package: document, lists and evidence of one organisation, with the SHA-256 of each in its manifest."""

import hashlib
import json
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assets.publication.manifest import Place

PACKAGE, MANIFEST, READ_ME = "ledningens_genomgang.zip", "manifest.json", "LAS-MIG.txt"
DOCUMENT = "ledningens_genomgang.docx"
_SEALED = (DOCUMENT, "ledningens_genomgang.pdf", "*.csv", "bristlistor/*.csv", "underlag/*.json", "underlag.parquet")
_NOT_SEALED = {"larm.csv"}
"""The alerts are of a night, not of the review."""


def write_package(folder: Path, organisation: str, name: str, place: Place) -> None:
    """Seals what lies in an organisation's folder. The same files of the same run give the same bytes."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for pattern in _SEALED
        for path in folder.glob(pattern)
        if path.name not in _NOT_SEALED
    }
    files[READ_ME] = _read_me(name, place).encode()
    manifest = {
        "organisation": organisation,
        "name": name,
        **place,
        "files": {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())},
    }
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    made = date.fromisoformat(place["as_of"])
    with ZipFile(folder / PACKAGE, "w", ZIP_DEFLATED) as package:
        for path in sorted(files):
            # dated B, not now: sealing twice must not differ
            package.writestr(ZipInfo(path, (made.year, made.month, made.day, 0, 0, 0)), files[path], ZIP_DEFLATED)


def _read_me(name: str, place: Place) -> str:
    return (
        f"Ledningens genomgång, {name}\r\n"
        f"Per {place['as_of']}, med det som var känt till och med {place['known_at']}. "
        f"Körning {place['run']}.\r\n\r\n"
        "Här ligger dokumentet, indikatorerna, bristlistorna och underlaget till varje siffra. "
        f"{MANIFEST} har SHA-256 för varje fil.\r\n"
        "Kontrollera paketet: lagesbild verify ledningens_genomgang.zip\r\n"
        "Bristlistorna och underlaget nämner anställnings-id och system med brister: "
        "pröva sekretessen innan något lämnas ut.\r\n"
    )
