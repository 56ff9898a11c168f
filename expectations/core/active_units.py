"""core.active_units: one row per unit that is active on B."""

from expectations.expectation import WARNING, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="aktiva_enheter_finns",
        severity=WARNING,
        explanation="Ingen enhet är aktiv på granskningens dag. Kontrollera Aktiv från och Aktiv till.",
        reason="Utan aktiva enheter blir varje andel per enhet ej tillämplig, fast registret har enheter.",
        check="""
            SELECT unit.organisation, max(unit.delivery) AS place
            FROM registers.enheter AS unit
            ANTI JOIN core.active_units AS active ON active.organisation = unit.organisation
            GROUP BY unit.organisation
        """,
    ),
]
