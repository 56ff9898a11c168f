"""What landing leaves behind, looked through file by file: no personal data anywhere but in the raw bytes."""

import io
import logging
import re
from collections.abc import Iterator

import polars as pl
import pytest

from assets.registers.column import Column
from assets.registers.contract import CITY, Register
from tests.intake.books import Cell, ods, sheet_xlsx
from tests.intake.delivered import REGISTERS, as_csv
from tests.intake.fictitious import COORDINATED, PERSON, SPELLINGS, spelled
from tests.intake.places import Place

pytestmark = pytest.mark.long

NAMES = ["Alva Kvist", "alva.kvist@exempel.se", "Qvarnström"]
NUMBERS = [spelled(digits, spelling) for digits in (PERSON, COORDINATED) for spelling in SPELLINGS]
GOOD = {
    "text": "Text", "code": "K1", "date": "2023-10-31", "datetime": "2023-10-31 14:05", "int": "2", "bool": "Nej",
    "list": "S1, S2",
}  # fmt: skip


def rows(register: Register) -> list[dict[str, str]]:
    """Complete rows, in each of them one cell that holds what should stand nowhere."""
    complete = {column.name: column.values[0] if column.values else GOOD[column.type] for column in register.columns}
    secret = {column.name: NAMES[number % 3] for number, column in enumerate(register.columns) if column.pii}
    made = [complete | secret]
    for number, number_text in enumerate(NUMBERS):
        column = register.columns[number % len(register.columns)]
        made.append(complete | secret | {register.key[0]: f"K{number}"} | {column.name: _around(column, number_text)})
    return made


def _around(column: Column, number_text: str) -> str:
    return {
        "text": f"Gäller {number_text} och {NAMES[2]}" if column.pii else f"Gäller {number_text}",
        "list": f"S1;{number_text}",
    }.get(column.type, number_text)


def home(register: Register) -> str:
    return CITY if register.level == "city" else "farsta"


@pytest.fixture(scope="module")
def log() -> Iterator[io.StringIO]:
    """All that is logged, down to the last detail."""
    root, output = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(output), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield output
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, log: io.StringIO) -> Place:
    """Every register as text, workbook and spreadsheet, under names with a number in them, and some refused."""
    place = Place(tmp_path_factory.mktemp("place"))
    for register in REGISTERS.values():
        made = rows(register)
        grid: list[list[Cell]] = [list(register.by_name), *([row[name] for name in register.by_name] for row in made)]
        strange = [[f"Akt {PERSON}", *row] for row in grid]
        contents = {
            f"_{PERSON}_2026-10-01.csv": as_csv(register, made).encode(),
            "_2026-10-02.xlsx": sheet_xlsx(strange),
            "_2026-10-03.ods": ods(("Data", grid)),
            "_2026-10-04.csv": as_csv(register, made).encode("cp1252", errors="ignore"),
            "_2026-10-05.csv": as_csv(register, made).replace("\r\n", f';"{PERSON} {NAMES[0]}\r\n', 1).encode(),
            "_2026-10-06.xlsx": PERSON.encode(),
        }
        for name, content in contents.items():
            place.deliver(register.name + name, content, folder=home(register))
    place.deliver(f"{PERSON}.pdf", PERSON)
    assert place.night() == 6 * len(REGISTERS)
    assert log.getvalue()
    return place


def readable_text(path: str, content: bytes) -> str:
    if path.endswith(".parquet"):
        frame = pl.read_parquet(content)
        return f"{path} {frame.columns} {frame.rows()}"
    return f"{path} {content.decode()}"


def test_no_personal_data_in_any_file_but_the_raw_ones(place: Place, log: io.StringIO) -> None:
    files = place.files("raw")
    assert len(files) > 4 * len(REGISTERS)
    for path, content in [*files.items(), ("log", log.getvalue().encode())]:
        text = readable_text(path, content)
        assert not [secret for secret in (*NAMES, *NUMBERS) if secret in text], path
        assert not [secret for secret in (*NAMES, *NUMBERS) if secret.encode() in content], path


def test_no_last_four_of_anybody_beside_a_mask(place: Place) -> None:
    """Also no half of a number: the tables are looked through for its birth day and its end by themselves."""
    parts = re.compile(f"{PERSON[2:8]}|{COORDINATED[2:8]}")
    for path, content in place.tables().items():
        cells = [str(value) for row in pl.read_parquet(content).rows() for value in row]
        assert not [cell for cell in cells if parts.search(cell)], path


def test_the_scan_would_find_them(place: Place) -> None:
    raw = {path: content for path, content in place.files().items() if path.startswith("raw/")}
    assert any(PERSON.encode() in content for content in raw.values())
    rows_read = sum(pl.read_parquet(content).height for path, content in place.tables().items())
    assert rows_read > len(NUMBERS) * len(REGISTERS)


def test_no_column_of_personal_data_is_in_any_table_that_lands(place: Place) -> None:
    for register in REGISTERS.values():
        slugs = {column.slug for column in register.columns if column.pii and not column.protects}
        for path, content in place.tables().items():
            if path.startswith(f"read/{register.name}/"):
                assert not slugs & set(pl.read_parquet_schema(content)), path


def test_what_was_refused_left_a_reason_and_nothing_else(place: Place) -> None:
    refused = place.deliveries().filter(status="avvisad")
    assert refused.height == 2 * len(REGISTERS)
    assert refused["folder"].null_count() == refused.height
    assert not [reason for reason in refused["reason"] if any(secret in reason for secret in (*NAMES, *NUMBERS))]
