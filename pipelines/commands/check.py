"""`lagesbild check`: reads a delivery as the night would, and says what would be refused. Changes nothing."""

from collections.abc import Mapping
from pathlib import Path

import click
import polars as pl

from assets.intake.apply_contract import ContractResult
from assets.intake.inbox import date_in, display_name, match_register
from assets.intake.ingest import read_delivery
from assets.intake.privacy import mask_text
from assets.intake.refusal import UNKNOWN, Refused
from assets.intake.rows import ParsedRows
from assets.publication.explain import explained
from assets.registers.contract import CITY, Register
from assets.settings import Settings
from pipelines.installation import installed_registers

MAX_LINES = 20
"""So many faults of a file are lines in full; karantan.csv lists them all."""


def check_file(path: Path, settings: Settings) -> bool:
    """Tells what the night would make of one file; true where nothing in it would be refused."""
    registers = installed_registers(settings)
    click.echo(display_name(path.name))
    register = _register_of(path, settings.inbox, registers)
    if register is None:
        click.echo(f"  avvisas: {UNKNOWN}")
        return False
    dated = date_in(path.name)
    click.echo(f"  register {register.name}, daterad {dated or 'den dag den först ses (inget datum i namnet)'}")
    try:
        delivered, conformed = read_delivery(path, path.suffix.lower(), register)
    except Refused as refused:
        click.echo(f"  hela leveransen avvisas: {refused}")
        return False
    _tell_rows(delivered, conformed)
    _tell_faults(conformed, register, registers)
    return conformed.failures.is_empty()


def _register_of(path: Path, inbox: Path, registers: Mapping[str, Register]) -> Register | None:
    """By its name, and where it lies in the inbox by its place there too."""
    folder = path.absolute().parent
    places = [folder.name] if folder.parent == inbox else [CITY, "organisation"]
    names = (match_register(path.name, place, registers) for place in places)
    return next((registers[name] for name in names if name), None)


def _tell_rows(delivered: ParsedRows, conformed: ContractResult) -> None:
    click.echo(
        f"  {conformed.read} rader lästa: {conformed.valid.height} läses in, "
        f"{conformed.quarantined.height} till karantän, {conformed.duplicates} dubbletter"
    )
    click.echo(f"  {conformed.dropped_cells} celler går inte att läsa och lämnas tomma")
    if delivered.notes:
        click.echo(f"  {delivered.notes} anteckningsrader hoppas över")
    if delivered.unknown:
        click.echo(f"  kolumner som inte används: {mask_text(', '.join(delivered.unknown))}")
    if delivered.missing:
        click.echo(f"  kolumner som saknas och läses som tomma: {', '.join(delivered.missing)}")


def _tell_faults(conformed: ContractResult, register: Register, registers: Mapping[str, Register]) -> None:
    lines = explained(conformed.failures.with_columns(register=pl.lit(register.name)), registers)
    for row, sentence in lines.select("row", "explanation").head(MAX_LINES).iter_rows():
        click.echo(f"  rad {row}: {sentence}")
    if lines.height > MAX_LINES:
        click.echo(f"  … och {lines.height - MAX_LINES} till")
