"""registers.utbildningstillfallen: joint sections and classroom training, planned ones too."""

from expectations.expectation import Expectation
from expectations.patterns import wrong_rows

SUITE: list[Expectation] = [
    wrong_rows(
        "utbildningstillfallen",
        "antal_som_deltagare",
        "record.antal_deltagare < len(list_distinct(record.deltagare))",
        "Antal deltagare är färre än de som står i Deltagare. Rätta antalet.",
        "UTB-05 räknar antalet där det finns; ett för lågt antal sänker siffran.",
    ),
]
