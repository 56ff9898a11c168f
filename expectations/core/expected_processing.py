"""core.expected_processing: one row per active unit and type of processing expected of it."""

from expectations.expectation import CRITICAL, Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.expected_processing", "organisation", "enhet", "behandlingstyp"),
    Expectation(
        name="gemensam_ar_tackt",
        severity=CRITICAL,
        explanation="Ett par täcks gemensamt men räknas inte som täckt. Felet är lägesbildens eget; anmäl det.",
        reason="REG-04 är en del av REG-01: det som är gemensamt täckt är täckt.",
        check="""
            SELECT each.organisation, each.delivery, each.row
            FROM core.expected_processing AS each
            WHERE each.covered_jointly AND NOT each.covered
        """,
    ),
]
