"""core.requirements: one row per course section that is or was mandatory."""

from expectations.expectation import CRITICAL, Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.requirements", "kurskod", "avsnitt"),
    Expectation(
        name="giltig_30_dagar_ar_giltig",
        severity=CRITICAL,
        explanation="Ett krav gällde för 30 dagar sedan men gäller inte nu. Felet är lägesbildens eget; anmäl det.",
        reason="Bara släppet flyttas med dagen, slutet prövas alltid mot B.",
        check="SELECT each.kurskod AS place FROM core.requirements AS each WHERE each.valid_30_days_ago AND NOT "
        "each.valid",
    ),
]
