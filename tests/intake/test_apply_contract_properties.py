"""Arbitrary tables of every register: no row disappears, the last of equal keys wins, and the format of the file says
nothing about what is in it."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assets.intake.contract_result import ContractResult
from assets.intake.refusal import Refused
from assets.registers.column import Column
from assets.registers.contract import Register
from tests.intake.books import ods, sheet_xlsx
from tests.intake.delivered import REGISTERS, as_csv, read
from tests.intake.fictitious import PERSON

pytestmark = pytest.mark.slow

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
CELL_TEXTS = st.sampled_from(
    ["", "-", "Ja", "nej", "2023-10-31", "31/10/2023 14.05", "45230", "3,0", "9", "A1", "a, b|c", PERSON, '5"', "x"]
)  # fmt: skip
Table = tuple[Register, list[dict[str, str]]]


def cell(column: Column) -> st.SearchStrategy[str]:
    good = st.sampled_from(column.values) if column.values else CELL_TEXTS
    return st.one_of(good, CELL_TEXTS, TEXT)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    register = REGISTERS[draw(st.sampled_from(sorted(REGISTERS)))]
    row = st.fixed_dictionaries({column.name: cell(column) for column in register.columns})
    return register, draw(st.lists(row, max_size=5))


def grid(table: Table) -> list[list[str]]:
    register, rows = table
    return [list(register.by_name), *([row[name] for name in register.by_name] for row in rows)]


def found(table: Table, content: str | bytes, ending: str) -> ContractResult | str:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return read(Path(folder), table[0].name, content, ending)
        except Refused as refused:
            return str(refused)


def keeps_the_sum(made: ContractResult) -> bool:
    parts = (made.valid["row"].to_list(), made.quarantined["row"].to_list())
    apart = len({*parts[0], *parts[1]}) == len(parts[0]) + len(parts[1])
    return apart and made.read == len(parts[0]) + len(parts[1]) + made.duplicates


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
@given(table=tables())
def test_read_is_loaded_and_quarantined_and_duplicates(ending: str, table: Table) -> None:
    rows = grid(table)
    content = {
        ".csv": lambda: as_csv(*table),
        ".xlsx": lambda: sheet_xlsx(rows),
        ".ods": lambda: ods(("Data", rows)),
    }[ending]()
    made = found(table, content, ending)
    assert isinstance(made, str) or keeps_the_sum(made)
    assert PERSON not in str(made if isinstance(made, str) else [made.valid.rows(), made.failures.rows()])


@given(tables())
def test_a_table_says_the_same_as_text_and_as_a_workbook(table: Table) -> None:
    assume("Ã" not in as_csv(*table))  # looks like an encoding gone wrong, which a workbook has none of
    as_text, as_book = found(table, as_csv(*table), ".csv"), found(table, sheet_xlsx(grid(table)), ".xlsx")
    if isinstance(as_text, str) or isinstance(as_book, str):
        assert as_text == as_book
        return
    for name in ("valid", "failures", "quarantined", "protected", "personal_numbers"):
        assert getattr(as_text, name).equals(getattr(as_book, name)), name
    assert (as_text.read, as_text.duplicates) == (as_book.read, as_book.duplicates)


KEYS = st.sampled_from(["A", "a", " A ", "B", "Å", ""])
YEARS = st.sampled_from(["2023", "2023,0", "2024", "2 023", "tjugo", ""])


@given(st.lists(st.tuples(KEYS, YEARS, st.sampled_from(["Delvis", "delvis", "Annat"])), max_size=12))
def test_after_quarantine_the_last_row_of_a_key_wins(rows: list[tuple[str, str, str]]) -> None:
    register = REGISTERS["vor_indikatorer"]
    named = [dict(zip(register.by_name, row, strict=True)) for row in rows]
    made = found((register, named), as_csv(register, named), ".csv")
    assert isinstance(made, ContractResult)
    last: dict[tuple[str, int], int] = {}
    good = 0
    for number, (key, year, judged) in enumerate(rows, 2):
        if key.strip() and year not in ("tjugo", "") and judged != "Annat":
            good += 1
            last[key.strip(), 2024 if "4" in year else 2023] = number
    notes = sum(not key.strip() and not year for key, year, _ in rows)
    assert made.valid["row"].to_list() == sorted(last.values())
    assert made.read == len(rows) - notes
    assert made.duplicates == good - len(last)
    assert made.quarantined.height == len(rows) - notes - good


@pytest.mark.parametrize(
    "form", ["", "2023-10-31", "2023-10-31 00:00", "2023-10-31 14:05", "2023-10-31T14:05:00+01:00"]
)
def test_a_key_of_four_parts_with_an_empty_one_is_told_apart_by_every_part(form: str) -> None:
    register = REGISTERS["utbildning"]
    base = {"Anställnings-id": "A1", "Kurskod": "K", "Avsnitt": "1", "Status": "Påbörjad", "Genomförd": form}
    others = [{"Anställnings-id": "A2"}, {"Kurskod": "k"}, {"Avsnitt": "2"}, {"Genomförd": "2023-11-01"}, {}]
    made = found((register, []), as_csv(register, [base | other for other in others] + [base]), ".csv")
    assert isinstance(made, ContractResult)
    assert (made.valid.height, made.duplicates) == (5, 1)
    assert made.valid["row"].to_list() == [2, 3, 4, 5, 7]
