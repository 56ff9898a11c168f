"""The texts of a source that are looked up in personal data, as keyed hashes."""

import re
from dataclasses import replace

from assets.intake.lookup_key import LookupKey
from assets.intake.parsing import SPOILED
from assets.intake.sources.definition import Source
from assets.intake.sources.map_columns import MappedRows
from assets.registers.contract import Register

_BETWEEN_PARTS = re.compile(r"[,;|\r\n]")


def with_hashes(mapped: MappedRows, source: Source, register: Register, lookup_key: LookupKey) -> MappedRows:
    """The rows with the texts hashed that are looked up in what is personal data: they can be compared, and tell
    nobody."""
    hashed = {}
    for name in source.hashed:
        if name in mapped.cells.columns:
            is_list = register.by_name[name].type == "list"
            texts = mapped.cells[name].drop_nulls().unique()
            digests = {text: _digest(text, lookup_key, is_list=is_list) for text in texts}
            hashed[name] = mapped.cells[name].replace(digests) if digests else mapped.cells[name]
    if not hashed:
        return mapped
    columns = [series.alias(name) for name, series in hashed.items()]
    return replace(mapped, cells=mapped.cells.with_columns(columns), own=mapped.own.with_columns(columns))


def _digest(text: str, lookup_key: LookupKey, *, is_list: bool) -> str:
    if text.startswith(SPOILED):
        return SPOILED
    parts = [part.strip() for part in _BETWEEN_PARTS.split(text)] if is_list else [text]
    return ", ".join(lookup_key.digest(part) for part in parts if part)
