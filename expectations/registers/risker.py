"""registers.risker: risks and their treatment."""

from expectations.expectation import Expectation
from expectations.patterns import happened, in_order, wrong_rows

SUITE: list[Expectation] = [
    happened("risker", "bedomd", "Bedömd"),
    happened("risker", "klar", "Klar"),
    in_order("bedomd", "klar", "Åtgärden är klar innan risken är bedömd", "Åtgärden följer av bedömningen."),
    wrong_rows(
        "risker",
        "klar_atgard_pa_aktiv_risk",
        "record.status = 'Aktiv' AND record.klar IS NOT NULL AND record.hantering IS DISTINCT FROM 'Åtgärda'",
        "Risken har en dag i Klar men ska enligt Hantering inte åtgärdas. Rätta den som är fel.",
        "RSK-03 räknar bara risker som ska åtgärdas; arbete som är gjort syns inte.",
    ),
]
