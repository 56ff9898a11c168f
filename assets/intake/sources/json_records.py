"""A JSON file → a grid: one record a row, objects flattened with dots."""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from assets.intake.refusal import Refused
from assets.intake.unholdable import drop_from_text
from assets.registers.refusal_reasons import EMPTY, UNREADABLE

LINES = frozenset({".jsonl", ".ndjson"})
"""Endings of files with one record a line."""
ENDINGS = frozenset({".json"}) | LINES


def read_records(content: bytes, records: str | None, *, lines: bool) -> tuple[pl.DataFrame, int]:
    """`row` (the record's number) and its fields as text columns named by their dotted paths, in the order in which
    they first come. `records`: the dotted path to the list of records; `lines`: one record a line. And how many
    characters were left out that no document can hold. Raises Refused."""
    try:
        text = _decoded(content)
        found = list(_of_lines(text) if lines or _is_lines(text) else _of_document(json.loads(text), records))
        flat, dropped = _without_unholdable([dict(_fields(record)) for _, record in found])
    except (ValueError, RecursionError):  # of which UnicodeDecodeError and JSONDecodeError are some
        raise Refused(UNREADABLE) from None
    if not found:
        raise Refused(EMPTY)
    names = list(dict.fromkeys(name for record in flat for name in record))
    columns = [pl.Series(name, [record.get(name, "") for record in flat], dtype=pl.String) for name in names]
    number = pl.Series("\x00row", [number for number, _ in found], dtype=pl.UInt32)  # a field may be called row
    return pl.DataFrame([number, *columns]), dropped


def _without_unholdable(records: list[dict[str, str]]) -> tuple[list[dict[str, str]], int]:
    """Names and values without what no document can hold: an escape may stand for it (`\\u0000`)."""
    dropped = 0

    def kept(text: str) -> str:
        nonlocal dropped
        bare, count = drop_from_text(text)
        dropped += count
        return bare

    return [{kept(name): kept(value) for name, value in record.items()} for record in records], dropped


def path_to_records(content: bytes) -> str | None:
    """The dotted path to the longest list of objects; None where the document is the list, or holds none. Raises
    Refused."""
    try:
        text = _decoded(content)
        document = [] if _is_lines(text) else json.loads(text)
        found = dict(_lists(document))
    except (ValueError, RecursionError):
        raise Refused(UNREADABLE) from None
    return max(found, key=lambda path: found[path], default=None)


def _decoded(content: bytes) -> str:
    return content.decode(json.detect_encoding(content)).removeprefix("\ufeff")


def _is_lines(text: str) -> bool:
    """Whether a document is one record a line after all: its first line is one, and there are more."""
    first, _, others = text.strip().partition("\n")
    try:
        return bool(others) and isinstance(json.loads(first), dict)
    except ValueError:
        return False


def _lists(document: Any, prefix: str = "") -> Iterator[tuple[str, int]]:  # noqa: ANN401 – any JSON
    for key, value in document.items() if isinstance(document, dict) else ():
        if "." in key:
            continue  # no path leads through it
        if isinstance(value, list) and value and all(isinstance(record, dict) for record in value):
            yield f"{prefix}{key}", len(value)
        yield from _lists(value, f"{prefix}{key}.")


def _of_lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _object(json.loads(line))


def _of_document(document: Any, records: str | None) -> Iterator[tuple[int, dict[str, Any]]]:  # noqa: ANN401 – any JSON
    for key in records.split(".") if records else ():
        if not isinstance(document, dict) or key not in document:
            raise Refused(f"listan {records} saknas i filen")
        document = document[key]
    if not isinstance(document, list):
        raise Refused("filen har ingen lista med poster: ange var den finns med records")
    for number, record in enumerate(document, 1):
        yield number, _object(record)


def _object(record: Any) -> dict[str, Any]:  # noqa: ANN401 – any JSON
    if not isinstance(record, dict):
        raise Refused(UNREADABLE)
    return record


def _fields(record: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _fields(value, f"{name}.")
        else:
            yield name, _text(value)


def _text(value: Any) -> str:  # noqa: ANN401 – any JSON
    """A list of plain values is joined; a list of objects stays as JSON text; nothing is the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if any(isinstance(part, dict | list) for part in value):
            return json.dumps(value, ensure_ascii=False)
        return "; ".join(_text(part) for part in value)
    return str(value)
