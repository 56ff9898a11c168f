"""`lagesbild check`: reads a delivery as the night would, and says what would be refused. Changes nothing."""

from collections.abc import Mapping
from pathlib import Path

import click
import polars as pl
from rapidfuzz import process
from rapidfuzz.utils import default_process

from assets.intake.apply_contract import ContractResult
from assets.intake.inbox import date_in, display_name, match_register, register_stem
from assets.intake.ingest import read_delivery
from assets.intake.privacy import mask_text
from assets.intake.refusal import UNKNOWN, ColumnsMissing, Refused
from assets.intake.rows import ParsedRows
from assets.publication.explain import explained
from assets.publication.sv import counted, join_list
from assets.registers.contract import CITY, Register
from assets.settings import Settings
from pipelines.installation import installed_registers

MAX_LINES = 20
"""So many kinds of faults, and so many duplicates, are lines in full; karantan.csv lists every fault."""
MAX_PLACES = 5
"""So many places of one kind of fault are named."""
NEAR = 60
"""How alike, of 100, a name must be to be offered in place of another."""


def check_file(path: Path, settings: Settings) -> bool:
    """Tells what the night would make of one file; true where nothing in it would be refused."""
    registers = installed_registers(settings)
    click.echo(display_name(path.name))
    register = _register_of(path, settings.inbox, registers)
    if register is None:
        click.echo(f"  avvisas: {UNKNOWN}{_hint(path, settings.inbox, registers)}")
        return False
    dated = date_in(path.name)
    click.echo(f"  register {register.name}, daterad {dated or 'den dag den först ses (inget datum i namnet)'}")
    try:
        delivered, conformed = read_delivery(path, path.suffix.lower(), register)
    except Refused as refused:
        click.echo(f"  hela leveransen avvisas: {refused}")
        if isinstance(refused, ColumnsMissing):
            _tell_missing(refused, register)
        return False
    _tell_rows(delivered, conformed)
    _tell_replaced(conformed)
    _tell_faults(conformed, register, registers)
    return conformed.failures.is_empty()


def _register_of(path: Path, inbox: Path, registers: Mapping[str, Register]) -> Register | None:
    """By its name, and where it lies in the inbox by its place there too."""
    folder = path.absolute().parent
    places = [folder.name] if folder.parent == inbox else [CITY, "organisation"]
    names = (match_register(path.name, place, registers) for place in places)
    return next((registers[name] for name in names if name), None)


def _hint(path: Path, inbox: Path, registers: Mapping[str, Register]) -> str:
    """Which register the file's name is nearest to, or in whose folder the one that it names lies."""
    for name in (match_register(path.name, place, registers) for place in (CITY, "organisation")):
        if name and path.absolute().parent.parent == inbox:
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
    if delivered.unknown:
        click.echo(f"  kolumner som inte används: {mask_text(', '.join(delivered.unknown))}")
    if delivered.missing:
        click.echo(f"  kolumner som saknas och läses som tomma: {', '.join(delivered.missing)}")


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
        click.echo(f"  rad {_places([str(row) for row in first], count)}: {explanation}")
    if kinds.height > MAX_LINES:
        click.echo(f"  … och {kinds.height - MAX_LINES} slags fel till")


def _places(first: list[str], count: int) -> str:
    return join_list(first) if count == len(first) else f"{', '.join(first)} och {count - len(first)} till"
