"""registers.internkontroll: the checks of the internal control plan."""

from expectations.expectation import Expectation
from expectations.patterns import happened, in_order, wrong_rows

SUITE: list[Expectation] = [
    happened("internkontroll", "utford", "Utförd"),
    happened("internkontroll", "atgard_klar", "Åtgärd klar"),
    in_order(
        "internkontroll",
        "utford",
        "atgard_klar",
        "Åtgärden är klar före kontrollen som den följer av",
        "En åtgärd följer av en avvikelse som kontrollen har funnit (IKP-03).",
    ),
    wrong_rows(
        "internkontroll",
        "resultat_nar_utford",
        "(each.utford IS NULL) != (each.resultat IS NULL)",
        "Kontrollen har ett resultat utan dag, eller en dag utan resultat. Fyll i det som saknas.",
        "IKP-01 räknar dagen och IKP-02 resultatet; med bara det ena säger de olika.",
    ),
    wrong_rows(
        "internkontroll",
        "ar_rimligt",
        "each.ar NOT BETWEEN 2000 AND 2100",
        "År är inget årtal. Skriv fyra siffror.",
        "IKP-01 räknar kontroller för granskningens år; ett felskrivet år räknas aldrig.",
    ),
]
