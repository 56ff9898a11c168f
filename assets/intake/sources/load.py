"""The source files of a configuration, read and held against the contracts. Every fault names file, key and mend.

`<config>/sources/<name>.toml`, and beside it, where rows are reshaped, `<name>.sql`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assets.intake.sources.definition import Source
from assets.nearest import nearest
from assets.registers.contract import Register
from assets.toml_fault import NOT_UTF_8, toml_fault

FOLDER = "sources"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_OWN = ("name", "sql", "hashed")
"""What a source has and its file can't say."""


class SourceError(ValueError):
    """A source file that can't be used; the message says in Swedish which key of which file, and how to mend it."""


def load_sources(config: Path, registers: Mapping[str, Register]) -> dict[str, Source]:
    """Every source of a configuration by name, in alphabetical order. Raises SourceError."""
    folder = config / FOLDER
    names = {path.stem for path in folder.glob("*.toml")}
    for path in sorted(folder.glob("*.sql")):
        if path.stem not in names:
            raise SourceError(f"{FOLDER}/{path.name}: källfilen {path.stem}.toml saknas")
    found = {name: read_source_file(folder / f"{name}.toml", registers) for name in sorted(names)}
    if not found:
        return found
    from assets.intake.sources.contract_faults import key_ring  # takes a while: only where there is one

    if ring := key_ring(found.values(), registers):
        raise SourceError(f"{FOLDER}: nycklar slås upp i varandra, så att ingen kan bli klar: {' → '.join(ring)}")
    return found


def read_source_file(path: Path, registers: Mapping[str, Register]) -> Source:
    """The source in one file, with the SQL that lies beside it. Raises SourceError."""
    from assets.intake.sources.contract_faults import faults_of

    place = f"{FOLDER}/{path.name}"
    if not _NAME.fullmatch(path.stem):
        raise SourceError(f"{place}: filens namn ska bestå av a–z, 0–9 och _, och börja med en bokstav")
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise SourceError(f"{place}: går inte att läsa: {fault.strerror}") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SourceError(f"{place}: går inte att läsa som TOML: {toml_fault(fault)}") from fault
    for key in fields.keys() & set(_OWN):
        raise SourceError(f"{place}: {key} är ingen nyckel")
    source = _source(place, fields | {"name": path.stem, "sql": _sql(path.with_suffix(".sql"))})
    register = registers.get(source.register_name)
    if register is None:
        wanted = source.register_name
        raise SourceError(f"{place}: register nämner {wanted}, som inte finns{nearest(wanted, registers)}")
    for found in faults_of(source, register, registers):
        raise SourceError(found if found.startswith(f"{FOLDER}/") else f"{place}: {found}")
    return source.model_copy(update={"hashed": tuple(_hashed(source, registers))})


def lookups(source: Source) -> dict[str, str]:
    """Contract column → the `register.Column` in which it is looked up."""
    return {name: mapping.lookup for name, mapping in source.columns.items() if mapping.lookup}


def _source(place: str, fields: Mapping[str, Any]) -> Source:
    from assets.intake.sources.shape_faults import first_error

    try:
        return Source.model_validate(fields)
    except ValidationError as fault:
        raise SourceError(f"{place}: {first_error(fault)}") from None


def _sql(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else None
    except UnicodeDecodeError as fault:
        raise SourceError(f"{FOLDER}/{path.name}: {NOT_UTF_8}") from fault
    except OSError as fault:
        raise SourceError(f"{FOLDER}/{path.name}: går inte att läsa: {fault.strerror}") from fault


def _hashed(source: Source, registers: Mapping[str, Register]) -> Iterator[str]:
    for name, lookup in lookups(source).items():
        target, _, column = lookup.partition(".")
        if registers[target].by_name[column].pii:
            yield name
