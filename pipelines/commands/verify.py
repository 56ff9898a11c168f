"""`lagesbild verify`: is a package as it was sealed, and does a document's every number stand on a figure?"""

import hashlib
import json
from pathlib import Path
from typing import Any

import click


def verify(file: Path) -> bool:
    """Tells what was found; true where nothing is wrong."""
    if file.suffix.lower() == ".zip":
        from assets.publication.package.check import package_faults

        found = package_faults(file)
    else:
        from assets.publication.document.number_check import faults

        found = faults(file.read_bytes(), _evidence_beside(file))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    click.echo(f"{file.name}  SHA-256 {digest}")
    for fault in found:
        click.echo(f"  {fault}")
    click.echo("  Allt stämmer." if not found else f"  {len(found)} fel." if len(found) > 1 else "  1 fel.")
    return not found


def _evidence_beside(document: Path) -> dict[str, dict[str, Any]] | None:
    """The evidence of a document that still lies where it was published; elsewhere it is checked by itself alone."""
    files = sorted((document.parent / "underlag").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files} or None
