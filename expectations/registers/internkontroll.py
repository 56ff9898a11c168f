"""registers.internkontroll: the checks of the internal control plan."""

from expectations.expectation import Expectation
from expectations.patterns import happened, in_order, wrong_rows, year

SUITE: list[Expectation] = [
    happened("internkontroll", "utford", "Utförd"),
    happened("internkontroll", "atgard_klar", "Åtgärd klar"),
    in_order(
        "utford",
        "atgard_klar",
        "Åtgärden är klar före kontrollen som den följer av",
        "En åtgärd följer av en avvikelse som kontrollen har funnit (IKP-03).",
    ),
    wrong_rows(
        "internkontroll",
        "resultat_nar_utford",
        "(record.utford IS NULL) != (record.resultat IS NULL)",
        "Kontrollen har ett resultat utan dag, eller en dag utan resultat. Fyll i det som saknas.",
        "IKP-01 räknar dagen och IKP-02 resultatet; med bara det ena säger de olika.",
    ),
    year(2000, 2100, "IKP-01 räknar kontroller för granskningens år; ett felskrivet år räknas aldrig."),
]
