"""core.incident_deadlines: one row per incident and report that the law asks for, held against its limit."""

from expectations.expectation import CRITICAL, Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.incident_deadlines", "organisation", "arende_id", "law", "step"),
    Expectation(
        name="grans_och_utslag",
        severity=CRITICAL,
        explanation="En tidsgräns slutar innan den börjar, eller saknar utslag. Felet är lägesbildens eget; "
        "anmäl det.",
        reason="En gräns ligger mellan det tidigaste och det senaste den kan vara; annars prövas INC-03 och "
        "INC-07 fel.",
        check="""
            SELECT each.organisation, each.delivery, each.row
            FROM core.incident_deadlines AS each
            WHERE each.limit_first > each.limit_last OR each.verdict IS NULL
        """,
    ),
]
