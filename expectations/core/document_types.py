"""core.document_types: one row per type of governing document."""

from typing import TYPE_CHECKING

from expectations.expectation import CRITICAL, Expectation
from expectations.patterns import one_row_per

if TYPE_CHECKING:
    from great_expectations.expectations import Expectation as GxExpectation


def _ten_rows() -> "GxExpectation":
    from great_expectations.expectations import ExpectTableRowCountToEqual

    return ExpectTableRowCountToEqual(value=10)


SUITE: list[Expectation] = [
    one_row_per("core.document_types", "typ"),
    Expectation(
        name="tio_typer",
        severity=CRITICAL,
        explanation="Dokumenttyperna är inte tio. Felet är lägesbildens eget; anmäl det.",
        reason="STY-02 mäter de tio typerna i styrdokumentens kontrakt.",
        check=_ten_rows,
    ),
]
