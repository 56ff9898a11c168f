"""registers.revision: audit recommendations. What is secret is told by place alone."""

from expectations.expectation import Expectation
from expectations.patterns import happened, wrong_rows

SUITE: list[Expectation] = [
    happened("revision", "atgardad", "Åtgärdad"),
    wrong_rows(
        "revision",
        "atgardad_har_status",
        "each.atgardad IS NOT NULL AND each.status != 'Åtgärdad'",
        "Rekommendationen har en dag i Åtgärdad men är enligt Status öppen. Rätta den som är fel.",
        "REV-01 räknar Status; arbete som är gjort syns inte.",
    ),
    wrong_rows(
        "revision",
        "ar_rimligt",
        "each.ar NOT BETWEEN 1990 AND 2100",
        "År är inget årtal. Skriv fyra siffror.",
        "REV-01 räknar rekommendationer till och med granskningens år.",
    ),
]
