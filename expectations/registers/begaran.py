"""registers.begaran: requests of data subjects. None is an answer, so there is no floor."""

from expectations.expectation import Expectation
from expectations.patterns import happened, in_order

_TIMES = "Månaden räknas från den dag då begäran kom in (GDPR artikel 12.3); en fel dag ändrar RTT-01."

SUITE: list[Expectation] = [
    happened("begaran", "inkommen", "Inkommen"),
    happened("begaran", "forlangd", "Förlängd"),
    happened("begaran", "besvarad", "Besvarad"),
    in_order("inkommen", "forlangd", "Begäran är förlängd innan den kom in", _TIMES),
    in_order("inkommen", "besvarad", "Begäran är besvarad innan den kom in", _TIMES),
]
