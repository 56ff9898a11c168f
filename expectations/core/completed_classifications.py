"""core.completed_classifications: one row per completed classification."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="en_senaste_per_objekt",
        severity=CRITICAL,
        explanation="Ett objekt har inte precis en senaste klassning. Felet är lägesbildens eget; anmäl det.",
        reason="KLA-09 räknar varje objekt en gång, med objektets senaste klassning.",
        check="""
            SELECT record.organisation, min(record.delivery) AS delivery, min(record.row) AS row
            FROM core.completed_classifications AS record
            GROUP BY record.organisation, record.avser, record.avser_id
            HAVING count_if(record.latest) != 1
        """,
    ),
]
