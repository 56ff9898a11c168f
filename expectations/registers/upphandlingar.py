"""registers.upphandlingar: procurements. What they lack is a gap (UPH-01), so the contract's expectations are all."""

from expectations.expectation import Expectation

SUITE: list[Expectation] = []
