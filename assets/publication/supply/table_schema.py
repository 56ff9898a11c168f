"""A contract as a Table Schema (Frictionless), for suppliers who make the export.

It asks for one of the ways in which a delivery may be written, the strictest: what fits it is read whole. What a
schema can't say (a heading that may be empty, a condition, a list's references) stands in the descriptions.
"""

from collections.abc import Mapping
from typing import Any

from assets.publication.supply.guide import YES_NO, column_guide, guide
from assets.registers.column import Column
from assets.registers.contract import Register

MISSING = ("", "-", "–", "NULL", "#N/A")

_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "list": {"type": "string"},
    "enum": {"type": "string"},
    "date": {"type": "date", "format": "%Y-%m-%d"},
    "datetime": {"type": "string", "constraints": {"pattern": r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?"}},
    "int": {"type": "integer"},
    "number": {"type": "number", "decimalChar": ",", "groupChar": " "},
    "bool": {"type": "boolean", "trueValues": [YES_NO[0]], "falseValues": [YES_NO[1]]},
}
"""A datetime is a text of a given form, since of some events the day alone is known."""


def table_schema(register: Register, registers: Mapping[str, Register]) -> dict[str, Any]:
    """The schema as JSON's own types. `registers`: all of them, for the foreign keys.

    A key some of whose columns may be empty is no primary key of a schema's, and is told in words alone.
    """
    own = guide(register, registers)
    description = [own.holds, own.delivery, f"Nyckel: {own.key}." if own.key else ""]
    schema: dict[str, Any] = {
        "name": register.name,
        "title": own.called,
        "description": " ".join(filter(None, description)),
        "fields": [_field(column, registers) for column in register.columns],
        "missingValues": list(MISSING),
    }
    if register.key and all(register.by_name[name].req for name in register.key):
        schema["primaryKey"] = list(register.key)
    if foreign := [_foreign_key(column, register, registers) for column in register.columns if _is_foreign(column)]:
        schema["foreignKeys"] = foreign
    return schema


def _field(column: Column, registers: Mapping[str, Register]) -> dict[str, Any]:
    own, kind = column_guide(column, registers), _TYPES[column.type]
    constraints = dict(kind.get("constraints", {}))
    if column.req:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    bounds = {"minimum": column.min, "maximum": column.max, "pattern": column.pattern}
    constraints |= {name: bound for name, bound in bounds.items() if bound is not None}
    field = {"name": column.name, **kind, "description": own.note.replace("\n", " ")}
    if column.example:
        field["example"] = column.example
    field.pop("constraints", None)
    return field | ({"constraints": constraints} if constraints else {})


def _is_foreign(column: Column) -> bool:
    return column.ref is not None and column.type != "list"


def _foreign_key(column: Column, register: Register, registers: Mapping[str, Register]) -> dict[str, Any]:
    """A reference is held against the first column of the other's key. The register itself has no name here."""
    target = registers[column.ref or ""]
    resource = "" if target.name == register.name else target.name
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [target.key[0]]}}
