"""The demo inbox: the same bytes each time, every register, and the mess that it promises and no other."""

import re
from pathlib import Path

import pytest

from assets.intake.inbox import files
from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from assets.personal_numbers import holds_number
from assets.registers.contract import CITY, Register
from assets.registers.read_contracts import load_registers
from pipelines.demo.delivery import Delivery
from pipelines.demo.faults import FAULTS
from pipelines.demo.generated_deliveries import generated_deliveries
from pipelines.demo.make import CONTRACTS, ORGANISATION, STRAY_FILES, make_inbox
from pipelines.demo.rows import HERE, read_plain
from pipelines.demo.seed_deliveries import seed_deliveries
from pipelines.demo.three_years_on import later_deliveries, moved

pytestmark = pytest.mark.slow

REFUSED = {"pub_avtal_2023-11-06.csv": "kolumnen Gäller till saknas"}
TEST_SERIES = re.compile(r"189\d{5}-9[89]\d\d")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    make_inbox(folder)
    return folder


@pytest.fixture(scope="module")
def registers() -> dict[str, Register]:
    return load_registers(CONTRACTS)


@pytest.fixture(scope="module")
def made() -> list[Delivery]:
    return [*generated_deliveries(), *seed_deliveries(), *later_deliveries(CONTRACTS)]


def test_the_same_bytes_twice(inbox: Path, tmp_path: Path) -> None:
    make_inbox(tmp_path)
    first, second = (_bytes_by_name(folder) for folder in (inbox, tmp_path))
    assert len(first) > 30
    assert first == second


def test_every_register_is_delivered_where_it_belongs(inbox: Path, registers: dict[str, Register]) -> None:
    listed = list(files(inbox, registers))
    assert {file.organisation for file in listed} == {ORGANISATION, CITY}
    assert {file.register for file in listed if file.register} == set(registers)
    assert [file.name for file in listed if file.register is None] == list(STRAY_FILES)
    assert all(file.dated for file in listed if file.register), "an undated file is dated the day it is seen"


def test_every_file_is_read_but_the_one_that_is_meant_to_be_refused(
    inbox: Path, registers: dict[str, Register]
) -> None:
    refused, in_quarantine, duplicates, dropped = {}, 0, 0, 0
    for file in files(inbox, registers):
        if file.register is None:
            continue
        try:
            _, conformed = read_delivery(file.path, file.path.suffix.lower(), registers[file.register])
        except Refused as reason:
            refused[file.name] = str(reason)
            continue
        assert conformed.valid.height > 0, file.name
        in_quarantine += conformed.quarantined.height
        duplicates += conformed.duplicates
        dropped += conformed.dropped_cells
    assert refused == REFUSED
    assert 5 <= in_quarantine <= 30
    assert 5 <= duplicates <= 30
    assert 5 <= dropped <= 30


def test_rows_use_the_contracts_headings(made: list[Delivery], registers: dict[str, Register]) -> None:
    for delivery in made:
        known = registers[delivery.register].by_name
        for row in delivery.rows:
            assert row.keys() <= known.keys(), (delivery.file, row.keys() - known.keys())


def test_every_fault_hits_a_cell(made: list[Delivery], registers: dict[str, Register]) -> None:
    """Else a redrawn register would leave a fault pointing at nothing, and the demo would show less."""
    for name, faults in FAULTS.items():
        key = registers[name].key[0]
        rows = [row for delivery in made if delivery.register == name for row in delivery.rows]
        for fault in faults:
            hit = [row for row in rows if row[key] == fault.key]
            assert hit, f"{name}: no row has the key {fault.key}"
            assert hit[0].get(fault.column, "") != fault.text


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2023-10-31", "2026-10-31"),
        ("2020-02-29", "2023-02-28"),
        ("2021-02-29", "2024-02-28"),
        ("FAR 2022/266", "FAR 2025/266"),
        ("18901201-9802", "18901201-9802"),
        ("Under 2024: alla", "Under 2027: alla"),
        ("3601", "3601"),
    ],
)
def test_every_year_moves_three_years(text: str, later: str) -> None:
    assert moved(text) == later


@pytest.mark.parametrize("path", sorted((HERE / "later").glob("*.csv")), ids=lambda path: path.stem)
def test_what_is_new_reaches_a_delivery(made: list[Delivery], path: Path) -> None:
    delivered = [
        row
        for delivery in made
        if delivery.register == path.stem and "2026-1" in delivery.file
        for row in delivery.rows
    ]
    for row in read_plain(path):
        assert any(row.items() <= other.items() for other in delivered), row


def test_seeds_are_registers(registers: dict[str, Register]) -> None:
    seeds = {path.stem for path in (HERE / "seeds").glob("*.csv")}
    assert seeds
    assert seeds < set(registers)


def test_personal_numbers_are_of_the_fictitious_series(made: list[Delivery]) -> None:
    numbers = [row["Personnummer"] for delivery in made for row in delivery.rows if "Personnummer" in row]
    assert len(set(numbers)) > 1300
    for number in set(numbers):
        assert TEST_SERIES.fullmatch(number), number
        assert holds_number(number), f"{number}: the check digit is wrong"


def test_a_number_hides_in_a_text_that_is_published(made: list[Delivery], registers: dict[str, Register]) -> None:
    """A text column that is not `pii` shows in gap lists: there it must be masked, and can be seen to be."""
    visible = [
        value
        for delivery in made
        for row in delivery.rows
        for name, value in row.items()
        if not registers[delivery.register].by_name[name].pii and holds_number(value)
    ]
    assert visible
    assert all(TEST_SERIES.search(value) for value in visible)


def _bytes_by_name(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
