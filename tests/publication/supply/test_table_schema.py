"""A contract as a Table Schema: of the standard's own form, and asking nothing that the intake would refuse."""

import json
import re
from datetime import datetime
from typing import Any

import pytest

from assets.publication.supply.blank_workbook import example
from assets.publication.supply.table_schema import table_schema
from assets.registers.contract import Register
from tests.intake.delivered import REGISTERS

every_register = pytest.mark.parametrize("register", REGISTERS.values(), ids=list(REGISTERS))

TYPES = {"string", "number", "integer", "boolean", "date"}
CONSTRAINTS = {
    "required": TYPES, "minimum": {"number", "integer", "date"}, "maximum": {"number", "integer", "date"},
    "pattern": {"string"}, "enum": TYPES,
}  # fmt: skip
"""Constraint → the types that the standard lets have it."""


def accepts(field: dict[str, Any], text: str, missing: list[str]) -> bool:
    """Whether a cell keeps its field's type and constraints, as the standard reads them."""
    own = field.get("constraints", {})
    if text in missing:
        return not own.get("required")
    match field["type"]:
        case "integer":
            if not re.fullmatch(r"[+-]?\d+", text):
                return False
        case "boolean":
            return text in field["trueValues"] + field["falseValues"]
        case "date":
            datetime.strptime(text, field["format"])  # noqa: DTZ007 – a day
    number = float(text.replace(",", ".")) if field["type"] in ("integer", "number") else 0
    if not own.get("minimum", number) <= number <= own.get("maximum", number):
        return False
    return text in own.get("enum", [text]) and bool(re.fullmatch(own.get("pattern", ".*"), text))


@every_register
def test_it_is_a_table_schema(register: Register) -> None:
    schema = table_schema(register, REGISTERS)
    assert json.loads(json.dumps(schema)) == schema
    names = [field["name"] for field in schema["fields"]]
    assert names == list(register.by_name)
    assert len(set(names)) == len(names)
    for field in schema["fields"]:
        assert field["type"] in TYPES
        assert field["description"]
        for name in field.get("constraints", {}):
            assert field["type"] in CONSTRAINTS[name], (field["name"], name)
    assert set(schema.get("primaryKey", [])) <= set(names)
    assert schema["missingValues"][0] == ""


@every_register
def test_what_it_points_at_is_there(register: Register) -> None:
    for foreign in table_schema(register, REGISTERS).get("foreignKeys", []):
        [name], reference = foreign["fields"], foreign["reference"]
        target = REGISTERS[reference["resource"] or register.name]
        assert target.name == register.by_name[name].ref
        assert reference["fields"] == [target.key[0]]


@every_register
def test_it_accepts_the_example_and_asks_for_what_the_contract_asks_for(register: Register) -> None:
    schema = table_schema(register, REGISTERS)
    for field, column in zip(schema["fields"], register.columns, strict=True):
        text = example(column)
        assert accepts(field, text, schema["missingValues"]) or (not text and column.req), column.name
        assert accepts(field, "", schema["missingValues"]) != column.req
        if column.values:
            assert not accepts(field, "Något annat", schema["missingValues"])
        if column.min is not None:
            assert not accepts(field, str(column.min - 1), schema["missingValues"])


def test_a_key_that_may_be_empty_is_told_in_words() -> None:
    schema = table_schema(REGISTERS["utbildning"], REGISTERS)
    assert "primaryKey" not in schema
    assert "Nyckel: Anställnings-id, Kurskod, Avsnitt och Genomförd." in schema["description"]
    assert table_schema(REGISTERS["personal"], REGISTERS)["primaryKey"] == ["Anställnings-id"]


def test_a_list_and_a_reference_by_another_column_are_no_foreign_keys() -> None:
    foreign = table_schema(REGISTERS["klassningar"], REGISTERS)["foreignKeys"]
    assert foreign == [{"fields": ["Följer upp"], "reference": {"resource": "", "fields": ["Klassnings-id"]}}]
    fields = [key["fields"] for key in table_schema(REGISTERS["informationstillgangar"], REGISTERS)["foreignKeys"]]
    assert ["System-id"] not in fields
