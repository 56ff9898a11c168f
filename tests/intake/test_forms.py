"""Codes of a given form, and enums with other spellings: what fits, what it costs and how it is shown."""

from pathlib import Path

import polars as pl
import pytest

from assets.publication.explain import explained
from assets.registers.contract import Register
from tests.intake.contracts import cells, contract, faults, taken_in
from tests.intake.fictitious import PERSON

FORM = r'pattern = "[A-ZÅ]{2,4}-\\d{3}"'
ALSO = '{ "Genomförd" = ["Klar", "Completed"], "Påbörjad" = ["Pågår / started"] }'
STATUS = f'Status = {{ type = "enum", req = true, values = ["Genomförd", "Påbörjad"], also_values = {ALSO} }}\n'


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return contract(tmp_path, f'Kod = {{ type = "code", {FORM}, example = "KURS-001" }}\n')


def test_a_cell_that_does_not_fit_is_dropped(tmp_path: Path, register: Register) -> None:
    texts = [
        "KURS-001",
        " ÅR-123 ",
        "kurs-001",
        "KURS-01",
        "KURS-0011",
        "X KURS-001",
        "٠١٢",
        "123",
        "Anna Ek",
        "",
        "KURS",
    ]
    found = taken_in(tmp_path, register, cells(register, "Kod", texts))
    assert found.valid["kod"].to_list() == ["KURS-001", "ÅR-123", *[None] * 9]
    values = {row: value for row, value, rule, effect in faults(found) if (rule, effect) == ("mönster", "cellen")}
    assert values == {
        4: "kurs-001", 5: "KURS-01", 6: "KURS-0011", 7: "[visas inte]", 8: "٠١٢", 9: "123", 10: "[visas inte]",
        12: "KURS",
    }  # fmt: skip
    assert found.failures.height == len(values)


def test_of_a_required_column_or_a_key_it_costs_the_row(tmp_path: Path) -> None:
    head = f'about = "x"\nmode = "snapshot"\nkey = ["Id"]\n[columns]\nId = {{ type = "code", {FORM} }}\n'
    register = contract(tmp_path, f'Kod = {{ type = "code", req = true, {FORM} }}\nB = {{ type = "text" }}\n', head)
    found = taken_in(tmp_path, register, "Id;Kod;B\nAB-001;AB-001;x\nAB-1;AB-001;x\nAB-002;1;x\n;AB-003;x\n")
    assert found.failures.select("row", "column", "value", "rule", "effect").rows() == [
        (3, "Id", "[visas inte]", "mönster", "raden"), (4, "Kod", "1", "mönster", "raden"),
    ]  # fmt: skip
    assert found.quarantined["row"].to_list() == [3, 4]
    assert found.valid["id"].to_list() == ["AB-001", None], "a key column that isn't required may be empty"


def test_where_a_rule_requires_the_column_it_costs_the_row(tmp_path: Path) -> None:
    kind = 'Typ = { type = "enum", values = ["A", "B"] }\n'
    register = contract(tmp_path, kind + f'Kod = {{ type = "code", req_when = {{ Typ = "A" }}, {FORM} }}\n')
    found = taken_in(tmp_path, register, "Id;Typ;Kod\n1;A;12\n2;B;12\n3;A;\n4;A;AB-123\n")
    assert faults(found) == [
        (2, "12", "mönster", "raden"), (3, "12", "mönster", "cellen"), (4, None, "villkor", "raden"),
    ]  # fmt: skip


def test_persons_are_not_shown_and_a_spoiled_cell_is_told_once(tmp_path: Path) -> None:
    columns = f'Kod = {{ type = "code", {FORM} }}\nPost = {{ type = "text", pii = true, pattern = ".+@.+" }}\n'
    register = contract(tmp_path, columns)
    rows = f"Id;Kod;Post\n1;{PERSON};x\n2;anna.ek@exempel.se;anna.ek@exempel.se\n3;8,50101E+11;\n"
    found = taken_in(tmp_path, register, rows)
    assert faults(found) == [
        (2, "[personnummer]", "mönster", "cellen"), (2, None, "mönster", "cellen"),
        (3, "[visas inte]", "mönster", "cellen"), (4, "8,50101E+11", "oläsbar", "cellen"),
    ]  # fmt: skip
    assert found.valid.columns == ["row", "id", "kod"]


@pytest.mark.parametrize("between", ["---", "\u02d7", " (", "\ufe0f", "&ZeroWidthSpace;"])
def test_a_number_in_a_cell_of_another_kind_is_not_shown(tmp_path: Path, between: str) -> None:
    register = contract(tmp_path, 'Typ = { type = "enum", values = ["A"] }\n')
    rows = f'1;"{PERSON[:8]}{between}{PERSON[8:]}"\n2;{PERSON[:8]}---{PERSON[8:-1]}\n'
    found = taken_in(tmp_path, register, f"Id;Typ\n{rows}")
    assert faults(found) == [
        (2, "[personnummer]", "oläsbar", "cellen"), (3, f"{PERSON[:8]}---{PERSON[8:-1]}", "oläsbar", "cellen"),
    ]  # fmt: skip


def test_why_in_words(tmp_path: Path, register: Register) -> None:
    columns = """
        Kod = { type = "code", pattern = "A", example = "A" }
        Bar = { type = "code", pattern = "A" }
        Tal = { type = "number", min = 0.5 }
    """
    register = contract(tmp_path, columns)
    found = taken_in(tmp_path, register, "Id;Kod;Bar;Tal\n1;x;x;x\n2;A;A;0,25\n")
    lines = explained(found.failures.with_columns(register=pl.lit("prov")), {"prov": register})
    ending = " Raden lästes in utan cellen. Rätta i källsystemet."
    assert [line.removesuffix(ending) for line in lines["explanation"]] == [
        "Kod har inte den form som registret kräver, till exempel A.",
        "Bar har inte den form som registret kräver (A).",
        "Tal ska vara ett tal, till exempel 1234,5 (1.000 och 1,000 kan betyda två saker).",
        "Tal får vara lägst 0,5.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Genomförd", "Genomförd"), ("Klar", "Genomförd"), (" KLAR\u00a0", "Genomförd"), ("completed", "Genomförd"),
        ("pågår / started", "Påbörjad"), ("pa\u030abo\u0308rjad", "Påbörjad"),
    ],
)  # fmt: skip
def test_other_spellings_land_as_the_contracts_own(tmp_path: Path, text: str, value: str) -> None:
    register = contract(tmp_path, STATUS)
    found = taken_in(tmp_path, register, cells(register, "Status", [text]))
    assert (found.valid["status"].to_list(), found.failures.height) == ([value], 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Klart", "[visas inte]"), ("Completd", "Completd"), ("started", "started"), ("Klar!", "Klar!")],
)
def test_what_is_near_another_spelling_is_shown(tmp_path: Path, text: str, value: str) -> None:
    """By the same rule as of the values: near one of six letters or more, or of the contract's own words."""
    register = contract(tmp_path, STATUS)
    assert faults(taken_in(tmp_path, register, cells(register, "Status", [text]))) == [(2, value, "oläsbar", "raden")]


def test_a_condition_is_met_in_any_spelling(tmp_path: Path) -> None:
    register = contract(tmp_path, STATUS + 'Dag = { type = "date", req_when = { Status = "Genomförd" } }\n')
    found = taken_in(tmp_path, register, "Id;Status;Dag\n1;Klar;\n2;Påbörjad;\n")
    assert faults(found) == [(2, None, "villkor", "raden")]
