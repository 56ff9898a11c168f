"""What the contracts have against a source file, whose own shape is right: with key and mend."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import polars as pl

from assets.intake.fetching.settled import fetch_faults
from assets.intake.inbox import ORGANISATION, RESERVED
from assets.intake.parsing import null_if_blank, parse
from assets.intake.sources.check_sql import check_sql
from assets.intake.sources.column_mapping import ColumnMapping
from assets.intake.sources.definition import Source
from assets.intake.sources.formats import gives_days
from assets.intake.sources.reshape import check_where
from assets.intake.sources.sandbox import SourceSqlError
from assets.nearest import nearest
from assets.registers.column import Column
from assets.registers.comparable import heading_key
from assets.registers.contract import CITY, Register


def faults_of(source: Source, register: Register, registers: Mapping[str, Register]) -> Iterator[str]:
    """What the contracts have against a source, in the order of its keys."""
    yield from _folder_faults(source, register)
    for name in source.absent:
        yield from _unknown("absent", name, register)
        yield from _absent_faults(register.by_name[name], source)
    yield from _sql_faults(source)
    ignored = {heading_key(heading): heading for heading in source.ignore}
    for name, mapping in source.columns.items():
        yield from _unknown("[columns]", name, register)
        yield from _mapping_faults(register.by_name[name], mapping)
        yield from _lookup_faults(register.by_name[name], mapping, register, registers)
        for heading in mapping.headings:
            if heading_key(heading) in ignored:
                yield f"ignore nämner {ignored[heading_key(heading)]}, som [columns] {name} hämtas ur"
    for name, words in source.values.items():
        yield from _unknown("[values]", name, register)
        yield from _word_faults(register.by_name[name], words)
    yield from fetch_faults(source, register)


def _unknown(key: str, name: str, register: Register) -> Iterator[str]:
    if name not in register.by_name:
        yield f"{key} nämner {name}, som {register.name} inte har{nearest(name, register.by_name)}"


def _folder_faults(source: Source, register: Register) -> Iterator[str]:
    for folder in source.folders:
        if not _can_be_folder(folder):
            yield f"in nämner {folder}, som inte kan vara en mapp i inkorgen (a–z, 0–9 och -)"
        elif source.organisation is None and (folder == CITY) != (register.level == "city"):
            whose = "stadens" if register.level == "city" else "organisationernas"
            yield f"in nämner {folder}, men {register.name} är {whose} register: ange [organisation]"
    if source.organisation is None:
        return
    for word, folder in source.organisation.values.items():
        if not _can_be_folder(folder):
            yield f"[organisation] values: {word} ger {folder}, som inte kan vara en mapp (a–z, 0–9 och -)"
        elif (folder == CITY) != (register.level == "city"):
            whose = "stadens" if register.level == "city" else "organisationernas"
            yield f"[organisation] values: {word} ger {folder}, men {register.name} är {whose} register"


def _can_be_folder(name: str) -> bool:
    return ORGANISATION.fullmatch(name) is not None and name not in RESERVED


def _sql_faults(source: Source) -> Iterator[str]:
    try:
        if source.read.where is not None:
            check_where(source.read.where)
    except SourceSqlError as fault:
        yield f"[read] where {fault}"
    try:
        if source.sql is not None:
            check_sql(source.sql)
    except SourceSqlError as fault:
        yield f"sources/{source.name}.sql: {fault}"


def _absent_faults(column: Column, source: Source) -> Iterator[str]:
    if column.name in source.columns:
        yield f"absent nämner {column.name}, som [columns] ger ett värde"
    if column.protects:
        yield f"absent nämner {column.name}: utan den är alla skyddade, så den kan inte utelämnas"
    if column.req:
        yield f"absent nämner {column.name}, som varje rad måste ha: ge den en constant i [columns]"
    if column.req_when and not _never_holds(column.req_when, source):
        yield f"absent nämner {column.name}, som krävs av vissa rader: ge den en constant i [columns]"


def _never_holds(condition: Mapping[str, str], source: Source) -> bool:
    """Whether a constant of the source keeps the condition from holding for any of its rows."""
    constants = {name: source.columns[name].constant for name in condition if name in source.columns}
    return any(constant not in (None, condition[name]) for name, constant in constants.items())


def _mapping_faults(column: Column, mapping: ColumnMapping) -> Iterator[str]:
    place = f"[columns] {column.name}"
    if mapping.format and column.type not in ("date", "datetime"):
        yield f"{place}: format är för datum, men kolumnen är {column.type}"
    for pattern in mapping.format:
        if not gives_days(pattern, mapping.zone):
            yield (
                f"{place}: format {pattern} ger ingen dag: ange dag, månad och år, som %d/%m/%Y, "
                "och klockslag med timme och minut, som %H:%M eller %I:%M %p"
            )
    if column.protects and mapping.source is None:
        yield f"{place}: vem som är skyddad ska stå i en kolumn, och tas därför med from"
    if column.req and mapping.constant is not None and _says_nothing(mapping.constant, column):
        yield f"{place}: constant säger inget, men varje rad måste ha ett värde"
    if mapping.constant and not _is_readable(mapping.constant, column):
        yield f"{place}: constant är {mapping.constant}, {_not_readable(mapping.constant, column)}"


def _lookup_faults(
    column: Column, mapping: ColumnMapping, register: Register, registers: Mapping[str, Register]
) -> Iterator[str]:
    if mapping.lookup is None:
        return
    place = f"[columns] {column.name}"
    target, _, name = mapping.lookup.partition(".")
    if not name:
        yield f"{place}: lookup ska vara ett register och en kolumn, som personal.E-post"
    elif target not in registers:
        yield f"{place}: lookup nämner {target}, som inte är något register{nearest(target, registers)}"
    elif name not in registers[target].by_name:
        yield f"{place}: lookup nämner {name}, som {target} inte har{nearest(name, registers[target].by_name)}"
    elif register.level == "city" and registers[target].level != "city":
        yield f"{place}: lookup nämner {target}, som är organisationernas register, men {register.name} är stadens"
    elif not registers[target].key:
        yield f"{place}: lookup nämner {target}, som inte har någon nyckel att ge"
    elif column.type not in ("code", "list"):
        yield f"{place}: lookup ger en nyckel, men kolumnen är {column.type}"
    elif name == "Namn" and registers[target].by_name[name].pii and column.name in register.key:
        yield f"{place}: en nyckel kan inte slås upp på Namn, som flera kan ha"


def key_ring(sources: Iterable[Source], registers: Mapping[str, Register]) -> list[str]:
    """Registers whose keys are looked up in each other, in a ring, so that none of them can be settled; empty where
    there is none."""
    hang: dict[str, set[str]] = {}
    for source in sources:
        for name, mapping in source.columns.items():
            if mapping.lookup and name in registers[source.register_name].key:
                hang.setdefault(source.register_name, set()).add(mapping.lookup.partition(".")[0])
    try:
        TopologicalSorter(hang).prepare()
    except CycleError as fault:
        return list(reversed(fault.args[1]))
    return []


def _word_faults(column: Column, words: Mapping[str, str]) -> Iterator[str]:
    place = f"[values] {column.name}"
    for word, value in words.items():
        if value and not _is_readable(value, column):
            yield f"{place}: {word or 'en tom cell'} ger {value}, {_not_readable(value, column)}"
        if column.protects and ("*" in word or (not word.strip() and not _is_yes(value, column))):
            yield f"{place}: raden {word or 'för en tom cell'} skulle kunna göra en skyddad person synlig"


def _read(value: str, column: Column) -> object:
    text = pl.DataFrame({column.slug: [value]}).select(null_if_blank(pl.col(column.slug), column.type))
    return parse(text, [column])[column.slug][0]


def _is_readable(value: str, column: Column) -> bool:
    """Whether the contract reads the text as a value, or as none: a text that says nothing is no fault."""
    return _says_nothing(value, column) or _read(value, column) is not None


def _says_nothing(value: str, column: Column) -> bool:
    return bool(pl.select(null_if_blank(pl.lit(value), column.type).is_null()).item())


def _not_readable(value: str, column: Column) -> str:
    if column.values:
        return f"som inte är något av {', '.join(column.values)}{nearest(value, column.values)}"
    return f"som inte går att läsa i en kolumn av typen {column.type}"


def _is_yes(value: str, column: Column) -> bool:
    return _read(value, column) is True
