"""registers.fortroendevalda: elected members of the board."""

from expectations.expectation import Expectation
from expectations.patterns import at_least, in_order

SUITE: list[Expectation] = [
    at_least("fortroendevalda", 1, "En nämnd utan förtroendevalda finns inte; exporten är tom."),
    in_order("fran", "till", "Uppdraget slutar innan det börjar", "En sådan ledamot räknas aldrig."),
]
