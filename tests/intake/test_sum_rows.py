"""Rows that sum up the others are notes; what only looks like one is a row."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.read_delivery import read_delivery
from tests.intake.contracts import contract
from tests.intake.delivered import REGISTERS, as_csv, delivered, written

HEAD = "Tillfälles-id;Kurskod;Avsnitt;Enhet;Datum;Antal deltagare;Deltagare\n"
ROW = "T1;K1;1;E1;2026-01-31;12;\n"


@pytest.mark.parametrize(
    "footer",
    [
        "Summa;;;;;12;", "SUMMA:;;;;;1 234,5;", "Totalt;;3;;;12;", ";Summa;;;;12;", "Delsumma;;;;;-3;",
        "total;;;;;12 %;", "Summa;12;12;12;;12;", " Summa ;;;;;12;",
    ],
)  # fmt: skip
def test_a_row_that_sums_up_is_a_note(tmp_path: Path, footer: str) -> None:
    rows, found = delivered(tmp_path, "utbildningstillfallen", HEAD + ROW + footer + "\n")
    assert (rows.notes, found.read, found.valid.height, found.failures.height) == (1, 1, 1, 0)


def test_sums_within_and_below_are_all_passed_over(tmp_path: Path) -> None:
    table = HEAD + ROW + "Delsumma;;;;;12;\n" + ROW.replace("T1", "T2") + "Delsumma;;;;;12;\nSumma;;;;;24;\nSlut\n"
    rows, found = delivered(tmp_path, "utbildningstillfallen", table)
    assert (rows.notes, found.read, found.valid["row"].to_list()) == (4, 2, [2, 4])


@pytest.mark.parametrize(
    "row",
    [
        "Summa;K1;1;E1;2026-01-31;12;", "Summa;K1;;;;12;", "Summan;;;;;12;", "T1;;;;;12;", "Summa;;;;2026-01-31;12;",
        "12;;;;;Summa;", "Summa;;;;;cirka 12;",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_a_row(tmp_path: Path, row: str) -> None:
    rows, found = delivered(tmp_path, "utbildningstillfallen", HEAD + row + "\n")
    assert (rows.notes, found.read) == (0, 1)


def test_a_row_that_lacks_nothing_is_no_sum(tmp_path: Path) -> None:
    """Of a register that only asks for a code, `Summa` may be one."""
    register = contract(tmp_path, 'Antal = { type = "int" }\n')
    rows, found = read_delivery(written(tmp_path, "Id;Antal\nSumma;12\n"), ".csv", register)
    assert (rows.notes, found.valid["id"].to_list()) == (0, ["Summa"])


@given(st.lists(st.sampled_from(["", "Summa", "12", "K1", "2026-01-31", "Totalt:"]), min_size=7, max_size=7))
def test_no_row_that_could_be_loaded_is_passed_over(cells: list[str]) -> None:
    register = REGISTERS["utbildningstillfallen"]
    row = dict(zip(register.by_name, cells, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        rows, found = delivered(Path(folder), register.name, as_csv(register, [row]))
    if all(row[column.name] for column in register.required):
        assert (rows.notes, found.read) == (0, 1)
