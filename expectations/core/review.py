"""core.review: one row: the review date."""

from expectations.expectation import CRITICAL, Expectation, Native

SUITE: list[Expectation] = [
    Expectation(
        name="precis_en_rad",
        severity=CRITICAL,
        explanation="Granskningens dag är inte satt, eller satt flera gånger. Felet är lägesbildens eget; anmäl det.",
        reason="Varje siffra räknas per granskningens dag: utan den blir alla tabeller tomma, och med två räknas "
        "allt dubbelt.",
        check=Native("ExpectTableRowCountToEqual", {"value": 1}),
    ),
]
