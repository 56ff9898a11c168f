"""registers.omvarldsbevakning: what happens outside; it stands in the drafted document."""

from expectations.expectation import Expectation
from expectations.patterns import happened

SUITE: list[Expectation] = [happened("omvarldsbevakning", "datum", "Datum", city=True)]
