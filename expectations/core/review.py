"""core.review: one row: the review date."""

from typing import TYPE_CHECKING

from expectations.expectation import CRITICAL, Expectation

if TYPE_CHECKING:
    from great_expectations.expectations import Expectation as GxExpectation


def _one_row() -> "GxExpectation":
    from great_expectations.expectations import ExpectTableRowCountToEqual

    return ExpectTableRowCountToEqual(value=1)


SUITE: list[Expectation] = [
    Expectation(
        name="precis_en_rad",
        severity=CRITICAL,
        explanation="Granskningens dag är inte satt, eller satt flera gånger. Felet är lägesbildens eget; anmäl det.",
        reason="Utan dagen ger varje modell inga rader, och med två räknas allt dubbelt.",
        check=_one_row,
    ),
]
