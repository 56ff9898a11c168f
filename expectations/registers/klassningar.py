"""registers.klassningar: information classifications (KLASSA)."""

from expectations.expectation import Expectation
from expectations.patterns import happened, wrong_rows

SUITE: list[Expectation] = [
    happened("klassningar", "genomford", "Genomförd"),
    wrong_rows(
        "klassningar",
        "uppfyllda_krav_ryms",
        "record.krav_uppfyllda > record.krav_totalt",
        "Fler krav är uppfyllda än det finns. Rätta Krav totalt eller Krav uppfyllda.",
        "KLA-09 räknar högst alla krav som uppfyllda, så klassningen ser helt uppfylld ut och felet syns inte.",
    ),
    wrong_rows(
        "klassningar",
        "klar_har_dag",
        "record.status = 'Klar' AND record.genomford IS NULL",
        "Klassningen är klar men har ingen dag i Genomförd. Fyll i dagen.",
        "Utan dag räknas klassningen inte som genomförd.",
    ),
    wrong_rows(
        "klassningar",
        "foljer_inte_upp_sig_sjalv",
        "record.foljer_upp = record.klassnings_id",
        "Klassningen följer upp sig själv. Ange den tidigare klassningens id, eller töm Följer upp.",
        "Den räknas då som uppföljning (KLA-02) i stället för som ny klassning (KLA-01).",
    ),
]
