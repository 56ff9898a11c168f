"""registers.handlingsplan: the three-year plan."""

from expectations.expectation import Expectation
from expectations.patterns import at_least, happened, wrong_rows, year

SUITE: list[Expectation] = [
    at_least(
        "handlingsplan",
        1,
        "Ledningens genomgång ska ha en handlingsplan (källdokumentet, kapitel 3): en tom leverans är en tom export.",
    ),
    happened("handlingsplan", "klar", "Klar"),
    year(2000, 2100, "PLAN-01 räknar aktiviteter för granskningens år; ett felskrivet år räknas aldrig."),
    wrong_rows(
        "handlingsplan",
        "klar_har_status_klar",
        "record.klar IS NOT NULL AND record.status != 'Klar'",
        "Aktiviteten har en dag i Klar men är enligt Status inte klar. Rätta den som är fel.",
        "Bara Status Klar räknas som genomförd, så en aktivitet som är gjord men har en annan status syns inte.",
    ),
]
