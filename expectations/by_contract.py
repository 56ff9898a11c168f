"""What is expected of every register, as far as its contract goes: keys, cells, receipts, volume, references, days.

A register's module says the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assets.registers.column import Column
from assets.registers.contract import Register
from assets.registers.landed import key_fields, landed_fields
from assets.registers.pattern import anchored
from expectations.against_earlier import against_earlier
from expectations.against_receipts import against_receipts
from expectations.expectation import CRITICAL, Expectation
from expectations.patterns import OWN_FAULT, between, grain, in_set, not_null, of_form
from expectations.references import references

FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2099, 12, 31)

_KEPT_BY_INTAKE = (
    "Registrets kontrakt kräver det. En rad eller cell som bryter mot det sätts i karantän när den läses in; står "
    "den ändå i tabellen blir siffrorna fel."
)


def by_contract(register: Register, registers: Mapping[str, Register]) -> list[Expectation]:
    """What every register is expected to hold, this one included. `registers`: all of them, for the references."""
    return [
        _grain(register),
        *_cells(register),
        *against_receipts(register),
        *references(register, registers),
        *_days(register),
        *against_earlier(register),
    ]


def _grain(register: Register) -> Expectation:
    owner = () if register.level == "city" else ("organisation",)
    optional = {
        field for name in register.key if not register.by_name[name].req for field in _fields_of(register, name)
    }
    return grain(f"registers.{register.name}", (*owner, *key_fields(register)), optional)


def _fields_of(register: Register, key: str) -> list[str]:
    slug = register.by_name[key].slug
    return [field for field in key_fields(register) if field in (slug, f"{slug}_last")]


def _cells(register: Register) -> Iterator[Expectation]:
    """Intake's promise, held against what has landed: required cells are filled, lists and limits are kept."""
    table, landed = f"registers.{register.name}", landed_fields(register)
    if register.level != "city":
        yield not_null(table, "organisation", "Organisationen", "En rad utan organisation räknas i ingen siffra.")
    for column in register.columns:
        if column.slug in landed:
            yield from _cells_of(table, column)


def _cells_of(table: str, column: Column) -> Iterator[Expectation]:
    if column.req:
        yield not_null(table, column.slug, column.name, _KEPT_BY_INTAKE)
    if column.type == "enum":
        yield in_set(table, column.slug, column.name, column.values, _KEPT_BY_INTAKE)
    if column.pattern is not None:
        yield of_form(table, column.slug, column.name, anchored(column.pattern), _KEPT_BY_INTAKE)
    if column.min is not None or column.max is not None:
        wrong = f"{column.name} ligger i {table} utanför kontraktets gränser. {OWN_FAULT}"
        kept = between(column.slug, column.min, column.max, wrong, _KEPT_BY_INTAKE, CRITICAL)
        yield replace(kept, name=f"{column.slug}_inom_kontraktet")


def _days(register: Register) -> Iterator[Expectation]:
    """Of a time its day is asked, since that is what figures and deadlines count."""
    landed = landed_fields(register)
    for column in register.columns:
        field = f"{column.slug}_day" if column.type == "datetime" else column.slug
        if column.type in ("date", "datetime") and field in landed:
            yield between(
                field,
                FIRST_DAY,
                LAST_DAY,
                f"{column.name} ligger före {FIRST_DAY} eller efter {LAST_DAY}. Rätta datumet, eller lämna det tomt "
                "där det inte är känt.",
                "1970-01-01 och dagar på 1900-talets början är datorers och kalkylarks nollor, inte riktiga datum; "
                "tillsvidare skrivs som senast 2099-12-31.",
            )
