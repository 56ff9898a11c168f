"""Quotes where they should stand and where they should not: no row of a text file disappears for one."""

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assets.intake.delimited import read_text
from assets.intake.encoding import open_text
from assets.intake.headings import ContractHeadings
from assets.intake.refusal import Refused
from tests.intake.delivered import REGISTERS, read, written

H = "Indikator;År;Bedömning\n"


@given(st.lists(st.text(st.sampled_from('a5" '), min_size=1, max_size=8), min_size=1, max_size=6), st.booleans())
@example(['A 5" bred', "B", 'C 6" bred', "D"], True)
@example(['A 5" bred', "B", "C"], True)
@example(['Skärm 5"', "B", 'Skärm 6"'], False)
def test_quotes_that_no_exporter_doubled_cost_no_row(cells: list[str], line_end: bool) -> None:
    """An export that puts every cell in quotes and looks at none: each line is a row, or nothing is in force."""
    lines = [f'"{name}";"{2000 + number}";"Delvis"' for number, name in enumerate(cells)]
    content = "\n".join(['"Indikator";"År";"Bedömning"', *lines]) + "\n" * line_end
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read(Path(folder), "vor_indikatorer", content)
        except Refused:
            return
    assert found.read == len(cells)


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (H + 'Skärm 5" bred;2023;Delvis\nB;2023;Delvis\nC;2023;Delvis\n', 3),
        (H + 'A;2023;Delvis\nSkärm 5";2023;Delvis', 2),
        (H + '"Sagt" så;2023;Delvis\nB;2023;Delvis\n', 2),
        (H + '"Kök" 5" bred;2023;Delvis\nB;2023;Delvis\n"Hall" 6" bred;2023;Delvis\nD;2023;Delvis\n', 4),
        (H + ' "A;B";2023;Delvis\nB;2023;Delvis\n', 2),
        ('Uttag 5"\n' + H + 'A;2023;Delvis\nB 6";2023;Delvis\nC;2023;Delvis', 3),
        (H + 'A;2023;Delvis;;;5" skärm\nB;2023;Delvis\nC;2023;Delvis;;;6"\nD;2023;Delvis\n', 4),
        (H + 'A;2023;Delvis;"x" y"\nB;2023;Delvis\nC;2023;Delvis;"x" y"\nD;2023;Delvis\n', 4),
        (H + '"";"";""\nA;2023;Delvis\n', 1),
        ('"Indikator";"År";"Bedömning"\n"A 5" bred";"2023";"Delvis"\n"B";"2023";"Delvis"\n"C";"2023";""', 3),
    ],
    ids=[
        "an inch", "at the end", "text after a quote", "odd quotes twice", "a blank before a quote", "in a title",
        "beyond the headings", "odd beyond the headings", "nothing in quotes", "the last cell empty in quotes",
    ],
)  # fmt: skip
def test_stray_quotes_cost_no_row(tmp_path: Path, content: str, count: int) -> None:
    assert read(tmp_path, "vor_indikatorer", content).read == count


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("last", ["C;2023;Delvis", 'C;2023;""', "C;2023;"])
def test_a_quote_that_never_ends_costs_its_line_alone(tmp_path: Path, last: str, end: str) -> None:
    found = read(tmp_path, "vor_indikatorer", f'{H}A;2023;Delvis\n"B;2023;Delvis\n{last}{end}')
    assert found.read == 3
    broken = found.failures.filter(pl.col("rule") == "citattecken")
    assert broken.select("row", "column", "value", "effect").rows() == [(3, None, None, "raden")]
    assert 2 in found.valid["row"].to_list()


@given(st.lists(st.text(st.sampled_from('ab;;""'), max_size=9), max_size=7), st.booleans())
@example(['"a;b', 'c";d;e'], True)
@example(['"a', "b;c", 'd";e;f', "g;h;i"], True)
@example(["a;b;c", "a;b", "a", "a;b", "a;b;c"], True)
@example(["a;b;c", "a;b", "a", "a;b", "a;b"], False)
@example(["a;b;", "a;b", "a;b;c", "a;b;c", "a;b;c"], True)
@example(['"a', 'b";c', "a;b;c", "a;b", "a;b;c", "a;b;c", "a;b;c"], True)
def test_records_are_those_of_the_rules_written_down_line_by_line(lines: list[str], end: bool) -> None:
    """docs/spec/interfaces.md, Reading a file, once more without any library and one character at a time."""
    content = "\n".join([H.strip(), *lines]) + "\n" * end
    with tempfile.TemporaryDirectory() as folder:
        cells = read_text(
            open_text(written(Path(folder), content)), ContractHeadings(REGISTERS["vor_indikatorer"])
        ).cells
    found = [(row[1], [cell or "" for cell in row[2:5]] if row[1] is None else None) for row in cells.rows()]
    while found and found[-1] == (None, ["", "", ""]):
        found.pop()
    expected = by_the_rules(lines, end)
    while expected and expected[-1] == (None, ["", "", ""]):
        expected.pop()
    assert found == expected


WIDTH = 3


def record_at(lines: list[str], start: int) -> tuple[list[str], int] | None:
    """The cells of the record that begins here and the line after it; None where it is broken."""
    text, place = "\n".join(lines[start:]) + "\n", 0
    cells: list[str] = []
    while True:
        if text[place] == '"':
            cell, place = "", place + 1
            while place < len(text) and (text[place] != '"' or text[place : place + 2] == '""'):
                cell, place = cell + text[place], place + (2 if text[place] == '"' else 1)
            place += 1
            if place >= len(text) or text[place] not in ";\n":
                return None
        else:
            end = min(found for mark in ";\n" if (found := text.find(mark, place)) >= 0)
            cell, place = text[place:end], end
        cells.append(cell)
        place += 1
        if text[place - 1] == "\n":
            return cells, start + text[:place].count("\n")


def by_the_rules(lines: list[str], end: bool) -> list[tuple[str | None, list[str] | None]]:
    def records(short_is_fine: bool) -> list[list[str] | None]:
        found: list[list[str] | None] = []
        place = 0
        while place < len(lines):
            record = record_at(lines, place)
            if record and record[1] > place + 1:
                wide = len(record[0]) > WIDTH and any(cell.strip() for cell in record[0][WIDTH:])
                if wide or (len(record[0]) < WIDTH and not short_is_fine):
                    record = None
            found.append(record[0] if record else None)
            place = record[1] if record else place + 1
        return found

    def filled(cells: list[str] | None) -> int:
        return sum(bool(cell.strip()) for cell in cells or [])

    def is_trimmed(found: list[list[str] | None]) -> bool:
        counted = [cells for cells in found if cells and filled(cells) > 1]
        if len(counted) < 5 or any(not cells[-1].strip() or len(cells) > WIDTH for cells in counted):
            return False
        return 5 * sum(len(cells) < WIDTH for cells in counted) >= len(counted)

    found = records(short_is_fine=True)
    trimmed = is_trimmed(found)
    if not trimmed:
        found = records(short_is_fine=False)
        trimmed = is_trimmed(found)
    result: list[tuple[str | None, list[str] | None]] = []
    for number, cells in enumerate(found):
        if cells is None:
            result.append(("citattecken", None))
            continue
        cut = number == len(found) - 1 and not end
        short = len(cells) < WIDTH and (not trimmed or cut)
        wide = any(cell.strip() for cell in cells[WIDTH:])
        if filled(cells) > 1 and (short or wide):
            result.append(("fel antal celler", None))
        else:
            result.append((None, (cells + [""] * WIDTH)[:WIDTH]))
    return result
