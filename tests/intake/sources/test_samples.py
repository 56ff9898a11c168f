"""The samples of exports that lie beside the project: the rows that each source gives, before lookups. The project
stands alone without them: the cases of the other modules hold what they hold, in small."""

import csv
import json
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.registers.column import Column
from assets.registers.contract import Register
from tests.intake.delivered import REGISTERS
from tests.intake.places import FAR, Place

SAMPLES = Path(__file__).parents[4] / "shared" / "samples-sources"
CASES = sorted(path.name for path in SAMPLES.glob("*") if path.is_dir())
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CASES, reason="the samples don't lie beside the project"),
]


def taken_in(case: str, folder: Path) -> Place:
    place = Place(folder)
    shutil.copytree(SAMPLES / case / "inbox", place.inbox, dirs_exist_ok=True)
    if (SAMPLES / case / "config").exists():
        shutil.copytree(SAMPLES / case / "config", place.config)
    place.night(10)
    return place


def resolved(place: Place) -> pl.DataFrame:
    organisations = [name for name in place.archive.organisations() if name != "staden"]
    return place.deliveries(FAR, *organisations).filter(pl.col("status") != "saknas")


def in_force(place: Place, name: str) -> pl.DataFrame:
    """The deliveries in force of a source, or of a register without one."""
    deliveries = resolved(place).filter(pl.col("status") == "i kraft")
    is_own = pl.col("source") == name if name in place.sources else (pl.col("register") == name)
    return deliveries.filter(is_own if name in place.sources else is_own & pl.col("source").is_null())


def side(place: Place, deliveries: pl.DataFrame, kind: str) -> list[dict[str, Any]]:
    paths = [place.archive.readings / folder / f"{kind}.parquet" for folder in deliveries["folder"]]
    return [row for path in paths if path.exists() for row in pl.read_parquet(path).to_dicts()]


@pytest.mark.parametrize("case", CASES)
def test_a_sample_gives_the_rows_that_it_must(case: str, tmp_path: Path) -> None:
    place = taken_in(case, tmp_path)
    for path in sorted((SAMPLES / case / "expected").glob("*.json")):
        if path.stem != "secrets":
            expected = json.loads(path.read_text(encoding="utf-8"))
            check_counts(place, path.stem, expected)
            if path.with_suffix(".csv").exists():
                check_rows(place, path, expected)
    check_secrets(place, SAMPLES / case / "expected")


def check_counts(place: Place, name: str, expected: dict[str, Any]) -> None:
    deliveries = in_force(place, name)
    if "read" in expected:
        assert {key: deliveries[key].sum() for key in ("read", "loaded", "duplicates")} == {
            key: expected[key] for key in ("read", "loaded", "duplicates")
        }
        for key in ("other_rows", "other_organisations"):
            assert deliveries[key].sum() == expected.get(key, 0)
        faults = side(place, deliveries, "faults")
        for key, effect in (("quarantined", "raden"), ("cells", "cellen")):
            found = Counter(
                (line["row"], line["column"], line["rule"]) for line in faults if line["effect"] == effect
            )
            assert found == Counter((line["row"], line["column"], line["rule"]) for line in expected[key])
            for line in expected[key]:
                if "shown" in line:
                    values = [f["value"] for f in faults if (f["row"], f["column"]) == (line["row"], line["column"])]
                    assert line["shown"] in values
    if "absent" in expected and not deliveries.is_empty() and name in place.sources:
        assert {column for columns in deliveries["absent"] for column in columns} == set(expected["absent"])
    if "delivered" in expected:
        assert {day.isoformat() for day in deliveries["delivered"]} == {expected["delivered"]}
    if "files" in expected:
        assert sorted(deliveries["name"]) == sorted(expected["files"])
    refused = resolved(place).filter(pl.col("status") == "avvisad")
    for file, reason in expected.get("refused", {}).items():
        (given,) = refused.filter(pl.col("name") == file.rpartition("/")[2])["reason"]
        assert reason in (None, given)


def places(lines: list[dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    return Counter((line["row"], line["column"], line["rule"]) for line in lines)


def check_rows(place: Place, path: Path, expected: dict[str, Any]) -> None:
    """What isn't looked up; rows that another source's hold in the end are there still."""
    deliveries = in_force(place, path.stem)
    if deliveries.is_empty():
        return
    register = REGISTERS[deliveries["register"][0]]
    looked_up = {line["column"] for lookups in deliveries["lookups"] for line in lookups}
    columns = [column for column in register.columns if column.name not in looked_up]
    lost = {(line["file"], line["row"]) for line in expected.get("dubbla_kallor", [])}
    with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        wanted = Counter(wanted_row(row, columns) for row in csv.DictReader(file, delimiter=";"))
    found = Counter(
        landed_row(row, delivery["organisation"], columns, register)
        for delivery in deliveries.to_dicts()
        for row in pl.read_parquet(place.archive.readings / delivery["folder"] / "rows.parquet").to_dicts()
        if (delivery["name"], row["row"]) not in lost
    )
    assert found == wanted


def wanted_row(row: dict[str, str], columns: list[Column]) -> tuple[object, ...]:
    cells: list[object] = []
    for column in columns:
        text = row.get(column.name, "")
        cells.append(
            datetime.fromisoformat(text).astimezone(UTC) if column.type == "datetime" and "T" in text else text
        )
        cells.append(row.get(f"{column.name} (ifyllt)", "Nej") if column.pii and column.filled else "")
    return (*cells, row["Organisation"], row["Källrad"])


def landed_row(
    row: dict[str, Any], organisation: str, columns: list[Column], register: Register
) -> tuple[object, ...]:
    cells: list[object] = []
    for column in columns:
        cells.append("" if column.pii and not column.protects else landed(row.get(column.slug), column, row))
        filled = row.get(f"{column.slug}_filled") if column.pii else None
        cells.append({True: "Ja", False: "Nej", None: ""}[filled])
    return (*cells, organisation if register.level != "city" else "staden", str(row["row"]))


def landed(value: object, column: Column, row: dict[str, Any]) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "Ja" if value else "Nej"
        case list():
            return "; ".join(value)
        case datetime():
            is_day = row[f"{column.slug}_last"] != value
            return row[f"{column.slug}_day"].isoformat() if is_day else value.replace(tzinfo=UTC)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def check_secrets(place: Place, expected: Path) -> None:
    """Nothing that may not leave the archived bytes stands in the readings or the receipts."""
    if not (expected / "secrets.json").exists():
        return
    secrets = json.loads((expected / "secrets.json").read_text(encoding="utf-8"))
    texts = [
        str(pl.read_parquet(path).to_dicts()).casefold() for path in place.archive.readings.glob("*/*/*/*.parquet")
    ]
    texts += [path.read_text(encoding="utf-8").casefold() for path in (place.archive.root / "receipts").iterdir()]
    assert [secret for secret in secrets for text in texts if secret.casefold() in text] == []
