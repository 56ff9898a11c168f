"""`lagesbild check`: reads a delivery as the night would, and says what would be refused. Changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import polars as pl
from rapidfuzz import process
from rapidfuzz.utils import default_process

from assets.intake.apply_contract import ContractResult
from assets.intake.arrived import Reading, dated
from assets.intake.inbox import display_name, match_register, register_stem
from assets.intake.ingest import read_delivery
from assets.intake.privacy import mask_text
from assets.intake.refusal import UNKNOWN, ColumnsMissing, Refused
from assets.intake.rows import ParsedRows
from assets.intake.sources.claims import Claim, owners, refuse_rivals
from assets.intake.sources.read_source import SourceDelivery
from assets.intake.sources.unpack import GZIP, ending_of, unpack_gzip
from assets.publication.explain import explained
from assets.publication.sv import counted, join_list
from assets.registers.contract import CITY, Register
from assets.settings import Settings
from pipelines.contracts import registers_of, sources_of

MAX_LINES = 20
"""So many kinds of faults, and so many duplicates, are lines in full; karantan.csv lists every fault."""
MAX_PLACES = 5
"""So many places of one kind of fault are named."""
NEAR = 60
"""How alike, of 100, a name must be to be offered in place of another."""


def check_file(path: Path, settings: Settings) -> bool:
    """Tells what the night would make of one file; true where nothing in it would be refused."""
    reading = Reading(registers_of(settings), sources_of(settings))
    click.echo(display_name(path.name))
    try:
        claims = _claims(path, settings, reading)
    except Refused as refused:
        click.echo(f"  hela leveransen avvisas: {refused}")
        return False
    if claims:
        fine = [_check_claimed(path, claim, folder, reading) for folder, claim in claims]
        return all(fine)
    register = _register_of(path, settings, reading.registers)
    if register is None:
        click.echo(f"  avvisas: {UNKNOWN}{_hint(path, settings, reading.registers)}")
        return False
    _tell_day(register, dated(None, path.name))
    return _check(path, path.suffix.lower(), register, None, reading)


def _claims(path: Path, settings: Settings, reading: Reading) -> list[tuple[str, Claim]]:
    """The sources that claim the file, with the folder in which they do. Raises Refused where two of one register
    do."""
    for folder in _places(path, settings, [folder for each in reading.sources.values() for folder in each.folders]):
        if claims := reading.claims(path.name, folder):
            refuse_rivals(claims)
            return [(folder, claim) for claim in claims]
    return []


def _places(path: Path, settings: Settings, named: Sequence[str]) -> list[str]:
    """The inbox folders in which the file may be meant to lie: its own where it lies in the inbox, else any."""
    folder = path.absolute().parent
    return [folder.name] if folder.parent in (settings.inbox, settings.fetched) else ["organisation", *named, CITY]


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
        if isinstance(refused, ColumnsMissing):
            _tell_missing(refused, register)
        return False
    _tell_rows(delivered, conformed)
    _tell_replaced(conformed)
    _tell_faults(conformed, register, reading.registers)
    return conformed.failures.is_empty()


def _register_of(path: Path, settings: Settings, registers: Mapping[str, Register]) -> Register | None:
    """By its name, and where it lies in the inbox by its place there too."""
    names = (match_register(path.name, place, registers) for place in _places(path, settings, []))
    return next((registers[name] for name in names if name), None)


def _hint(path: Path, settings: Settings, registers: Mapping[str, Register]) -> str:
    """Which register the file's name is nearest to, or in whose folder the one that it names lies."""
    for name in (match_register(path.name, place, registers) for place in (CITY, "organisation")):
        if name and path.absolute().parent.parent in (settings.inbox, settings.fetched):
            where = f"i mappen {CITY}" if registers[name].level == "city" else "i organisationens egen mapp"
            return f": {name} ska ligga {where}"
    if near := _nearest(register_stem(path.stem), registers):
        return f". Menas {near}? Namnet ska börja så: {near}_2026-10-31{path.suffix.lower()}"
    return ""


def _nearest(text: str, names: Mapping[str, object] | tuple[str, ...]) -> str:
    found = process.extractOne(text, list(names), processor=default_process, score_cutoff=NEAR)
    return found[0] if found else ""


def _tell_missing(refused: ColumnsMissing, register: Register) -> None:
    """Every column that must be there and isn't, with the headings that would do."""
    for name in refused.columns:
        headings = register.by_name[name].headings
        near = [_nearest(heading, refused.unknown) for heading in headings]
        nearest = next((mask_text(heading) for heading in near if heading), "")
        click.echo(
            f"    {name}: rubriken ska vara {join_list(headings, 'or')}" + f" (filen har {nearest})" * bool(nearest)
        )


def _tell_rows(delivered: ParsedRows, conformed: ContractResult) -> None:
    click.echo(
        f"  {conformed.read} rader lästa: {conformed.valid.height} läses in, "
        f"{conformed.quarantined.height} till karantän, {conformed.duplicates} dubbletter"
    )
    click.echo(f"  {conformed.dropped_cells} celler går inte att läsa och lämnas tomma")
    if delivered.notes:
        notes = counted(delivered.notes, "antecknings- eller summarad", "antecknings- och summarader")
        click.echo(f"  {notes} hoppas över")
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


def _tell_replaced(conformed: ContractResult) -> None:
    """Where each row stands that a later one with the same key takes the place of."""
    for row, by in conformed.replaced.head(MAX_LINES).iter_rows():
        click.echo(f"  rad {row}: samma nyckel som rad {by}, som gäller")
    if conformed.duplicates > MAX_LINES:
        click.echo(f"  … och {conformed.duplicates - MAX_LINES} dubbletter till")


def _tell_faults(conformed: ContractResult, register: Register, registers: Mapping[str, Register]) -> None:
    """Each kind of fault once, with where it stands first and how often, the commonest first."""
    lines = explained(conformed.failures.with_columns(register=pl.lit(register.name)), registers)
    kinds = (
        lines.group_by("explanation", maintain_order=True)
        .agg(pl.col("row").head(MAX_PLACES).alias("first"), count=pl.len())
        .sort("count", descending=True, maintain_order=True)
    )
    for explanation, first, count in kinds.head(MAX_LINES).iter_rows():
        click.echo(f"  rad {_rows([str(row) for row in first], count)}: {explanation}")
    if kinds.height > MAX_LINES:
        click.echo(f"  … och {kinds.height - MAX_LINES} slags fel till")


def _rows(first: list[str], count: int) -> str:
    return join_list(first) if count == len(first) else f"{', '.join(first)} och {count - len(first)} till"
