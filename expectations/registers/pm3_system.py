"""registers.pm3_system: systems and services."""

from expectations.expectation import WARNING, Expectation
from expectations.patterns import at_least

SUITE: list[Expectation] = [
    at_least("pm3_system", 1, "Varje organisation har minst ett system, så en leverans utan rader är en tom export."),
    Expectation(
        name="ett_id_per_system",
        severity=WARNING,
        explanation="Samma systemnamn står på flera System-id. Slå ihop dem, eller ge dem namn som skiljer dem åt.",
        reason="Klassningar, avtal och behandlingar fördelas då på två id, och båda ser ut att sakna något "
        "(PUB-01, PM3-04).",
        check="""
            SELECT record.organisation, record.delivery, record.row
            FROM registers.pm3_system AS record
            WHERE record.livscykel != 'Avvecklad'
            QUALIFY count(*) OVER (PARTITION BY record.organisation, lower(record.system)) > 1
        """,
    ),
]
