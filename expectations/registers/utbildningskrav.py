"""registers.utbildningskrav: the city's mandatory training."""

from expectations.expectation import WARNING, Expectation
from expectations.patterns import at_least

SUITE: list[Expectation] = [
    at_least("utbildningskrav", 1, "Utan krav har UTB-01 till UTB-08 inget att mäta."),
    Expectation(
        name="slapps_fore_galler_till",
        severity=WARNING,
        explanation="Kravet upphör innan det börjar gälla. Rätta Släpps eller Gäller till.",
        reason="Ett sådant krav gäller aldrig, och ingen mäts mot det.",
        check="""
            SELECT each.delivery, each.row
            FROM registers.utbildningskrav AS each
            WHERE each.slapps > each.galler_till
        """,
    ),
]
