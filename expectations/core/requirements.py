"""core.requirements: one row per course section that is or was mandatory."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="giltig_30_dagar_ar_giltig",
        severity=CRITICAL,
        explanation="Ett krav gällde för 30 dagar sedan men gäller inte nu. Felet är lägesbildens eget; anmäl det.",
        reason="Ett krav som gällde för 30 dagar sedan gäller också nu, eftersom dess slut alltid prövas mot "
        "granskningens dag.",
        check="""
            SELECT record.kurskod AS place
            FROM core.requirements AS record
            WHERE record.valid_30_days_ago AND NOT record.valid
        """,
    ),
]
