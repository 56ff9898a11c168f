"""registers.revision: audit recommendations. What is secret is told by place alone."""

from expectations.expectation import Expectation
from expectations.patterns import happened, wrong_rows, year

SUITE: list[Expectation] = [
    happened("revision", "atgardad", "Åtgärdad"),
    wrong_rows(
        "revision",
        "atgardad_har_status",
        "each.atgardad IS NOT NULL AND each.status != 'Åtgärdad'",
        "Rekommendationen har en dag i Åtgärdad men är enligt Status öppen. Rätta den som är fel.",
        "REV-01 räknar Status; arbete som är gjort syns inte.",
    ),
    year(1990, 2100, "REV-01 räknar rekommendationer till och med granskningens år."),
]
