"""core.document_types: one row per type of governing document."""

from expectations.expectation import CRITICAL, Expectation, Native

SUITE: list[Expectation] = [
    Expectation(
        name="tio_typer",
        severity=CRITICAL,
        explanation="Dokumenttyperna är inte tio. Felet är lägesbildens eget; anmäl det.",
        reason="STY-02 mäter om organisationen har de tio typer av styrdokument som kontraktet räknar upp.",
        check=Native("ExpectTableRowCountToEqual", {"value": 10}),
    ),
]
