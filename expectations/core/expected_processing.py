"""core.expected_processing: one row per active unit and type of processing expected of it."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="gemensam_ar_tackt",
        severity=CRITICAL,
        explanation="Ett par täcks gemensamt men räknas inte som täckt. Felet är lägesbildens eget; anmäl det.",
        reason="REG-04 räknar en del av det som REG-01 räknar: en behandling som täcks gemensamt är täckt.",
        check="""
            SELECT record.organisation, record.delivery, record.row
            FROM core.expected_processing AS record
            WHERE record.covered_jointly AND NOT record.covered
        """,
    ),
]
