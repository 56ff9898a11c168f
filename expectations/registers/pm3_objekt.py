"""registers.pm3_objekt: maintenance objects and their roles."""

from expectations.expectation import Expectation
from expectations.patterns import happened

SUITE: list[Expectation] = [
    happened("pm3_objekt", "komponenter_kartlagda", "Komponenter kartlagda"),
]
