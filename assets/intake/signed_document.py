"""A signed review → the decisions that the management has filled in, as a delivery of the register `beslut`.

docs/spec/interfaces.md, A signed document. The document is read in a child process with limits, and nothing of it
but the form is kept.
"""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assets.intake.refusal import Refused
from assets.limits import LimitExceeded, run_limited
from assets.registers.decision_form import BOOKMARK, COLUMNS, PROMPTS, PROVENANCE, REVIEW_DATE
from assets.registers.refusal_reasons import NO_DECISIONS, NO_FORM, NO_REVIEW_DATE, UNREADABLE
from assets.settings import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MADE = ("Besluts-id", "Genomgång", "Klar", "Status")
"""The columns of the register that the form doesn't have."""
_DECIDED = "Beslutad"
_WHITE_SPACE = frozenset({"tab", "br", "cr", "p"})


@dataclass(frozen=True)
class Decisions:
    """The form's rows in which something is written. `columns`: the register's; `cells`: each column's texts, None
    where there is none; `rows`: where each row stands in the form, whose headings are row 1."""

    columns: tuple[str, ...]
    cells: tuple[tuple[str | None, ...], ...]
    rows: tuple[int, ...]


def read_decisions(path: Path, limits: Limits) -> Decisions:
    """The decisions of one review. Raises Refused where the document can't be read, isn't ours, or has none."""
    try:
        found = run_limited(_review_and_rows, path, limits.unpacked, memory=limits.memory, seconds=limits.seconds)
    except LimitExceeded:
        raise Refused(UNREADABLE) from None
    if isinstance(found, str):
        raise Refused(found)
    review, rows = found
    written = {place: texts for place, texts in enumerate(rows, 1) if any(texts)}
    if not written:
        raise Refused(NO_DECISIONS)
    made = [(f"{review}-{place}", review, None, _DECIDED) for place in written]
    cells = tuple(zip(*((*own, *texts) for own, texts in zip(made, written.values(), strict=True)), strict=True))
    return Decisions((*_MADE, *COLUMNS), cells, tuple(place + 1 for place in written))


def _review_and_rows(path: Path, unpacked: int) -> tuple[str, list[list[str | None]]] | str:
    """The child's part: the review's date and the texts of the form's rows, or why the document is refused."""
    try:
        with zipfile.ZipFile(path) as package:
            if sum(entry.file_size for entry in package.infolist()) > unpacked:
                return UNREADABLE
            names = [name for name in package.namelist() if name.startswith("customXml/") and name.endswith(".xml")]
            lists = [part for part in map(package.read, names) if PROVENANCE.encode() in part]
            document = _parsed(package.read("word/document.xml"))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a file that somebody sent may be broken in any way
        return UNREADABLE
    form = next((table for table in document.iter(f"{_W}tbl") if _is_form(table)), None)
    if form is None:
        return NO_FORM
    review = _review_date(lists)
    if review is None:
        return NO_REVIEW_DATE
    return review, [_texts(row) for row in _rows(form)[1:]]


def _parsed(part: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    from lxml import etree  # type: ignore[import-untyped]

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _review_date(lists: list[bytes]) -> str | None:
    """The date that the document's numbers stand on, where it has one provenance and that says."""
    if len(lists) != 1:
        return None
    try:
        numbers = json.loads(_parsed(lists[0]).text)["siffror"].values()
        dates = {number["text"] for number in numbers if number["kalla"] == REVIEW_DATE}
        return date.fromisoformat(dates.pop()).isoformat() if len(dates) == 1 else None
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError):
        return None


def _is_form(table: Any) -> bool:  # noqa: ANN401
    return any(mark.get(f"{_W}name") == BOOKMARK for mark in table.iter(f"{_W}bookmarkStart"))


def _rows(table: Any) -> list[Any]:  # noqa: ANN401
    return [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is table]


def _texts(row: Any) -> list[str | None]:  # noqa: ANN401
    """What is written in the row's cells, one for each of the form's columns."""
    cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
    texts = [" ".join("".join(_visible(cell)).split()) for cell in cells[: len(COLUMNS)]]
    texts += [""] * (len(COLUMNS) - len(texts))
    return [text if text and text != prompt else None for text, prompt in zip(texts, PROMPTS, strict=True)]


def _visible(element: Any) -> Iterator[str]:  # noqa: ANN401
    """The text as the reader sees it: without what was struck in revision, and without prompts."""
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if name in ("del", "moveFrom", "sdtPr", "rPr", "pPr", "tcPr", "instrText"):
            continue
        if name == "sdt" and child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            continue
        if name == "t":
            yield child.text or ""
        else:
            yield from _visible(child)
        if name in _WHITE_SPACE:
            yield " "
