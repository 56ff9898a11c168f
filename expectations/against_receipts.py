"""Rows against the receipts of their deliveries: none is lost, none counts twice, few are in quarantine."""

from assets.registers.contract import CITY, Register
from expectations.expectation import CRITICAL, WARNING, Expectation
from expectations.patterns import OWN_FAULT, same_file

SHRUNK = 0.30
QUARANTINED = 0.20
NOTES, SHARE_OF_NOTES = 10, 0.10

_NO_ROW_LOST = "Varje läst rad är inläst, i karantän eller en dubblett: ingen rad får försvinna."


def against_receipts(register: Register) -> list[Expectation]:
    """What is expected of a register by what the receipts of its deliveries count."""
    return [
        _as_received(register),
        _rows_add_up(register),
        _quarantined(register),
        _notes(register),
        *([_one_in_force(register), _shrunk(register)] if register.mode == "snapshot" else []),
    ]


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
            WITH source AS (
                SELECT organisation, delivery, sum(loaded) AS loaded
                FROM delivered.{register.name} WHERE in_force GROUP BY ALL
            ),
            landed AS (
                SELECT organisation, delivery, count(*) AS rows
                FROM (
                    SELECT {owner} AS organisation, record.delivery FROM registers.{register.name} AS record
                    UNION ALL
                    SELECT organisation, delivery FROM intake.doubles WHERE register = '{register.name}'
                )
                GROUP BY ALL
            )
            SELECT source.organisation, source.delivery AS place
            FROM source
            LEFT JOIN landed ON landed.organisation = source.organisation AND {same_file("landed", "source")}
            GROUP BY source.organisation, source.delivery, source.loaded
            HAVING coalesce(sum(landed.rows), 0) {compared} source.loaded
            UNION ALL
            -- and rows of a file that isn't in force: a replaced one's count beside those that took their place
            SELECT landed.organisation, landed.delivery AS place
            FROM landed
            ANTI JOIN source ON source.organisation = landed.organisation AND {same_file("landed", "source")}
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
