"""The source files of a configuration, read and held against the contracts. Every fault names file, key and mend.

`<config>/sources/<name>.toml`, and beside it, where rows are reshaped, `<name>.sql`.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rapidfuzz import process
from rapidfuzz.utils import default_process

from assets.intake.fetching.settled import fetch_faults
from assets.intake.sources.definition import ColumnMapping, Source
from assets.registers.contract import Column, Register

NEAR = 60
"""How alike, of 100, a name must be to be offered in place of an unknown one."""

_PLACE_NAMES = {"folders": "in", "register_name": "register", "source": "from"}


class SourceError(ValueError):
    """A source file that can't be used; the message says in Swedish which key of which file, and how to mend it."""


def load_sources(config: Path, registers: Mapping[str, Register]) -> dict[str, Source]:
    """Every source of a configuration by name, in alphabetical order. Raises SourceError."""
    folder = config / "sources"
    return {path.stem: read_source(path, registers) for path in sorted(folder.glob("*.toml"))}


def read_source(path: Path, registers: Mapping[str, Register]) -> Source:
    """The source in one file, with the SQL that lies beside it. Raises SourceError."""
    place = f"sources/{path.name}"
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SourceError(f"{place}: går inte att läsa som TOML: {fault}") from fault
    sql = path.with_suffix(".sql")
    text = sql.read_text(encoding="utf-8") if sql.exists() else None
    try:
        source = Source.model_validate(fields | {"name": path.stem, "sql": text})
    except ValidationError as fault:
        raise SourceError(f"{place}: {_first_error(fault)}") from None
    register = registers.get(source.register_name)
    if register is None:
        wanted = source.register_name
        raise SourceError(f"{place}: register nämner {wanted}, som inte finns{nearest(wanted, registers)}")
    for found in _faults(source, register, registers):
        raise SourceError(f"{place}: {found}")
    return source


def nearest(name: str, names: Iterable[str]) -> str:
    """` (menar du X?)` with the most alike of the names, or nothing where none is near."""
    found = process.extractOne(name, list(names), processor=default_process, score_cutoff=NEAR)
    return f" (menar du {found[0]}?)" if found else ""


def _first_error(fault: ValidationError) -> str:
    error = fault.errors()[0]
    keys = [str(_PLACE_NAMES.get(str(key), key)) for key in error["loc"]]
    place = ".".join(key for key in keys if not key.startswith("function-"))
    match error["type"]:
        case "extra_forbidden":
            return f"{place} är ingen nyckel{nearest(keys[-1], _keys_at(keys[:-1]))}"
        case "missing":
            return f"{place} saknas"
        case "value_error":
            return f"{place}: {error['ctx']['error']}" if place else str(error["ctx"]["error"])
        case _:
            return f"{place} går inte att använda: {error['msg']}"


def _keys_at(place: list[str]) -> list[str]:
    """The keys that a source file may have at a place, as far as the place is one of the model's own."""
    model: Any = Source
    for key in place:
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        if key not in fields:
            return list(_aliases(ColumnMapping))
        model = next((each for each in _models_in(fields[key].annotation)), None)
        if model is None:
            return []
    return [key for key in _aliases(model) if key not in ("name", "sql") or model is not Source]


def _aliases(model: Any) -> list[str]:  # noqa: ANN401 – a pydantic model class
    return [info.alias or name for name, info in model.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 – a type, or a union of some
    options = getattr(annotation, "__args__", (annotation,))
    return (option for option in options if hasattr(option, "model_fields"))


def _faults(source: Source, register: Register, registers: Mapping[str, Register]) -> Iterator[str]:
    """What the contracts have against a source, in the order of its keys."""
    for name in source.absent:
        yield from _unknown("absent", name, register)
        yield from _not_absent(register.by_name[name], source)
    for name, mapping in source.columns.items():
        yield from _unknown("[columns]", name, register)
        yield from _mapping_faults(name, mapping, register, registers)
    for name, words in source.values.items():
        yield from _unknown("[values]", name, register)
        yield from _word_faults(register.by_name[name], words)
    yield from fetch_faults(source, register)
    if source.organisation:
        for word, folder in source.organisation.values.items():
            if not folder.replace("-", "").isalnum() or folder != folder.lower() or not folder.isascii():
                yield f"[organisation] values: {word} ger {folder}, som inte kan vara en mapp (a–z, 0–9 och -)"


def _unknown(key: str, name: str, register: Register) -> Iterator[str]:
    if name not in register.by_name:
        yield f"{key} nämner {name}, som {register.name} inte har{nearest(name, register.by_name)}"


def _not_absent(column: Column, source: Source) -> Iterator[str]:
    if column.req:
        yield f"absent nämner {column.name}, som varje rad måste ha: ge den en constant i [columns]"
    if column.req_when and not _never_holds(column.req_when, source):
        yield f"absent nämner {column.name}, som krävs av vissa rader: ge den en constant i [columns]"
    if column.protects:
        yield f"absent nämner {column.name}: utan den är alla skyddade, så den kan inte bara utelämnas"


def _never_holds(condition: Mapping[str, str], source: Source) -> bool:
    """Whether a constant of the source keeps the condition from holding for any of its rows."""
    constants = {name: source.columns[name].constant for name in condition if name in source.columns}
    return any(constant not in (None, condition[name]) for name, constant in constants.items())


def _mapping_faults(
    name: str, mapping: ColumnMapping, register: Register, registers: Mapping[str, Register]
) -> Iterator[str]:
    column, place = register.by_name[name], f"[columns] {name}"
    if mapping.format and column.type not in ("date", "datetime"):
        yield f"{place}: format är för datum, men kolumnen är {column.type}"
    if column.protects and mapping.constant is not None:
        yield f"{place}: vem som är skyddad får inte bestämmas av en constant"
    if not mapping.lookup:
        return
    target, _, looked_up = mapping.lookup.partition(".")
    if target not in registers:
        yield f"{place}: lookup nämner {target}, som inte är något register{nearest(target, registers)}"
    elif looked_up not in registers[target].by_name:
        yield (
            f"{place}: lookup nämner {looked_up}, som {target} inte har"
            f"{nearest(looked_up, registers[target].by_name)}"
        )
    elif looked_up == "Namn" and registers[target].by_name[looked_up].pii and name in register.key:
        yield f"{place}: en nyckel kan inte slås upp på Namn, som flera kan ha"


def _word_faults(column: Column, words: Mapping[str, str]) -> Iterator[str]:
    place = f"[values] {column.name}"
    for word, value in words.items():
        if column.values and value and value not in column.values:
            yield f"{place}: {word} ger {value}, som inte är något av {', '.join(column.values)}" + nearest(
                value, column.values
            )
        if column.protects and (word == "*" or (word == "" and value.casefold() != "ja")):
            yield f"{place}: raden {word or 'för en tom cell'} skulle kunna göra en skyddad person synlig"
