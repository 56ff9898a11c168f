"""registers.enheter: the organisation's units."""

from expectations.expectation import WARNING, Expectation
from expectations.patterns import at_least, ordered

SUITE: list[Expectation] = [
    at_least("enheter", 1, "Varje organisation har minst en enhet, så en leverans utan rader är en tom export."),
    Expectation(
        name="tom_fast_andra_pekar_hit",
        severity=WARNING,
        explanation="Enhetsregistret är tom fast personalen hör till enheter. Leverera enhetsregistret på nytt.",
        reason="En leverans utan rader gäller också, och utan enheter blir varje andel per enhet ej tillämplig i "
        "stället för röd. Gränsen är tio personer, så att en nystartad organisation inte varnas i onödan.",
        check="""
            SELECT source.organisation, max(source.delivery) AS place
            FROM delivered.enheter AS source
            -- counted by themselves: an organisation may have several deliveries in force, of several sources
            SEMI JOIN (
                SELECT person.organisation FROM registers.personal AS person GROUP BY ALL HAVING count(*) >= 10
            ) AS staffed ON staffed.organisation = source.organisation
            ANTI JOIN registers.enheter AS unit ON unit.organisation = source.organisation
            WHERE source.in_force
            GROUP BY source.organisation
        """,
    ),
    Expectation(
        name="enheten_har_personal",
        severity=WARNING,
        explanation="En aktiv enhet har ingen anställd. Avsluta enheten (Aktiv till) eller rätta personalens Enhet.",
        reason="En enhet utan personal räknas i nämnaren för UTB-04, UTB-09, INC-10 och REG-01 men kan aldrig bli "
        "klar.",
        check="""
            SELECT unit.organisation, unit.delivery, unit.row
            FROM core.active_units AS unit
            SEMI JOIN registers.personal AS anybody ON anybody.organisation = unit.organisation
            ANTI JOIN core.employees AS person
                ON person.organisation = unit.organisation AND person.enhet = unit.enhet AND person.employed
        """,
    ),
    ordered(
        "aktiv_fran",
        "aktiv_till",
        "aktiv_fran_fore_aktiv_till",
        "Enheten upphör innan den börjar. Rätta Aktiv från eller Aktiv till.",
        "En sådan enhet är aldrig aktiv och faller ur varje nämnare.",
    ),
]
