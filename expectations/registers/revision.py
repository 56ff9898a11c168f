"""registers.revision: audit recommendations. What is secret is given by place alone."""

from expectations.expectation import Expectation
from expectations.patterns import happened, wrong_rows, year

SUITE: list[Expectation] = [
    happened("revision", "atgardad", "Åtgärdad"),
    wrong_rows(
        "revision",
        "atgardad_har_status",
        "record.atgardad IS NOT NULL AND record.status != 'Åtgärdad'",
        "Rekommendationen har en dag i Åtgärdad men är enligt Status öppen. Rätta den som är fel.",
        "REV-01 räknar bara Status, så en åtgärd som är gjord men inte har Status Åtgärdad syns inte.",
    ),
    year(1990, 2100, "REV-01 räknar rekommendationer till och med granskningens år."),
]
