"""`lagesbild verify`: is a package as it was sealed, and does a document's every number stand on a figure?"""

import hashlib
from pathlib import Path

import click


def verify(file: Path) -> bool:
    """Tells what was found; true where nothing is wrong."""
    if file.suffix.lower() == ".zip":
        from assets.publication.package.check import package_faults

        found = package_faults(file)
    else:
        from assets.publication.document.check import faults

        found = faults(file.read_bytes(), None)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    click.echo(f"{file.name}  SHA-256 {digest}")
    for fault in found:
        click.echo(f"  {fault}")
    click.echo("  Allt stämmer." if not found else f"  {len(found)} fel." if len(found) > 1 else "  1 fel.")
    return not found
