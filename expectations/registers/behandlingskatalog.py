"""registers.behandlingskatalog: the city's list of what each kind of unit is expected to have registered."""

from expectations.expectation import Expectation
from expectations.patterns import at_least

SUITE: list[Expectation] = [
    at_least(
        "behandlingskatalog",
        1,
        "REG-01 mäter mot de behandlingar som staden förväntar sig; utan dem finns inget att mäta.",
    ),
]
