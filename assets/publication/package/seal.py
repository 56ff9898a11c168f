"""The sealed package: document, lists and evidence of one organisation, with the SHA-256 of each in its manifest."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assets.publication.manifest import MANIFEST, Place, place_of
from assets.publication.report import Report
from assets.publication.sv import join_list

PACKAGE, READ_ME = "ledningens_genomgang.zip", "LAS-MIG.txt"
DOCUMENT = "ledningens_genomgang.docx"


def write_package(report: Report, folder: Path, patterns: Iterable[str], lacking: Sequence[str] = ()) -> None:
    """Seals the files of an organisation's folder that the patterns name. The same files of the same run give the
    same bytes. `lacking`: what should lie there and could not be written, in Swedish; the package says so itself."""
    place = place_of(report.run)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for pattern in patterns
        for path in folder.glob(pattern)
    }
    files[READ_ME] = _read_me(report.name, place, lacking).encode()
    manifest = {
        "organisation": report.organisation,
        "name": report.name,
        **place,
        **({"lacking": list(lacking)} if lacking else {}),
        "files": {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())},
    }
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    made = date.fromisoformat(place["as_of"])
    with ZipFile(folder / PACKAGE, "w", ZIP_DEFLATED) as package:
        for path in sorted(files):
            # dated B, not now: sealing twice must not differ
            package.writestr(ZipInfo(path, (made.year, made.month, made.day, 0, 0, 0)), files[path], ZIP_DEFLATED)


def _read_me(name: str, place: Place, lacking: Sequence[str]) -> str:
    lacks = f"Kunde inte skrivas och saknas här: {join_list([*lacking]).lower()}.\r\n" if lacking else ""
    return (
        f"Ledningens genomgång, {name}\r\n"
        f"Per {place['as_of']}, enligt leveranser till och med {place['known_at']}. "
        f"Körning {place['run']}.\r\n\r\n"
        f"{lacks}"
        "Här ligger dokumentet, indikatorerna, bristlistorna och underlaget till varje siffra. "
        f"{MANIFEST} har SHA-256 för varje fil.\r\n"
        "Kontrollera paketet: lagesbild verify ledningens_genomgang.zip\r\n"
        "Bristlistorna och underlaget nämner anställnings-id och system med brister: "
        "pröva sekretessen innan något lämnas ut.\r\n"
    )
