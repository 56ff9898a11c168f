"""The contracts: as the spec has them, and checked when they are loaded."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assets.registers.column import Column
from assets.registers.comparable import slug
from assets.registers.contract import Register
from assets.registers.landed import landed_fields
from assets.registers.read_contracts import ContractError, load_registers
from tests.intake.delivered import REGISTERS

SPEC = Path(__file__).parents[2] / "docs" / "spec" / "registers.yaml"
GOOD = 'about = "x"\ncalled = "x"\nmode = "snapshot"\nkey = ["A"]\n[columns]\nA = { type = "code", req = true }\n'


def test_the_contracts_are_the_specs() -> None:
    spec = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
    assert {name: as_spec(register) for name, register in REGISTERS.items()} == {
        name: {"level": "organisation"} | entry for name, entry in spec.items()
    }


def as_spec(register: Register) -> dict[str, Any]:
    """A contract as docs/spec/registers.yaml tells it."""
    columns = {column.name: column_as_spec(column) for column in register.columns}
    return {"mode": register.mode, "level": register.level, "key": list(register.key), "columns": columns}


def column_as_spec(column: Column) -> dict[str, Any]:
    facts = column.model_dump(include={"type", "req", "head", "pii", "min", "max", "ref", "pattern", "own_words"})
    lists = {"values": list(column.values), "also": list(column.also)}
    if column.also_values:
        facts["also_values"] = {value: list(words) for value, words in column.also_values.items()}
    by = {"ref": f"by {column.ref_by.column}"} if column.ref_by else {}
    given = {name: value for name, value in (facts | lists).items() if value is not False and value not in (None, [])}
    return given | by


def test_the_rules_that_the_spec_tells_in_words() -> None:
    when = {(name, column.name): dict(column.req_when) for name, register in REGISTERS.items()
            for column in register.columns if column.req_when}  # fmt: skip
    assert when == {
        ("utbildning", "Genomförd"): {"Status": "Genomförd"},
        ("registerforteckning", "Enhet"): {"Nivå": "Enhet"},
    }
    assert [column.name for column in REGISTERS["personal"].columns if column.protects] == [
        "Skyddade personuppgifter"
    ]


def test_of_personal_data_no_field_lands_but_flags() -> None:
    for register in REGISTERS.values():
        fields = landed_fields(register)
        for column in register.columns:
            if column.pii:
                kept = {name: kind for name, kind in fields.items() if name.startswith(column.slug)}
                assert set(kept.values()) <= {"BOOLEAN"}, column.name


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (GOOD + 'a = { type = "code" }\n', "the heading 'a' is there twice"),
        (GOOD + 'B = { type = "code", also = ["A *"] }\n', "the heading 'a' is there twice"),
        (GOOD + '"Å" = { type = "code" }\n"å!" = { type = "code" }\n', "is there twice"),
        (GOOD + 'B = { type = "kod" }\n', "type"),
        (GOOD + 'B = { type = "code", required = true }\n', "required"),
        (GOOD + 'B = { type = "enum" }\n', "lists its values"),
        (GOOD + 'B = { type = "text", values = ["x"] }\n', "lists its values"),
        (GOOD + 'B = { type = "text", min = 1 }\n', "only an int has min and max"),
        (GOOD + 'B = { type = "text", protects = true }\n', "only a bool protects"),
        (GOOD + 'B = { type = "code", filled = true }\n', "only a text is filled"),
        (GOOD + 'B = { type = "code", ref = "ingenting" }\n', "refers to ingenting, which is no register"),
        (GOOD + 'B = { type = "code", req_when = { C = "x" } }\n', "hangs on C, which isn't there"),
        (GOOD.replace('["A"]', '["B"]'), "the key names the column B"),
        (GOOD + 'Organisation = { type = "text" }\n', "the name is reserved"),
        (GOOD + 'B = { type = "code", ref = "toy" }\n'.replace("toy", "bare"), "refers to bare"),
        (GOOD + '"#" = { type = "code" }\n', "neither letters nor digits"),
        (GOOD.replace('["A"]', "[]") + 'B = { type = "bool", protects = true, pii = true }\n', "needs a key"),
        (GOOD.replace('["A"]', "[]") + 'B = { type = "code", ref = "toy" }\n', "which has no key"),
        (GOOD.replace("snapshot", "sometimes"), "mode"),
        (GOOD + 'B = { type = "int", min = 0.5 }\n', "whole numbers"),
        (GOOD + 'B = { type = "number", min = 2, max = 1.5 }\n', "no greater than max"),
        (GOOD + 'B = { type = "number", max = inf }\n', "neither is endless"),
        (GOOD + 'B = { type = "code", pattern = "A(" }\n', "toy.toml"),
        (GOOD + 'B = { type = "code", pattern = "(?=A)B" }\n', "the pattern"),
        (GOOD + 'B = { type = "code", pattern = "(?=A)B" }\n', "column B"),
        (GOOD + 'B = { type = "int", pattern = "1" }\n', "only a code"),
        (GOOD + 'B = { type = "code", pattern = "A", example = "AB" }\n', "doesn't fit the pattern"),
        (GOOD + 'B = { type = "text", filled = true, pattern = "1" }\n', "only a code"),
        (GOOD + 'B = { type = "code", also_values = { x = ["y"] } }\n', "isn't one of its values"),
        (GOOD + 'B = { type = "enum", values = ["x"], also_values = { y = ["z"] } }\n', "'y', which isn't one of"),
        (GOOD + 'B = { type = "enum", values = ["x", "Y"], also_values = { x = ["y"] } }\n', "is there twice"),
        (GOOD + 'B = { type = "enum", values = ["x", "X"] }\n', "is there twice"),
        (GOOD + 'B = { type = "enum", values = ["x"], also_values = { x = [" "] } }\n', "is empty"),
        ("about = ", "toy.toml"),
    ],
)
def test_a_contract_that_cannot_be_used_says_why(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "toy.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ContractError, match=message):
        load_registers(tmp_path)


def test_what_changes_reading_changes_the_version_and_words_do_not(tmp_path: Path) -> None:
    versions = set()
    for number, toml in enumerate((GOOD, GOOD.replace('"x"', '"y"'), GOOD + 'B = { type = "code" }\n')):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "toy.toml").write_text(toml, encoding="utf-8")
        versions.add(load_registers(tmp_path / str(number))["toy"].version)
    assert len(versions) == 2


USED = '{ type = "enum", values = ["Klar", "Öppen"], also = ["Läge"] }\n"Å.r" = { type = "int", min = 0, max = 9 }\n'


def test_a_contract_without_patterns_and_spellings_has_the_version_that_it_had_before_there_were_any(
    tmp_path: Path,
) -> None:
    """Else every delivery ever archived would be read anew."""
    (tmp_path / "toy.toml").write_text(f"{GOOD}B = {USED}", encoding="utf-8")
    register = load_registers(tmp_path)["toy"]
    words = ("about", "called", "holds", "kept_by", "late_after", "left_out_by", "named_by")
    as_it_was = register.model_dump(exclude=dict.fromkeys(words, True), mode="json")
    later = {"expires", "about", "example", "pattern", "also_values", "looked_up", "own_words"}
    as_it_was["columns"] = [
        {key: value for key, value in column.items() if key not in later} for column in as_it_was["columns"]
    ]
    text = json.dumps(as_it_was, ensure_ascii=False, separators=(",", ":"))
    assert register.version == hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    ("column", "is_read_otherwise"),
    [
        ('{ type = "code", about = "En kod.", example = "A1" }', False),
        ('{ type = "code", pattern = "A[0-9]" }', True),
        ('{ type = "enum", values = ["x"] }', True),
    ],
)
def test_a_pattern_changes_the_version_and_what_is_said_of_a_column_does_not(
    tmp_path: Path, column: str, is_read_otherwise: bool
) -> None:
    versions = set()
    for number, faulty in enumerate(('{ type = "code" }', column)):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "toy.toml").write_text(f"{GOOD}B = {faulty}\n", encoding="utf-8")
        versions.add(load_registers(tmp_path / str(number))["toy"].version)
    assert len(versions) == 1 + is_read_otherwise


def test_slugs_are_ascii() -> None:
    assert slug("Anställnings-id") == "anstallnings_id"
    assert slug("Fr.o.m. (år)") == "fr_o_m_ar"
