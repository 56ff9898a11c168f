"""marts.deliveries: every file seen, and what became of it."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="radsumman_stammer",
        severity=CRITICAL,
        explanation="Lästa rader är inte inlästa + karantän + dubbletter. Felet är lägesbildens eget; anmäl det.",
        reason="Ingen rad försvinner.",
        check="""
            SELECT told.organisation, told.name AS place
            FROM marts.deliveries AS told
            WHERE told.status IN ('i kraft', 'ersatt')
                AND told.read IS DISTINCT FROM told.loaded + told.quarantined + told.duplicates
        """,
    ),
    Expectation(
        name="varje_register_finns_eller_saknas",
        severity=CRITICAL,
        explanation="Ett register syns inte bland leveranserna, inte ens som saknat. Felet är lägesbildens eget; "
        "anmäl det.",
        reason="En rad för varje fil, och en saknas för varje register utan fil.",
        check="""
            SELECT everybody.organisation, register.register AS place
            FROM (SELECT organisation FROM intake.organisations UNION ALL SELECT 'staden') AS everybody
            JOIN intake.registers AS register
                ON (register.level = 'city') = (everybody.organisation = 'staden')
            ANTI JOIN marts.deliveries AS told
                ON told.organisation = everybody.organisation AND told.register = register.register
        """,
    ),
]
