"""marts.deliveries: every file seen, and what became of it."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="radsumman_stammer",
        severity=CRITICAL,
        explanation="Lästa rader är inte inlästa + karantän + dubbletter. Felet är lägesbildens eget; anmäl det.",
        reason="Varje läst rad är inläst, i karantän eller en dubblett: ingen rad får försvinna.",
        check="""
            SELECT source.organisation, source.name AS place
            FROM marts.deliveries AS source
            WHERE source.status IN ('i kraft', 'ersatt')
                AND source.read IS DISTINCT FROM source.loaded + source.quarantined + source.duplicates
        """,
    ),
    Expectation(
        name="varje_register_finns_eller_saknas",
        severity=CRITICAL,
        explanation="Ett register syns inte bland leveranserna, inte ens som saknat. Felet är lägesbildens eget; "
        "anmäl det.",
        reason="Varje register ska synas bland leveranserna, med en rad per fil eller som saknat.",
        check="""
            SELECT everybody.organisation, register.register AS place
            FROM (SELECT organisation FROM intake.organisations UNION ALL SELECT 'staden') AS everybody
            JOIN intake.registers AS register
                ON (register.level = 'city') = (everybody.organisation = 'staden')
            ANTI JOIN marts.deliveries AS source
                ON source.organisation = everybody.organisation AND source.register = register.register
        """,
    ),
]
