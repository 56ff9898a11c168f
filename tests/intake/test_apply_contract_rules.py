"""Every rule of every contract: what an empty cell, an unreadable one, or one with a person's number costs."""

from pathlib import Path

import pytest

from assets.intake.contract_result import ContractResult
from assets.registers.column import Column
from assets.registers.contract import Register
from assets.registers.landed import landed_fields
from tests.intake.delivered import REGISTERS, as_csv, read
from tests.intake.fictitious import COORDINATED, PERSON

pytestmark = pytest.mark.slow

GOOD = {
    "text": "Text", "code": "K1", "date": "2023-10-31", "datetime": "2023-10-31 14:05", "int": "2", "bool": "Nej",
    "list": "S1, S2",
}  # fmt: skip
TYPED = ("date", "datetime", "int", "bool", "enum")
DUE = {("utbildning", "Genomförd"), ("registerforteckning", "Enhet")}
"""Required in a complete row, as `Status` is Genomförd and `Nivå` is Enhet in it."""

every_register = pytest.mark.parametrize("register", REGISTERS.values(), ids=list(REGISTERS))
either_number = pytest.mark.parametrize("digits", [PERSON, COORDINATED], ids=["personal", "coordination"])


def complete(register: Register) -> dict[str, str]:
    return {column.name: column.values[0] if column.values else GOOD[column.type] for column in register.columns}


def one(folder: Path, register: str, **cells: str) -> ContractResult:
    return read(folder, register, as_csv(REGISTERS[register], [complete(REGISTERS[register]) | cells]))


def one_per_column(folder: Path, register: Register, text: str) -> tuple[ContractResult, dict[int, Column]]:
    """A row for each column, complete but for that column, in which `text` stands; and which row is whose."""
    rows = [
        complete(register) | {register.key[0]: f"K{number}", column.name: text}
        for number, column in enumerate(register.columns)
    ]
    return read(folder, register.name, as_csv(register, rows)), dict(enumerate(register.columns, 2))


def is_due(register: Register, column: Column) -> bool:
    return (register.name, column.name) in DUE


@every_register
def test_a_complete_row_is_loaded_without_a_word(tmp_path: Path, register: Register) -> None:
    found = one(tmp_path, register.name)
    assert (found.read, found.valid.height, found.failures.height, found.duplicates) == (1, 1, 0, 0)
    assert found.valid.columns == ["row", *landed_fields(register)]


@pytest.mark.parametrize("empty", ["", " \u00a0", "-", "–", "NULL", "#N/A"])
@every_register
def test_an_empty_cell_costs_its_row_where_it_is_required_and_nothing_else(
    tmp_path: Path, register: Register, empty: str
) -> None:
    found, columns = one_per_column(tmp_path, register, empty)
    expected = [
        (row, column.name, None, "krävs" if column.req else "villkor", "raden")
        for row, column in columns.items()
        if (column.req or is_due(register, column)) and (column.type != "text" or not empty.strip())
    ]
    assert sorted(found.failures.rows()) == expected
    assert found.quarantined["row"].to_list() == [row for row, *_ in expected]
    assert found.valid.height == len(columns) - len(expected)


@every_register
def test_an_unreadable_cell_costs_its_row_where_it_is_required_or_key_and_else_itself(
    tmp_path: Path, register: Register
) -> None:
    found, columns = one_per_column(tmp_path, register, "ca 20")
    expected, lost = [], []
    for row, column in columns.items():
        if column.type in TYPED:
            costs_row = column.req or column.name in register.key or is_due(register, column)
            value = None if column.pii else "[visas inte]"
            expected.append((row, column.name, value, "oläsbar", "raden" if costs_row else "cellen"))
            lost += [row] * costs_row
    assert sorted(found.failures.rows()) == expected
    assert found.quarantined["row"].to_list() == lost
    assert found.dropped_cells == len(expected) - len(lost)
    for row, name, _, _, effect in expected:
        if effect == "cellen" and not register.by_name[name].pii:
            assert found.valid.filter(row=row)[register.by_name[name].slug].to_list() == [None], name


@either_number
@every_register
def test_a_personal_number_lands_nowhere_in_any_column(tmp_path: Path, register: Register, digits: str) -> None:
    for spelling in (digits, f"{digits[:8]}-{digits[8:]}"):
        found, columns = one_per_column(tmp_path, register, spelling)
        tables = (found.valid, found.failures, found.quarantined, found.protected, found.personal_numbers)
        assert spelling not in "".join(str(table.rows()) for table in tables)
        faults = {row: (column, value, rule, effect) for row, column, value, rule, effect in found.failures.rows()}
        for row, column in columns.items():
            loaded = found.valid.filter(row=row)
            if column.name in register.key:
                assert faults[row] == (column.name, "[personnummer]", "oläsbar", "raden"), column.name
                assert loaded.is_empty()
            elif column.type in TYPED:
                assert faults[row][2] == "oläsbar", column.name
            else:
                assert row not in faults
                masked = ["[personnummer]"] if column.type == "list" else "[personnummer]"
                assert column.pii or loaded[column.slug].to_list() == [masked], column.name


@pytest.mark.parametrize(
    ("number", "kept"), [("0", True), ("4", True), ("-1", False), ("5", False), ("4,0", True), ("1 000", False)]
)
@pytest.mark.parametrize("name", ["Konfidentialitet", "Riktighet", "Tillgänglighet"])
def test_bounds(tmp_path: Path, name: str, number: str, kept: bool) -> None:
    found = one(tmp_path, "klassningar", **{name: number})
    assert found.valid.height == 1
    assert found.failures.rows() == [(2, name, number, "utanför gränser", "cellen")] * (not kept)
    assert (found.valid[REGISTERS["klassningar"].by_name[name].slug][0] is not None) == kept


@pytest.mark.parametrize(
    ("register", "row", "faults"),
    [
        ("utbildning", {"Status": "Påbörjad", "Genomförd": ""}, []),
        ("utbildning", {"Status": "GENOMFÖRD ", "Genomförd": ""}, [("Genomförd", "villkor")]),
        ("utbildning", {"Status": "Påbörjad", "Genomförd": "i går"}, [("Genomförd", "oläsbar")]),
        ("utbildning", {"Status": "", "Genomförd": ""}, [("Status", "krävs")]),
        ("registerforteckning", {"Nivå": "Nämndgemensam", "Enhet": ""}, []),
        ("registerforteckning", {"Nivå": "enhet", "Enhet": "-"}, [("Enhet", "villkor")]),
    ],
)
def test_a_condition_holds_only_while_it_holds(
    tmp_path: Path, register: str, row: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    found = one(tmp_path, register, **row)
    assert found.failures.select("column", "rule").rows() == faults
    assert found.valid.height == (not faults)


def test_every_fault_of_a_row_in_quarantine_has_its_line(tmp_path: Path) -> None:
    found = one(tmp_path, "klassningar", Status="", Avser="Annat", Riktighet="9", Genomförd="snart")
    lines = {(column, rule) for _, column, _, rule, effect in found.failures.rows() if effect == "raden"}
    assert lines == {("Status", "krävs"), ("Avser", "oläsbar")}
    assert found.dropped_cells == 0, "counts cells dropped from loaded rows"
