"""Whatever is delivered: nothing is raised but a refusal, and no row disappears."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.refusal import Refused
from assets.registers.landed import landed_fields
from tests.intake.delivered import REGISTERS, as_csv, read

pytestmark = pytest.mark.slow

CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "-",
            "Ja",
            "Nej",
            "2023-10-31",
            "31/10/2023 14:05",
            "45230",
            "3,0",
            "A1",
            "Klar",
            "x",
            "a, b",
            '"',
            "18971009-9947",
        ]
    ),
)
REGISTER = st.sampled_from(sorted(REGISTERS))
ENDING = st.sampled_from([".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".xlsm"])


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[str, list[dict[str, str]]]:
    """A register's rows with any cell texts; values of enums are drawn too, so that rows are loaded at all."""
    register = REGISTERS[draw(REGISTER)]
    cells = {
        column.name: st.one_of(CELL, st.sampled_from(column.values)) if column.values else CELL
        for column in register.columns
    }
    return register.name, draw(st.lists(st.fixed_dictionaries(cells), max_size=6))


@given(deliveries(), st.sampled_from([";", ",", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_read_is_loaded_and_quarantined_and_duplicates(
    delivery: tuple[str, list[dict[str, str]]], separator: str, encoding: str
) -> None:
    name, rows = delivery
    content = as_csv(REGISTERS[name], rows, separator).encode(encoding, errors="replace")
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read(Path(folder), name, content)
        except Refused:  # a cell may well look like a heading that is there already
            return
    assert found.read == found.valid.height + found.quarantined.height + found.duplicates
    assert found.valid.columns == ["row", *landed_fields(REGISTERS[name])]
    numbers = found.valid["row"].to_list()
    assert numbers == sorted(set(numbers))
    assert not set(numbers) & set(found.quarantined["row"])
    cost_rows = found.failures.filter(effect="raden")["row"].to_list()
    assert set(cost_rows) == set(found.quarantined["row"])
    assert "18971009-9947" not in str([found.valid.rows(), found.failures.rows(), found.quarantined.rows()])


@given(st.binary(max_size=400), ENDING, REGISTER)
def test_any_bytes_are_read_or_refused(content: bytes, ending: str, register: str) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(Refused):
        read(Path(folder), register, content, ending)


@given(st.text(max_size=300), REGISTER)
def test_any_text_below_the_headings_is_read_or_refused(text: str, register: str) -> None:
    headings = ";".join(column.name for column in REGISTERS[register].columns)
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read(Path(folder), register, f"{headings}\n{text}".encode("utf-8", errors="replace"))
        except Refused:
            return
    assert found.read == found.valid.height + found.quarantined.height + found.duplicates


@given(deliveries())
def test_what_was_loaded_is_loaded_again(delivery: tuple[str, list[dict[str, str]]]) -> None:
    """Reading is a function of the bytes alone."""
    name, rows = delivery
    content = as_csv(REGISTERS[name], rows)
    with tempfile.TemporaryDirectory() as folder:
        try:
            first, second = (read(Path(folder), name, content) for _ in range(2))
        except Refused:
            return
    assert first.valid.equals(second.valid)
    assert first.failures.equals(second.failures)
