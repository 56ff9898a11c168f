"""registers.konsekvensbedomningar: data protection impact assessments."""

from expectations.expectation import Expectation
from expectations.patterns import happened, in_order

SUITE: list[Expectation] = [
    happened("konsekvensbedomningar", "paborjad", "Påbörjad"),
    happened("konsekvensbedomningar", "beslutad", "Beslutad"),
    happened("konsekvensbedomningar", "senast_oversedd", "Senast översedd"),
    in_order(
        "paborjad",
        "beslutad",
        "Bedömningen är beslutad innan den är påbörjad",
        "Bedömningen ska göras före behandlingen och beslutet (GDPR artikel 35.1).",
    ),
    in_order(
        "beslutad",
        "senast_oversedd",
        "Bedömningen är översedd innan den är beslutad",
        "En översyn gäller en beslutad bedömning (GDPR artikel 35.11, DPIA-02).",
    ),
]
