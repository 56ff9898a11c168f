"""Why a cell or a row was refused, in a sentence that tells the coordinator how to mend it."""

from collections.abc import Mapping

import polars as pl

from assets.publication.sv import plain_number
from assets.registers.column import Column
from assets.registers.contract import Register

_READABLE = {
    "date": "ett datum, till exempel 2023-10-31",
    "datetime": "ett datum, gärna med klockslag, till exempel 2023-10-31 14:05",
    "int": "ett heltal",
    "number": "ett tal, till exempel 1234,5 (1.000 och 1,000 kan betyda två saker)",
    "bool": "Ja eller Nej",
}
_EFFECT = {
    "raden": "Raden lästes inte in.",
    "cellen": "Raden lästes in utan cellen.",
}
_RECORDS = {
    "fel antal celler": "Raden har fel antal celler: en text med skiljetecken ska stå i citattecken.",
    "citattecken": "Ett citattecken på raden stängs inte, eller följs av något annat än ett skiljetecken.",
}
"""Rules on a whole row of a text file."""


def explained(quarantine: pl.DataFrame, registers: Mapping[str, Register]) -> pl.DataFrame:
    """The quarantine list with `explanation` as its last column."""
    kinds = quarantine.select("register", "column", "rule", "effect").unique()
    sentences = [
        f"{_sentence(registers[register].by_name.get(column), rule, effect)} Rätta i källsystemet."
        for register, column, rule, effect in kinds.iter_rows()
    ]
    explained_kinds = kinds.with_columns(pl.Series("explanation", sentences, dtype=pl.String))
    return quarantine.join(
        explained_kinds,
        on=["register", "column", "rule", "effect"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )


def _sentence(column: Column | None, rule: str, effect: str) -> str:
    if column is None:
        return f"{_RECORDS[rule]} {_EFFECT[effect]}"
    return f"{_fault(column, rule)} {_effect(column, effect)}"


def _effect(column: Column, effect: str) -> str:
    return "Personen räknas som skyddad så länge." if column.protects else _EFFECT[effect]


def _fault(column: Column, rule: str) -> str:
    if rule == "krävs":
        return f"{column.name} måste ha ett värde."
    if rule == "villkor":
        when = " och ".join(f"{name} är {value}" for name, value in column.req_when.items())
        return f"{column.name} måste ha ett värde när {when}."
    if rule == "utanför gränser":
        return f"{column.name} {_bounds(column)}."
    if rule == "mönster":
        return f"{column.name} har inte den form som registret kräver{_form(column)}."
    if column.type in ("text", "code"):
        return f"{column.name} går inte att läsa: ett personnummer, ett fel i cellen eller en kod som blivit ett tal."
    return f"{column.name} ska vara {_READABLE.get(column.type) or 'något av ' + ', '.join(column.values)}."


def _form(column: Column) -> str:
    return f", till exempel {column.example}" if column.example else f" ({column.pattern})"


def _bounds(column: Column) -> str:
    least, most = ("" if bound is None else plain_number(bound) for bound in (column.min, column.max))
    if not least:
        return f"får vara högst {most}"
    if not most:
        return f"får vara lägst {least}"
    return f"ska ligga mellan {least} och {most}"
