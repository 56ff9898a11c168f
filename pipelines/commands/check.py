"""`lagesbild check`: reads a delivery as the night would, and says what would be refused. Changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import polars as pl

from assets.intake.apply_contract import ContractResult
from assets.intake.arrived import Reading, dated
from assets.intake.inbox import display_name, match_register
from assets.intake.ingest import read_delivery
from assets.intake.privacy import mask_text
from assets.intake.refusal import UNKNOWN, Refused
from assets.intake.rows import ParsedRows
from assets.intake.sources.claims import Claim, owners, refuse_rivals
from assets.intake.sources.read_source import SourceDelivery
from assets.intake.sources.unpack import GZIP, ending_of, unpack_gzip
from assets.publication.explain import explained
from assets.registers.contract import CITY, Register
from assets.settings import Settings
from pipelines.contracts import registers_of, sources_of

MAX_LINES = 20
"""So many faults of a file are lines in full; karantan.csv lists them all."""


def check_file(path: Path, settings: Settings) -> bool:
    """Tells what the night would make of one file; true where nothing in it would be refused."""
    reading = Reading(registers_of(settings), sources_of(settings))
    click.echo(display_name(path.name))
    try:
        claims = _claims(path, settings.inbox, reading)
    except Refused as refused:
        click.echo(f"  hela leveransen avvisas: {refused}")
        return False
    if claims:
        fine = [_check_claimed(path, claim, folder, reading) for folder, claim in claims]
        return all(fine)
    register = _register_of(path, settings.inbox, reading.registers)
    if register is None:
        click.echo(f"  avvisas: {UNKNOWN}")
        return False
    _tell_day(register, dated(None, path.name))
    return _check(path, path.suffix.lower(), register, None, reading)


def _claims(path: Path, inbox: Path, reading: Reading) -> list[tuple[str, Claim]]:
    """The sources that claim the file, with the folder in which they do. Raises Refused where two of one register
    do."""
    for folder in _places(path, inbox, [folder for each in reading.sources.values() for folder in each.folders]):
        if claims := reading.claims(path.name, folder):
            refuse_rivals(claims)
            return [(folder, claim) for claim in claims]
    return []


def _places(path: Path, inbox: Path, named: Sequence[str]) -> list[str]:
    """The inbox folders in which the file may be meant to lie: its own where it lies in the inbox, else any."""
    folder = path.absolute().parent
    return [folder.name] if folder.parent == inbox else ["organisation", *named, CITY]


def _check_claimed(path: Path, claim: Claim, folder: str, reading: Reading) -> bool:
    """Whether every organisation's part of a file that a source reads is without fault."""
    source, fine = claim.source, []
    register, day = reading.registers[source.register_name], dated(source, path.name)
    click.echo(f"  källa {source.name}")
    _tell_day(register, day)
    with TemporaryDirectory() as place:
        content = path
        if path.name.lower().endswith(GZIP):
            content = Path(place) / "content"
            with path.open("rb") as packed, content.open("wb") as target:
                unpack_gzip(packed, target)
        for owner in owners(source, folder):
            if source.organisation:
                click.echo(f"  {owner}:")
            by = SourceDelivery(source, path.name, (day or date.today()).isoformat(), owner)  # noqa: DTZ011 – as it would be seen today
            fine.append(_check(content, ending_of(path.name), register, by, reading))
    return all(fine)


def _tell_day(register: Register, day: date | None) -> None:
    click.echo(f"  register {register.name}, daterad {day or 'den dag den först ses (inget datum i namnet)'}")


def _check(path: Path, ending: str, register: Register, by: SourceDelivery | None, reading: Reading) -> bool:
    try:
        delivered, conformed = read_delivery(path, ending, register, by=by)
    except Refused as refused:
        click.echo(f"  hela leveransen avvisas: {refused}")
        return False
    _tell_rows(delivered, conformed)
    _tell_faults(conformed, register, reading.registers)
    return conformed.failures.is_empty()


def _register_of(path: Path, inbox: Path, registers: Mapping[str, Register]) -> Register | None:
    """By its name, and where it lies in the inbox by its place there too."""
    names = (match_register(path.name, place, registers) for place in _places(path, inbox, []))
    return next((registers[name] for name in names if name), None)


def _tell_rows(delivered: ParsedRows, conformed: ContractResult) -> None:
    click.echo(
        f"  {conformed.read} rader lästa: {conformed.valid.height} läses in, "
        f"{conformed.quarantined.height} till karantän, {conformed.duplicates} dubbletter"
    )
    click.echo(f"  {conformed.dropped_cells} celler går inte att läsa och lämnas tomma")
    if delivered.notes:
        click.echo(f"  {delivered.notes} anteckningsrader hoppas över")
    if delivered.other_rows:
        click.echo(f"  {delivered.other_rows} rader är inte registrets och lämnas")
    if delivered.other_organisations:
        click.echo(f"  {delivered.other_organisations} rader är andra organisationers och lämnas")
    if delivered.absent:
        click.echo(f"  kolumner som källan inte har: {', '.join(delivered.absent)}")
    if delivered.unexpected:
        click.echo(f"  kolumner som källan sägs sakna men har, och som läses: {', '.join(delivered.unexpected)}")
    if delivered.unknown:
        click.echo(f"  kolumner som inte används: {mask_text(', '.join(delivered.unknown))}")
    if missing := [name for name in delivered.missing if name not in delivered.absent]:
        click.echo(f"  kolumner som saknas och läses som tomma: {', '.join(missing)}")


def _tell_faults(conformed: ContractResult, register: Register, registers: Mapping[str, Register]) -> None:
    lines = explained(conformed.failures.with_columns(register=pl.lit(register.name)), registers)
    for row, sentence in lines.select("row", "explanation").head(MAX_LINES).iter_rows():
        click.echo(f"  rad {row}: {sentence}")
    if lines.height > MAX_LINES:
        click.echo(f"  … och {lines.height - MAX_LINES} till")
