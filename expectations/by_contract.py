"""What is expected of every register, as far as its contract goes: keys, cells, receipts, volume, references, days.

A register's module says the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assets.registers.column import Column
from assets.registers.contract import CITY, Register
from assets.registers.landed import key_fields, landed_fields
from assets.registers.pattern import anchored
from expectations.against_earlier import against_earlier
from expectations.expectation import CRITICAL, WARNING, Expectation
from expectations.patterns import OWN_FAULT, between, grain, in_set, not_null, of_form, same_file
from expectations.references import references

SHRUNK = 0.30
QUARANTINED = 0.20
NOTES, SHARE_OF_NOTES = 10, 0.10

FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2099, 12, 31)

_KEPT_BY_INTAKE = (
    "Registrets kontrakt kräver det. En rad eller cell som bryter mot det sätts i karantän när den läses in; står "
    "den ändå i tabellen blir siffrorna fel."
)
_NO_ROW_LOST = "Varje läst rad är inläst, i karantän eller en dubblett: ingen rad får försvinna."


def by_contract(register: Register, registers: Mapping[str, Register]) -> list[Expectation]:
    """What every register is expected to hold, this one included. `registers`: all of them, for the references."""
    return [
        _grain(register),
        *_cells(register),
        _as_received(register),
        _rows_add_up(register),
        _quarantined(register),
        _notes(register),
        *([_one_in_force(register), _shrunk(register)] if register.mode == "snapshot" else []),
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


def _as_received(register: Register) -> Expectation:
    # of an accumulating register, a later delivery's rows take the place of earlier ones; of any, another source's
    compared = "!=" if register.mode == "snapshot" else ">"
    owner = f"'{CITY}'" if register.level == "city" else "record.organisation"
    return Expectation(
        name="inlast_som_kvitterat",
        severity=CRITICAL,
        explanation=f"Tabellen har inte de rader som leveransen gav. {OWN_FAULT}",
        reason=_NO_ROW_LOST,
        check=f"""
            SELECT source.organisation, source.delivery AS place
            FROM (
                SELECT organisation, delivery, sum(loaded) AS loaded
                FROM delivered.{register.name} WHERE in_force GROUP BY ALL
            ) AS source
            LEFT JOIN (
                SELECT organisation, delivery, count(*) AS rows
                FROM (
                    SELECT {owner} AS organisation, record.delivery FROM registers.{register.name} AS record
                    UNION ALL
                    SELECT organisation, delivery FROM intake.doubles WHERE register = '{register.name}'
                )
                GROUP BY ALL
            ) AS landed ON landed.organisation = source.organisation AND {same_file("landed", "source")}
            GROUP BY source.organisation, source.delivery, source.loaded
            HAVING coalesce(sum(landed.rows), 0) {compared} source.loaded
        """,
    )


def _rows_add_up(register: Register) -> Expectation:
    return Expectation(
        name="radsumman_stammer",
        severity=CRITICAL,
        explanation=f"Lästa rader är inte inlästa + karantän + dubbletter. {OWN_FAULT}",
        reason=_NO_ROW_LOST,
        check=f"""
            SELECT source.organisation, source.delivery AS place
            FROM delivered.{register.name} AS source
            WHERE source.read IS DISTINCT FROM source.loaded + source.quarantined + source.duplicates
        """,
    )


def _quarantined(register: Register) -> Expectation:
    return Expectation(
        name="andel_i_karantan",
        severity=WARNING,
        explanation=f"Mer än {QUARANTINED * 100:.0f} procent av raderna hamnade i karantän. Se karantan.csv, rätta "
        "och leverera om.",
        reason="Enstaka rader i karantän är vardag. När det är mer än var femte har formatet oftast ändrats, eller "
        "så är det fel export.",
        check=f"""
            SELECT source.organisation, source.delivery AS place
            FROM delivered.{register.name} AS source
            WHERE source.in_force AND source.quarantined > {QUARANTINED} * source.read
        """,
    )


def _notes(register: Register) -> Expectation:
    return Expectation(
        name="fa_noter",
        severity=WARNING,
        explanation=f"Mer än {NOTES} rader, eller fler än en av tio, hoppades över som anteckningar: bara en cell av "
        "dem är ifylld, eller så är de summor. Kontrollera att det inte är registrets egna rader, och exportera om.",
        reason="En fotnot är vardag. När de är många är det oftast rader som exporten har brutit sönder.",
        check=f"""
            SELECT source.organisation, source.delivery AS place
            FROM delivered.{register.name} AS source
            WHERE source.in_force
                AND (source.notes > {NOTES} OR source.notes > 1 AND source.notes > {SHARE_OF_NOTES} * source.read)
        """,
    )


def _one_in_force(register: Register) -> Expectation:
    return Expectation(
        name="en_leverans_i_kraft",
        severity=CRITICAL,
        explanation=f"Två leveranser gäller på en gång. {OWN_FAULT}",
        reason="Av ett register som visar nuläget gäller bara den nyaste leveransen; med två i kraft räknas "
        "raderna dubbelt.",
        check=f"""
            SELECT source.organisation, min(source.delivery) AS place
            FROM delivered.{register.name} AS source
            WHERE source.in_force AND source.source IS NULL  -- a source may have several sequences
            GROUP BY source.organisation
            HAVING count(*) > 1
        """,
    )


def _shrunk(register: Register) -> Expectation:
    return Expectation(
        name="volym_mot_forra",
        severity=WARNING,
        explanation=f"Leveransen har över {SHRUNK * 100:.0f} procent färre rader än den förra. Kontrollera att "
        "exporten är hel.",
        reason="Ett register som visar nuläget krymper sällan med nästan en tredjedel på en gång; en avbruten "
        "export gör det.",
        check=f"""
            SELECT now.organisation, now.delivery AS place
            FROM delivered.{register.name} AS now
            JOIN delivered.{register.name} AS earlier
                ON earlier.organisation = now.organisation AND earlier.source IS NOT DISTINCT FROM now.source
                AND earlier.age = 1
            WHERE now.age = 0 AND now.loaded < (1 - {SHRUNK}) * earlier.loaded
        """,
    )


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
