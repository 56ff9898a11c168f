"""Whether a published run is what a sample expects, cell by cell; the order of rows doesn't matter."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

OPEN = {"Föregående värde", "Brist-id", "Öppen sedan", "Ålder dagar", "Förklaring"}
"""What only the product knows, and a sample leaves empty."""
SAYS_WHY = {"REG-02", "PM3-01"}
"""The indicators whose gap lists have a reason that the specification fixes."""

Cells = tuple[tuple[str, str], ...]


def differences(expected: Path, published: Path) -> list[str]:
    """A line for each file that lacks, for each with other headings, and for each row that only one side has."""
    found: list[str] = []
    for file in sorted(expected.rglob("*.csv")):
        place = file.relative_to(expected)
        if not (published / place).exists():
            found.append(f"{place}: not published")
            continue
        headings, rows = _read(file)
        made_headings, made_rows = _read(published / place)
        if made_headings[: len(headings)] != headings:  # columns are only ever added at the end
            found.append(f"{place}: headings {made_headings}")
        wanted = Counter(_cells(row, place.name, headings) for row in rows)
        made = Counter(_cells(row, place.name, headings) for row in made_rows)
        found += [f"{place}: - {dict(row)}" for row in (wanted - made).elements()]
        found += [f"{place}: + {dict(row)}" for row in (made - wanted).elements()]
    return found


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        return list(reader.fieldnames or ()), list(reader)


def _cells(row: dict[str, str], name: str, headings: list[str]) -> Cells:
    return tuple((heading, row.get(heading) or "") for heading in _compared(row, name, headings))


def _compared(row: dict[str, str], name: str, headings: list[str]) -> Iterator[str]:
    for heading in headings:
        is_open = (
            heading in OPEN
            or (heading == "Värde" and name == "karantan.csv")
            or (heading == "Orsak" and "Brist-id" in row and not _says_why(row, name))
            or (heading == "Senast bekräftad" and row[heading] == row.get("Levererad"))
        )
        if not is_open:
            yield heading


def _says_why(row: dict[str, str], name: str) -> bool:
    """Whether the specification fixes the reason: of two indicators, and of what a missing column leaves out."""
    return row["Indikator"] in SAYS_WHY or (name == "ej_matta.csv" and row["Orsak"].startswith("kolumnen "))
