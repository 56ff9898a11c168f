"""The heading row: which row it is, which headings meet a column, and when a delivery is refused for it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.headings import accept, find_heading
from assets.intake.refusal import Refused
from assets.registers.comparable import heading_key, plain
from assets.registers.contract import Register
from tests.intake.delivered import REGISTERS

VOR = REGISTERS["vor_indikatorer"]
PERSONAL = REGISTERS["personal"]
NEEDED = {
    name: [column.name for column in register.columns if column.req or column.head]
    for name, register in REGISTERS.items()
}


def index(register: Register, *rows: list[str]) -> int | None:
    heading = find_heading(rows, register)
    return None if heading is None else heading.index


@pytest.mark.parametrize(
    "written",
    [
        "Anställd från", "anställd från", "ANSTÄLLD FRÅN", "  Anställd från ", "Anställd\u00a0från", "Anställd  från",
        "Anställd\nfrån", "Anställd\r\n från", "Anställd från*", "Anställd från *", "Anställd från:",
        "Anställd från : ", "Anställd från\n*", unicodedata.normalize("NFD", "Anställd från"),
        "Anställningsdatum", "FR.O.M.", "fr.o.m.*", "Anställd fran", "ANSTALLD FRAN", "Anställdfrån",
        "*Anställd från",
        "Anställd\u2011från", "Anstalld_fran",
    ],
)  # fmt: skip
def test_headings_that_are_the_same(written: str) -> None:
    assert PERSONAL.by_heading[heading_key(written)].name == "Anställd från"


@pytest.mark.parametrize(
    "written",
    ["Anställd från (datum)", "Från", "", "*", "Anställd från 1"],
)
def test_headings_that_are_others(written: str) -> None:
    assert heading_key(written) not in PERSONAL.by_heading


@given(st.text())
def test_a_heading_is_compared_by_its_letters_and_digits(written: str) -> None:
    assert heading_key(written) == "".join(char for char in plain(written) if char.isalnum())


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_every_heading_of_every_register_is_recognised_in_any_case_and_marked(name: str) -> None:
    register = REGISTERS[name]
    for column in register.columns:
        for heading in column.headings:
            for written in (heading, heading.upper(), heading.lower(), f" {heading}* ", f"{heading}:"):
                assert register.by_heading[heading_key(written)] is column


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_each_needed_column_that_is_missing_refuses_and_no_other_does(name: str) -> None:
    register = REGISTERS[name]
    for left_out in register.columns:
        headings = [column.name for column in register.columns if column is not left_out]
        heading = find_heading([headings], register)
        if left_out.req or left_out.head:
            with pytest.raises(Refused) as refused:
                accept(heading, register)
            few = 2 * sum(column.name in headings for column in register.required) < len(register.required)
            assert str(refused.value) == ("ingen rubrikrad" if few else f"kolumnen {left_out.name} saknas")
        else:
            assert left_out.name not in accept(heading, register).positions


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_the_first_missing_column_of_the_register_is_named(name: str) -> None:
    register, needed = REGISTERS[name], NEEDED[name]
    half = [column.name for column in register.required][: (len(register.required) + 1) // 2]
    if set(half) == set(needed):
        return
    with pytest.raises(Refused) as refused:
        accept(find_heading([half[::-1]], register), register)
    assert str(refused.value) == f"kolumnen {next(column for column in needed if column not in half)} saknas"


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_two_headings_for_any_column_refuse(name: str) -> None:
    register = REGISTERS[name]
    names = [column.name for column in register.columns]
    for column in register.columns:
        for second in column.headings:
            with pytest.raises(Refused) as refused:
                accept(find_heading([[*names, f"{second} *"]], register), register)
            assert str(refused.value) == f"två rubriker för kolumnen {column.name}"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["Indikator", "År"], ["Indikator", "År", "Bedömning"]], 1),
        ([["Indikator", "År", "Bedömning"], ["Indikator", "År"]], 0),
        ([["Indikator", "År", "Bedömning"], ["Bedömning", "År", "Indikator"]], 0),
        ([["Indikator", "År", "x"], ["x", "År", "Bedömning"]], 0),
        ([["Indikator", "indikator", "Indikator*"], ["År", "Bedömning"]], 1),
        ([["Indikator"], []], None),
        ([["Uttag"], [], ["", ""], ["Indikator", "År", "Bedömning"]], 3),
        ([[""] * 500 + ["Titel"], ["Indikator", "År", "Bedömning"]], 1),
        ([], None),
    ],
    ids=[
        "the most columns", "not the last", "a tie: the first", "a tie of parts: the first",
        "one column many times is one", "under half of the required", "after titles and blanks", "after a wide title",
        "no rows",
    ],
)  # fmt: skip
def test_which_row_is_the_heading_row(rows: list[list[str]], found: int | None) -> None:
    assert index(VOR, *rows) == found


def test_half_of_the_required_columns_is_enough_and_fewer_are_not() -> None:
    required = [column.name for column in PERSONAL.required]
    others = [column.name for column in PERSONAL.columns if not column.req]
    assert len(required) == 3
    assert index(PERSONAL, required[:2]) == 0
    assert index(PERSONAL, [*others, required[0]]) is None
    assert index(PERSONAL, [*others, required[0]], required[:2]) == 1


@pytest.mark.parametrize(("blanks", "found"), [(0, 0), (28, 28), (29, 29), (30, None), (31, None)])
def test_it_is_among_the_first_thirty_rows(blanks: int, found: int | None) -> None:
    assert index(VOR, *[[""]] * blanks, ["Indikator", "År", "Bedömning"]) == found


def test_unknown_headings_are_told_and_empty_ones_are_not() -> None:
    heading = find_heading([["Indikator", "", "Kommentar:", "År", "Bedömning", " "]], VOR)
    assert heading is not None
    assert heading.unknown(VOR) == ["Kommentar"]
    assert heading.positions == {"Indikator": 0, "År": 3, "Bedömning": 4}


@given(st.sampled_from(sorted(REGISTERS)), st.data())
def test_the_order_of_headings_and_strangers_among_them_do_not_matter(name: str, data: st.DataObject) -> None:
    register = REGISTERS[name]
    written = [data.draw(st.sampled_from(column.headings)) for column in register.columns]
    strangers = data.draw(
        st.lists(st.text(max_size=8).filter(lambda text: heading_key(text) not in register.by_heading))
    )
    row = data.draw(st.permutations([*written, *strangers]))
    heading = accept(find_heading([["Uttag"], row], register), register)
    assert {row[position] for position in heading.positions.values()} == set(written)
    assert set(heading.positions) == {column.name for column in register.columns}
