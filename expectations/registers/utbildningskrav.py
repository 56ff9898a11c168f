"""registers.utbildningskrav: the city's mandatory training."""

from expectations.expectation import Expectation
from expectations.patterns import at_least, ordered

SUITE: list[Expectation] = [
    at_least("utbildningskrav", 1, "UTB-01 till UTB-08 mäter mot kraven; utan dem finns inget att mäta."),
    ordered(
        "slapps",
        "galler_till",
        "slapps_fore_galler_till",
        "Kravet upphör innan det börjar gälla. Rätta Släpps eller Gäller till.",
        "Ett sådant krav gäller aldrig, så ingen mäts mot det.",
    ),
]
