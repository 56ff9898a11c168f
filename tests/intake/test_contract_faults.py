"""Contracts are checked when they are loaded: what can't hold says so by file and by what to mend."""

from pathlib import Path

import duckdb
import pytest

from assets.registers.comparable import slug
from assets.registers.landed import key_fields, landed_fields
from assets.registers.read_contracts import ContractError, load_registers, read_register
from assets.registers.sql_words import SQL_WORDS
from tests.intake.delivered import REGISTERS

GOOD = 'about = "x"\ncalled = "x"\nmode = "snapshot"\nkey = ["A"]\n[columns]\nA = { type = "code", req = true }\n'


def load(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        (folder / f"{name}.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    load_registers(folder)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (GOOD + 'B = { type = "code", also = ["C", "c:"] }\n', "'c' is there twice"),
        (GOOD + 'B = { type = "code", also = ["B"] }\n', "'b' is there twice"),
        (GOOD + 'B = { type = "code", also = ["A\\u00a0"] }\n', "'a' is there twice"),
        (GOOD + 'A = { type = "code" }\n', "toy.toml"),
        (GOOD + 'B = { type = "decimal" }\n', "type"),
        (GOOD + "B = {}\n", "type"),
        (GOOD + 'B = "code"\n', "toy.toml"),
        (GOOD + 'B = { type = "code", unknown = 1 }\n', "unknown"),
        (GOOD + 'Order = { type = "code" }\n', "column Order: the name is reserved"),
        (GOOD + '"2023" = { type = "int" }\n', "column 2023: the name is reserved"),
        (GOOD + 'Tid = { type = "datetime" }\nTid-day = { type = "date" }\n', "column Tid-day: the name is reserved"),
        (GOOD + 'B = { type = "text", filled = true }\nB_filled = { type = "bool" }\n', "something of B has it"),
        ("colour = 1\n" + GOOD, "colour"),
        (GOOD.replace('key = ["A"]', 'key = ["A", "B"]'), "the key names the column B"),
        (GOOD.replace('key = ["A"]\n', ""), "key"),
        (GOOD.replace('about = "x"\n', ""), "about"),
        (GOOD.replace('called = "x"', 'called = ""'), "called"),
        ("late_after = 0\n" + GOOD, "late_after"),
        (GOOD.replace('"snapshot"', '"Snapshot"'), "mode"),
        ('level = "country"\n' + GOOD, "level"),
        (GOOD + 'B = { type = "code", ref = "other" }\n', "refers to other, which is no register"),
        (GOOD + 'B = { type = "code", ref_by = { column = "A", registers = { x = "other" } } }\n', "refers to other"),
        (GOOD + 'B = { type = "code", ref_by = { column = "C", registers = { x = "toy" } } }\n', "hangs on C"),
        (GOOD + 'B = { type = "text", open_when = { C = "Nej" } }\n', "hangs on C"),
        (GOOD + 'B = { type = "code", req_when = { C = "x" } }\n', "hangs on C"),
        (GOOD + 'B = { type = "int", values = ["1"] }\n', "lists its values"),
        (GOOD + 'B = { type = "date", max = 4 }\n', "only an int has min and max"),
        (GOOD + 'B = { type = "enum", values = [] }\n', "lists its values"),
        (GOOD + 'B = { type = "text", identifies = true }\n', "is pii"),
        (GOOD.replace('[columns]\nA = { type = "code", req = true }\n', ""), "the key names the column A"),
        ("columns = 3\n" + GOOD.partition("[columns]")[0], "toy.toml"),
        ("", "toy.toml"),
        ("= = =", "toy.toml"),
        (GOOD.encode() + '# förteckning\n'.encode("cp1252"), "toy.toml"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file(tmp_path: Path, toml: str | bytes, message: str) -> None:
    with pytest.raises(ContractError, match=r"toy\.toml") as fault:
        load(tmp_path, toy=toml)
    assert message in str(fault.value)


@pytest.mark.parametrize("name", ["Toy", "1toy", "to-y", "töy", "to y"])
def test_a_name_that_can_be_no_table_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContractError, match="name"):
        load(tmp_path, **{name: GOOD})


def test_words_of_sql_are_those_of_duckdb() -> None:
    found = duckdb.sql("FROM duckdb_keywords() WHERE keyword_category IN ('reserved', 'type_function')").fetchall()
    assert {word for word, _ in found} <= SQL_WORDS


def test_registers_may_point_at_each_other_and_at_themselves(tmp_path: Path) -> None:
    load(tmp_path, toy=GOOD + 'B = { type = "code", ref = "other" }\nC = { type = "code", ref = "toy" }\n',
         other=GOOD + 'B = { type = "list", ref = "toy" }\n')  # fmt: skip


def test_one_bad_contract_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"worse\.toml"):
        load(tmp_path, better=GOOD, worse="key = ")


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_what_every_contract_holds(name: str) -> None:
    register = REGISTERS[name]
    assert register.name == name == slug(name)
    assert register.about.endswith("."), "a sentence, with the grain"
    fields = landed_fields(register)
    assert all(field.isascii() and field == slug(field) for field in fields)
    assert set(key_fields(register)) <= set(fields), "a key lands, so that it can be shown and joined"
    assert not [name for name in register.key if register.by_name[name].pii]
    for column in register.columns:
        for wanted in (column.req_when, column.open_when):
            for other, value in wanted.items():
                target = register.by_name[other]
                assert value in (target.values or ("Ja", "Nej")), "a condition that can come true"
        for value in column.ref_by.registers if column.ref_by else ():
            assert value in register.by_name[column.ref_by.column].values


def test_every_file_of_the_folder_is_its_own_register() -> None:
    folder = Path(__file__).parents[2] / "assets" / "registers"
    assert {path.stem: read_register(path) for path in folder.glob("*.toml")} == REGISTERS
