"""The dated notes that people write for curves and document: `<inbox>/<organisation>/noter.csv`, with the columns
Datum, Indikator (an id; empty or `alla`: every one) and Notering (or Text).

Like `texter/` they are no delivery: nothing is counted in them. The file is read as a delivery's is, and a row that
can't be used is told by its number and the rule that it breaks, never by what stands in it; it costs no other row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from assets.disk import is_disk_fault
from assets.intake.inbox import NOTES, open_file
from assets.intake.inbox_names import display_name
from assets.intake.limited_reading import TOO_MUCH
from assets.intake.privacy import masked
from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from assets.limits import LimitExceeded, run_limited
from assets.registers.column import Column
from assets.registers.contract import Register
from assets.settings import DEFAULT_LIMITS, Limits

MAX_BYTES = 1_000_000
MAX_NOTES = 200
MAX_CHARACTERS = 300
"""A note is a line beside a curve; what is longer is a text for a chapter."""

_FORM = Register(
    name="noter",
    about="Dated notes.",
    called="noterna",
    mode="snapshot",
    key=(),
    # only one column is required, for otherwise a row that lacks one would be taken for a footer
    columns=(
        Column(name="Datum", type="date", req=True),
        Column(name="Indikator", type="code"),
        Column(name="Notering", type="text", head=True, also=("Text", "Not")),
    ),
)
_EVERY = ("", "ALLA", "ALLT", "SAMTLIGA")


@dataclass(frozen=True)
class Notes:
    """`notes`: each with `row`, `date` (ISO), `indicator` (None: all of them) and `text`, in the file's order.
    `remarks`: Swedish sentences on what could not be used."""

    notes: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_notes(folder: Path, copy: Path, limits: Limits = DEFAULT_LIMITS) -> Notes:
    """What lies in an organisation's folder; nothing where there is no such file. Of two whose names differ in case
    alone the first in the alphabet is read, and the other told. `copy`: where the file is read, in a process with
    limits as a delivery is."""
    try:
        paths = [path for path in sorted(folder.iterdir()) if path.name.casefold() == NOTES]
    except OSError:
        return Notes()
    if not paths:
        return Notes()
    found = _read_file(paths[0], folder, copy, limits)
    first = display_name(paths[0].name)
    others = [f"{display_name(path.name)} används inte: {first} läses. Lägg samman filerna." for path in paths[1:]]
    return Notes(found.notes, others + found.remarks)


def _read_file(path: Path, folder: Path, copy: Path, limits: Limits) -> Notes:
    name = display_name(path.name)
    try:
        with open_file(path, folder) as file, copy.open("wb") as own:
            own.write(file.read(MAX_BYTES + 1))
        if copy.stat().st_size > MAX_BYTES:
            return Notes(remarks=[f"{name} används inte: filen är större än en megabyte."])
        return run_limited(_read, copy.absolute(), name, memory=limits.memory, seconds=limits.seconds)
    except LimitExceeded as exceeded:
        return Notes(remarks=[f"{name} används inte: {TOO_MUCH[exceeded.limit]}."])
    except OSError as fault:
        if is_disk_fault(fault):
            raise
        return Notes(remarks=[f"{name} används inte: det är ingen vanlig fil som går att läsa."])
    except Refused as refused:
        return Notes(remarks=[f"{name} används inte: {refused}."])
    finally:
        copy.unlink(missing_ok=True)


def _read(path: Path, name: str) -> Notes:
    _, found = read_delivery(path, ".csv", _FORM)
    length = pl.col("notering").str.len_chars()
    judged = found.valid.sort("row").with_columns(
        fault=pl.when(length.fill_null(0) == 0).then(pl.lit("Notering krävs"))
        .when(length > MAX_CHARACTERS).then(pl.lit(f"Notering är längre än {MAX_CHARACTERS} tecken"))
    )  # fmt: skip
    usable = judged.filter(pl.col("fault").is_null())
    faults = {**_faults(found.failures), **dict(judged.drop_nulls("fault").select("row", "fault").rows())}
    remarks = [f"{name}, rad {row} används inte: {fault}." for row, fault in sorted(faults.items())]
    if usable.height > MAX_NOTES:
        first = usable["row"][MAX_NOTES]
        remarks.append(f"{name}, från rad {first} används inga rader: högst {MAX_NOTES} noter läses.")
    return Notes(list(_notes(usable.head(MAX_NOTES))), remarks)


def _faults(failures: pl.DataFrame) -> dict[int, str]:
    """Row → the first rule that it breaks, with its column where it is a column's."""
    rows = failures.group_by("row", maintain_order=True).first().select("row", "column", "rule").rows()
    return {row: f"{column} {_words(rule)}" if column else rule for row, column, rule in rows}


def _words(rule: str) -> str:
    return {"krävs": "krävs", "oläsbar": "går inte att läsa"}.get(rule, rule)


def _notes(rows: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for row, day, indicator, text in rows.select("row", "datum", "indikator", "notering").iter_rows():
        ident = (indicator or "").upper()
        yield {
            "row": row,
            "date": day.isoformat(),
            "indicator": None if ident in _EVERY else ident,
            "text": masked(" ".join(text.split())),
        }
