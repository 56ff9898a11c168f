"""What `lagesbild check` says of one delivery: rows, duplicates, faults, and what is missing in its headings."""

from collections.abc import Collection, Mapping

import click
import polars as pl

from assets.intake.contract_result import ContractResult
from assets.intake.privacy import masked
from assets.intake.rows import ParsedRows
from assets.publication.explain import explained
from assets.publication.sv import join_list
from assets.registers.contract import Register
from assets.settings import Settings
from pipelines.commands.words import counted

MAX_LINES = 20
"""So many kinds of faults, and so many duplicates, are lines in full; karantan.csv lists every fault."""
MAX_PLACES = 5
"""So many places of one kind of fault are named."""


def tell_not_measurable(
    absent: Collection[str], register: Register, registers: Mapping[str, Register], settings: Settings
) -> None:
    """The indicators that have no figure because the source lacks columns."""
    from assets.warehouse.catalogue import deciding_columns
    from assets.warehouse.models import indicators
    from pipelines.own_indicators import installed_models  # reads every query: only where columns are lacking

    models = installed_models(settings)
    off = {model.indicator_id for model in indicators(models) if model.setting.get("off")}
    lacking: dict[str, list[str]] = {}
    for indicator, name, column, _ in deciding_columns(registers, models):
        if indicator not in off and name == register.name and column in absent:
            lacking.setdefault(indicator, []).append(column)
    for indicator, columns in sorted(lacking.items()):
        reason = ", ".join(f"{register.name}.{column}" for column in columns)
        click.echo(f"  {indicator} blir ej mätbar: källan saknar {reason}")


def tell_rows(delivered: ParsedRows, conformed: ContractResult, register: Register) -> None:
    click.echo(
        f"  {counted(conformed.read, 'rad läst', 'rader lästa')}: {conformed.valid.height} läses in, "
        f"{conformed.quarantined.height} till karantän, {counted(conformed.duplicates, 'dubblett', 'dubbletter')}"
    )
    unread = ("cell går inte att läsa och lämnas tom", "celler går inte att läsa och lämnas tomma")
    click.echo(f"  {counted(conformed.dropped_cells, *unread)}")
    if delivered.notes:
        notes = counted(delivered.notes, "antecknings- eller summarad", "antecknings- och summarader")
        click.echo(f"  {notes} hoppas över")
    if delivered.dropped_characters:
        dropped = counted(delivered.dropped_characters, "styrtecken eller liknande", "styrtecken eller liknande")
        click.echo(f"  {dropped} som inget dokument kan hålla tas bort ur texterna")
    if delivered.other_rows:
        click.echo(f"  {counted(delivered.other_rows, 'rad', 'rader')} är inte registrets och lämnas")
    if delivered.other_organisations:
        click.echo(f"  {counted(delivered.other_organisations, 'rad', 'rader')} är andra organisationers och lämnas")
    if delivered.absent:
        click.echo(f"  kolumner som källan inte har: {', '.join(delivered.absent)}")
    if delivered.unexpected:
        click.echo(f"  kolumner som källan sägs sakna men har, och som läses: {', '.join(delivered.unexpected)}")
    if delivered.unknown:
        click.echo(f"  kolumner som inte används: {masked(', '.join(delivered.unknown))}")
    protecting = [column.name for column in register.columns if column.protects and column.name in delivered.missing]
    if missing := [name for name in delivered.missing if name not in (*delivered.absent, *protecting)]:
        click.echo(f"  kolumner som saknas och läses som tomma: {', '.join(missing)}")
    if protecting:
        click.echo(f"  {protecting[0]} saknas: alla räknas som skyddade och visas inte")


def tell_replaced(conformed: ContractResult) -> None:
    """Where each row stands that a later one with the same key takes the place of."""
    for row, by in conformed.replaced.head(MAX_LINES).iter_rows():
        click.echo(f"  rad {row}: samma nyckel som rad {by}, som gäller")
    if conformed.duplicates > MAX_LINES:
        click.echo(f"  … och {counted(conformed.duplicates - MAX_LINES, 'dubblett', 'dubbletter')} till")


def tell_faults(conformed: ContractResult, register: Register, registers: Mapping[str, Register]) -> None:
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
