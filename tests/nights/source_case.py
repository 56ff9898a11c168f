"""Whether a night on a case of sources gives what the case expects: its rows, its counts, its lists, its states.

A case is a folder as those of `samples-sources` (its README says what stands in it): config, inbox, and expected with
a CSV of rows and a JSON of counts for each source, or register that no source reads.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import polars as pl

from assets.registers.column import Column
from assets.registers.contract import Register
from tests.nights.conftest import read_csv

UTC = ZoneInfo("UTC")
HIDDEN, FILLED = "[visas inte]", " (ifyllt)"
COUNTS = ("read", "loaded", "duplicates", "other_rows", "other_organisations")
_LISTED = {"read": "Rader lästa", "loaded": "Rader inlästa", "duplicates": "Dubbletter"}

Row = dict[str, str]


@dataclass(frozen=True)
class Night:
    """A case's folder, what its night left in the data folder, and the contracts that it was run with."""

    case: Path
    data: Path
    registers: dict[str, Register]

    @property
    def current(self) -> Path:
        return self.data / "published" / "current"

    @property
    def organisations(self) -> list[Path]:
        return [path for path in sorted(self.current.iterdir()) if path.is_dir()]

    def rows_of(self, file: str) -> list[Row]:
        """The rows of a list, of all organisations."""
        return [row for folder in self.organisations for row in _read(folder / file)]

    @cached_property
    def receipts(self) -> list[dict[str, Any]]:
        """Every receipt of the archive, with its organisation."""
        found = []
        for path in sorted((self.data / "archive" / "receipts").glob("*.jsonl")):
            lines = path.read_text(encoding="utf-8").splitlines()[1:]
            found += [json.loads(line) | {"organisation": path.stem} for line in lines]
        return found

    def query(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        """The rows of a query of the kept warehouse."""
        with duckdb.connect(self.data / "warehouse" / "lagesbild.duckdb", read_only=True) as con:
            return pl.DataFrame(con.sql(query, params=list(parameters))).to_dicts()


@dataclass(frozen=True)
class Part:
    """What is expected of one source, or of a register that no source reads."""

    night: Night
    name: str

    @cached_property
    def expected(self) -> dict[str, Any]:
        path = self.night.case / "expected" / f"{self.name}.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    @cached_property
    def definition(self) -> dict[str, Any] | None:
        path = self.night.case / "config" / "sources" / f"{self.name}.toml"
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    @property
    def register(self) -> Register:
        return self.night.registers[self.definition["register"] if self.definition else self.name]

    @cached_property
    def deliveries(self) -> list[dict[str, Any]]:
        """Those in force of this source."""
        source = self.name if self.definition else None
        return self.night.query(
            "FROM intake.deliveries WHERE register = ? AND source IS NOT DISTINCT FROM ? AND status = 'i kraft'",
            self.register.name, source,
        )  # fmt: skip

    def own(self, rows: Iterable[Row]) -> list[Row]:
        """The rows of a list that are about deliveries in force of this source; of several sheets the file's name is
        followed by the sheet's."""
        places = {(delivery["organisation"], delivery["name"]) for delivery in self.deliveries}
        register = self.register.name
        return [row for row in rows if row["Register"] == register and _is_of(row, places)]


def _is_of(row: Row, places: set[tuple[str, str]]) -> bool:
    return any(
        row["Organisation"] == organisation and (row["Källfil"] == name or row["Källfil"].startswith(f"{name}/"))
        for organisation, name in places
    )


def parts(night: Night) -> list[Part]:
    """Every expectation of the case."""
    names = [path.stem for path in sorted((night.case / "expected").glob("*.json")) if path.stem != "secrets"]
    return [Part(night, name) for name in names]


def differences(part: Part) -> list[str]:
    """A line for each thing that isn't as expected."""
    unknown = part.expected.keys() - {*_CHECKS, "loaded", "duplicates", "other_rows", "other_organisations",
                                      "not_measurable_64", "secrets"}  # fmt: skip
    assert not unknown, f"a case expects something that nobody compares: {unknown}"
    found = [f"{key}: {line}" for key in part.expected if key in _CHECKS for line in _CHECKS[key](part)]
    rows = part.night.case / "expected" / f"{part.name}.csv"
    return found + ([f"rows: {line}" for line in _row_differences(part, _read(rows))] if rows.exists() else [])


# rows


def _row_differences(part: Part, expected: list[Row]) -> Iterator[str]:
    headings = list(expected[0]) if expected else []
    made = list(_rows(part))
    wanted = Counter(tuple(_comparable(row.get(name, "")) for name in headings) for row in expected)
    found = Counter(tuple(_comparable(row.get(name, "")) for name in headings) for row in made)
    yield from (f"- {dict(zip(headings, row, strict=True))}" for row in (wanted - found).elements())
    yield from (f"+ {dict(zip(headings, row, strict=True))}" for row in (found - wanted).elements())
    yield from (f"{name} should be empty" for row in made for name in row.keys() - set(headings) if row[name])


def _rows(part: Part) -> Iterator[Row]:
    """The rows in force of the source, cells as the samples write them."""
    register = part.register
    owner = "'staden' AS organisation, " if register.level == "city" else ""
    places = {(delivery["organisation"], delivery["name"]) for delivery in part.deliveries}
    for row in part.night.query(f"SELECT {owner}* FROM registers.{register.name}"):
        if _is_of({"Organisation": row["organisation"], "Källfil": row["delivery"]}, places):
            cells: Row = {}
            for column in register.columns:
                cells |= _cells(column, row)
            yield cells | {"Organisation": row["organisation"], "Källrad": str(row["row"])}


def _cells(column: Column, row: dict[str, Any]) -> Row:
    """Of what may not be shown only whether it is filled, and whether it protects."""
    if column.pii and not column.protects:
        return {column.name + FILLED: _text(row[f"{column.slug}_filled"])} if column.filled else {}
    value = row[column.slug]
    if column.type == "datetime" and value is not None:
        is_moment = value == row[f"{column.slug}_last"]
        value = value.replace(tzinfo=UTC) if is_moment else row[f"{column.slug}_day"]
    return {column.name: _text(value)}


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, datetime):
        return value.isoformat()
    text = "" if value is None else str(value)
    return HIDDEN if text.startswith("hash:") else text


def _comparable(text: str) -> str:
    """Instants are compared as such, whatever their offset."""
    if "T" in text:
        try:
            return datetime.fromisoformat(text).astimezone(UTC).isoformat()
        except ValueError:
            pass
    return text


# counts and lists


def _counts(part: Part) -> Iterator[str]:
    lines = [row for row in part.own(part.night.rows_of("leveranser.csv")) if row["Status"] == "i kraft"]
    made = {name: sum(int(row[heading] or 0) for row in lines) for name, heading in _LISTED.items()}
    ours = {(delivery["organisation"], delivery["name"], delivery["sha256"]) for delivery in part.deliveries}
    of_source = [
        receipt for receipt in part.night.receipts
        if (receipt["organisation"], receipt["name"], receipt["sha256"]) in ours
        and receipt["register"] == part.register.name
    ]  # fmt: skip
    for name in ("other_rows", "other_organisations"):
        # what a file says of nobody is told of each of its organisations
        by_file = {receipt["sha256"]: receipt.get(name) or 0 for receipt in of_source}
        made[name] = sum(by_file.values())
    for name in COUNTS:
        if made[name] != part.expected[name]:
            yield f"{name} {made[name]}, not {part.expected[name]}"


def _quarantined(part: Part, key: str, effect: str) -> Iterator[str]:
    made = [row for row in part.own(part.night.rows_of("karantan.csv")) if row["Följd"] == effect]
    wanted = Counter((str(cell["row"]), cell["column"], cell["rule"]) for cell in part.expected[key])
    yield from _unlike(wanted, Counter((row["Källrad"], row["Kolumn"], row["Regel"]) for row in made))
    for cell in part.expected[key]:
        if "shown" in cell and cell["shown"] not in {
            row["Värde"] for row in made if (row["Källrad"], row["Kolumn"]) == (str(cell["row"]), cell["column"])
        }:
            yield f"{cell['row']} {cell['column']} doesn't show {cell['shown']}"


def _unlike(wanted: Counter[Any], made: Counter[Any]) -> Iterator[str]:
    yield from (f"- {line}" for line in (wanted - made).elements())
    yield from (f"+ {line}" for line in (made - wanted).elements())


def _unmatched(part: Part) -> Iterator[str]:
    made = part.own(part.night.rows_of("bristlistor/omatchade.csv"))
    wanted = Counter(
        (str(line["row"]), line["column"], line["value"], line["points_at"]) for line in part.expected["unmatched"]
    )
    yield from _unlike(
        wanted, Counter((row["Källrad"], row["Kolumn"], row["Värde"], row["Pekar på"]) for row in made)
    )


def _doubles(part: Part) -> Iterator[str]:
    made = part.own(part.night.rows_of("bristlistor/dubbla_kallor.csv"))
    wanted = Counter(
        (line["organisation"], line["file"], str(line["row"]), line["key"], line["holds_in"])
        for line in part.expected["dubbla_kallor"]
    )
    columns = ("Organisation", "Källfil", "Källrad", "Nyckel", "Gäller i")
    yield from _unlike(wanted, Counter(tuple(row[name] for name in columns) for row in made))


def _absent(part: Part) -> Iterator[str]:
    made = {column for delivery in part.deliveries for column in delivery["absent"]}
    yield from _unlike(Counter(part.expected["absent"]), Counter(made))


def _not_measurable(part: Part) -> Iterator[str]:
    """Which figures hang on what is absent; and those whose registers are all there say so, and no other."""
    wanted = set(part.expected.get("not_measurable_64") or part.expected["not_measurable"])
    found = part.night.query(
        """SELECT DISTINCT deciding.indicator FROM core.absent_columns AS absent
        JOIN catalogue.deciding_columns AS deciding USING (register, "column") WHERE register = ?""",
        part.register.name,
    )
    yield from _unlike(Counter(wanted), Counter({row["indicator"] for row in found}))
    reason = f"källan saknar {part.register.name}."
    for row in part.night.rows_of("indikatorer.csv"):
        says_so = row["Orsak"].startswith(reason)
        is_due = row["Indikator"] in wanted and not row["Orsak"].startswith(("underlag saknas", "före "))
        if row["Organisation"] != "staden" and says_so != is_due:
            yield f"{row['Organisation']} {row['Indikator']}: {row['Status']}, {row['Orsak']}"
        if says_so and row["Status"] != "ej mätbar":
            yield f"{row['Indikator']} is {row['Status']}"


def _states(part: Part) -> Iterator[str]:
    rows = {(row["Organisation"], row["Indikator"]): row for row in part.night.rows_of("indikatorer.csv")}
    names = {"state": "Status", "reason": "Orsak", "numerator": "Täljare", "denominator": "Nämnare", "value": "Värde"}
    for line in part.expected["states"]:
        row = rows[line.get("organisation", "farsta"), line["indicator"]]
        for key, heading in names.items():
            if key in line and str(line[key] if line[key] is not None else "") != row[heading]:
                yield f"{line['indicator']} {key}: {row[heading]}, not {line[key]}"


def _files(part: Part) -> Iterator[str]:
    yield from _unlike(Counter(part.expected["files"]), Counter(delivery["name"] for delivery in part.deliveries))


def _delivered(part: Part) -> Iterator[str]:
    days = {str(delivery["delivered"]) for delivery in part.deliveries}
    yield from _unlike(Counter([part.expected["delivered"]]), Counter(days))


def _refused(part: Part) -> Iterator[str]:
    refused = [row for row in part.night.rows_of("leveranser.csv") if row["Status"] == "avvisad"]
    reasons = {row["Källfil"]: row["Orsak"] for row in refused}
    reasons |= {f"{row['Organisation']}/{row['Källfil']}": row["Orsak"] for row in refused}
    for place, reason in part.expected["refused"].items():
        if place not in reasons or (reason is not None and not reasons[place].startswith(reason)):
            yield f"{place}: {reasons.get(place, 'not refused')}, not {reason}"


def _protected(part: Part) -> Iterator[str]:
    for path in part.night.current.rglob("*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        yield from (f"{id_} stands in {path.name}" for id_ in part.expected["protected"] if id_ in text)


_CHECKS: dict[str, Callable[[Part], Iterator[str]]] = {
    "read": _counts,
    "quarantined": lambda part: _quarantined(part, "quarantined", "raden"),
    "cells": lambda part: _quarantined(part, "cells", "cellen"),
    "unmatched": _unmatched,
    "dubbla_kallor": _doubles,
    "absent": _absent,
    "not_measurable": _not_measurable,
    "states": _states,
    "files": _files,
    "delivered": _delivered,
    "refused": _refused,
    "protected": _protected,
}


def _read(path: Path) -> list[Row]:
    return [{name: text or "" for name, text in row.items()} for row in read_csv(path)] if path.exists() else []
