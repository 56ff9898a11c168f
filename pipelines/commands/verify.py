"""`lagesbild verify`: is a package as it was sealed, and does a document's every number stand on a figure?"""

import hashlib
import json
from pathlib import Path
from typing import Any

import click

from assets.settings import Settings


def verify(file: Path, settings: Settings) -> bool:
    """Tells what was found; true where nothing is wrong."""
    click.echo(f"{file.name}  SHA-256 {hashlib.sha256(file.read_bytes()).hexdigest()}")
    if file.suffix.lower() == ".zip":
        from assets.publication.package.check import package_faults

        found = package_faults(file)
    else:
        found = _document_faults(file, settings)
    for fault in found:
        click.echo(f"  {fault}")
    click.echo("  Allt stämmer." if not found else f"  {len(found)} fel." if len(found) > 1 else "  1 fel.")
    return not found


def _document_faults(file: Path, settings: Settings) -> list[str]:
    """What isn't as it was drafted. The figures are held against the evidence where that still is to be found: beside
    the document, or, where it lies signed in an organisation's inbox, in the published review that it is of."""
    from assets.publication.document.number_check import faults, review_of

    document = file.read_bytes()
    underlag = file.parent / "underlag"
    if not underlag.exists() and (review := review_of(document)):
        underlag = settings.published / "reviews" / "_".join(review) / file.absolute().parent.name / "underlag"
    evidence = _evidence_in(underlag)
    against = f"mot underlaget i {underlag}" if evidence else "mot det som utkastet självt säger"
    click.echo(f"  Siffrorna jämförs {against}.")
    return faults(document, evidence)


def _evidence_in(folder: Path) -> dict[str, dict[str, Any]] | None:
    """Indicator → its published JSON; None where there is none: the document is then checked by itself alone."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))} or None
