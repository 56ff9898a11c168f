"""Quotes where they should stand and where they should not: no row of a text file disappears for one."""

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assets.intake.delimited import open_text, read_all
from assets.intake.refusal import Refused
from tests.intake.delivered import read, written

H = "Indikator;År;Bedömning\n"


@given(st.lists(st.text(st.sampled_from('a5" '), min_size=1, max_size=8), min_size=1, max_size=6), st.booleans())
@settings(max_examples=150, deadline=None)
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
def test_a_quote_that_never_ends_is_never_taken_for_a_short_file(tmp_path: Path, last: str, end: str) -> None:
    with pytest.raises(Refused, match="filen går inte att läsa"):
        read(tmp_path, "vor_indikatorer", f'{H}A;2023;Delvis\n"B;2023;Delvis\n{last}{end}')


@given(st.text(st.sampled_from('ab;;""\n\n\r \0\x1e\x1f\tå'), max_size=25))
@settings(max_examples=200, deadline=None)
@example('"A\x1f"')
def test_the_fast_reading_reads_what_the_csv_module_reads(content: str) -> None:
    """Whatever the text: as many rows with the same cells in them, or a refusal where a quote never ends."""
    lines = content if content.endswith(("\n", "\r")) else f"{content}\n"
    *records, last = csv.reader(io.StringIO(f"{lines}END\n", newline=""), delimiter=";")
    with tempfile.TemporaryDirectory() as folder:
        opened = open_text(written(Path(folder), content))
        if last != ["END"]:
            with pytest.raises(Refused):
                read_all(opened, ";", 3)
            return
        assert _full(read_all(opened, ";", 3).rows()) == _full(records)


def _full(rows: Sequence[Sequence[str | None]]) -> list[list[str]]:
    """The rows without what only the form of the file decides: null or empty, blank cells and rows at the end."""
    cells = [[cell or "" for cell in row] for row in rows]
    for row in cells:
        while row and not row[-1]:
            row.pop()
    while cells and not cells[-1]:
        cells.pop()
    return cells
