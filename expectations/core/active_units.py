"""core.active_units: one row per unit that is active on B."""

from expectations.expectation import WARNING, Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.active_units", "organisation", "enhet"),
    Expectation(
        name="aktiva_enheter_finns",
        severity=WARNING,
        explanation="Ingen enhet är aktiv på granskningens dag. Kontrollera Aktiv från och Aktiv till.",
        reason="Alla andelar per enhet blir då ej tillämpliga, fast det finns enheter.",
        check="""
            SELECT unit.organisation, max(unit.delivery) AS place
            FROM registers.enheter AS unit
            ANTI JOIN core.active_units AS active ON active.organisation = unit.organisation
            GROUP BY unit.organisation
        """,
    ),
]
