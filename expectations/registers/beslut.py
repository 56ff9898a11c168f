"""registers.beslut: what the management reviews decided."""

from expectations.expectation import Expectation
from expectations.patterns import happened, in_order, wrong_rows

SUITE: list[Expectation] = [
    happened("beslut", "genomgang", "Genomgång"),
    happened("beslut", "klar", "Klar"),
    in_order("genomgang", "klar", "Beslutet är klart innan det fattades", "Genomgången avgör när det gäller."),
    wrong_rows(
        "beslut",
        "klar_har_status_klar",
        "record.klar IS NOT NULL AND record.status != 'Klar'",
        "Beslutet har en dag i Klar men är enligt Status inte klart. Rätta den som är fel.",
        "BES-01 räknar bara Status Klar som genomfört: arbete som är gjort syns inte.",
    ),
]
