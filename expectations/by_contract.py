"""What is expected of every register, as far as its contract tells: keys, receipts, volume, references and days. A
register's module says the rest.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from assets.registers.contract import CITY, Register
from assets.registers.landed import key_fields, landed_fields
from expectations.against_earlier import against_earlier
from expectations.expectation import CRITICAL, WARNING, Expectation
from expectations.patterns import one_row_per
from expectations.references import references

if TYPE_CHECKING:
    from great_expectations.expectations import Expectation as GxExpectation

SHRUNK = 0.30
QUARANTINED = 0.20

FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2099, 12, 31)


def by_contract(register: Register, registers: Mapping[str, Register]) -> list[Expectation]:
    """What every register is expected to hold, this one included. `registers`: all of them, for the references."""
    owner = () if register.level == "city" else ("organisation",)
    return [
        one_row_per(f"registers.{register.name}", *owner, *key_fields(register)),
        _as_received(register),
        _rows_add_up(register),
        _quarantined(register),
        *([_one_in_force(register), _shrunk(register)] if register.mode == "snapshot" else []),
        *references(register, registers),
        *_days(register),
        *against_earlier(register),
    ]


def _as_received(register: Register) -> Expectation:
    # of an accumulating register, a later delivery's rows take the place of earlier ones
    compared = "!=" if register.mode == "snapshot" else ">"
    owner = f"'{CITY}'" if register.level == "city" else "each.organisation"
    return Expectation(
        name="inlast_som_kvitterat",
        severity=CRITICAL,
        explanation="Tabellen har inte de rader som leveransen gav. Felet är lägesbildens eget; anmäl det.",
        reason="Lästa rader = inlästa + karantän + dubbletter, och ingen rad försvinner.",
        check=f"""
            SELECT told.organisation, told.delivery AS place
            FROM (
                SELECT organisation, delivery, sum(loaded) AS loaded
                FROM delivered.{register.name} WHERE in_force GROUP BY ALL
            ) AS told
            LEFT JOIN (
                SELECT {owner} AS organisation, each.delivery, count(*) AS rows
                FROM registers.{register.name} AS each GROUP BY ALL
            ) AS there ON there.organisation = told.organisation AND there.delivery = told.delivery
            WHERE coalesce(there.rows, 0) {compared} told.loaded
        """,
    )


def _rows_add_up(register: Register) -> Expectation:
    return Expectation(
        name="radsumman_stammer",
        severity=CRITICAL,
        explanation="Lästa rader är inte inlästa + karantän + dubbletter. Felet är lägesbildens eget; anmäl det.",
        reason="Lästa rader = inlästa + karantän + dubbletter, och ingen rad försvinner.",
        check=f"""
            SELECT told.organisation, told.delivery AS place
            FROM delivered.{register.name} AS told
            WHERE told.read IS DISTINCT FROM told.loaded + told.quarantined + told.duplicates
        """,
    )


def _quarantined(register: Register) -> Expectation:
    return Expectation(
        name="andel_i_karantan",
        severity=WARNING,
        explanation=f"Mer än {QUARANTINED:.0%} av raderna hamnade i karantän. Se karantan.csv, rätta och leverera "
        "om.",
        reason="Enstaka rader i karantän är vardag; var femte tyder på ändrat format eller fel export.",
        check=f"""
            SELECT told.organisation, told.delivery AS place
            FROM delivered.{register.name} AS told
            WHERE told.in_force AND told.quarantined > {QUARANTINED} * told.read
        """,
    )


def _one_in_force(register: Register) -> Expectation:
    return Expectation(
        name="en_leverans_i_kraft",
        severity=CRITICAL,
        explanation="Två leveranser gäller på en gång. Felet är lägesbildens eget; anmäl det.",
        reason="Av ett nulägesregister gäller den nyaste; med två i kraft räknas raderna dubbelt.",
        check=f"""
            SELECT told.organisation, min(told.delivery) AS place
            FROM delivered.{register.name} AS told
            WHERE told.in_force
            GROUP BY told.organisation
            HAVING count(*) > 1
        """,
    )


def _shrunk(register: Register) -> Expectation:
    return Expectation(
        name="volym_mot_forra",
        severity=WARNING,
        explanation=f"Leveransen har mer än {SHRUNK:.0%} färre rader än den förra. Kontrollera att exporten är hel.",
        reason="Ett register av nuläget krymper sällan med en tredjedel på en gång; en avbruten export gör det.",
        check=f"""
            SELECT now.organisation, now.delivery AS place
            FROM delivered.{register.name} AS now
            JOIN delivered.{register.name} AS earlier ON earlier.organisation = now.organisation AND earlier.age = 1
            WHERE now.age = 0 AND now.loaded < (1 - {SHRUNK}) * earlier.loaded
        """,
    )


def _days(register: Register) -> Iterator[Expectation]:
    fields = landed_fields(register)
    for column in register.columns:
        field = column.slug if column.type == "date" else f"{column.slug}_day"
        if column.type in ("date", "datetime") and field in fields:
            yield Expectation(
                name=f"{column.slug}_rimligt",
                severity=WARNING,
                explanation=f"{column.name} ligger före {FIRST_DAY.year} eller efter {LAST_DAY.year}. "
                "Rätta datumet, eller lämna det tomt där det inte är känt.",
                reason="1970-01-01 och 1900-tal är datorers nollor, inte dagar; tillsvidare skrivs ofta 2099-12-31.",
                check=partial(_between, field),
            )


def _between(field: str) -> "GxExpectation":
    from great_expectations.expectations import ExpectColumnValuesToBeBetween

    return ExpectColumnValuesToBeBetween(column=field, min_value=FIRST_DAY, max_value=LAST_DAY)
