"""registers.personuppgiftsincidenter: personal-data breaches. None is an answer, so there is no floor."""

from expectations.expectation import INFO, Expectation
from expectations.patterns import happened, in_order

_TIMES = (
    "En incident inträffar, upptäcks, blir känd och anmäls, i den ordningen. De 72 timmarna räknas från kännedomen "
    "(GDPR artikel 33.1), så en felskriven tid ger fel svar i INC-03."
)

SUITE: list[Expectation] = [
    happened("personuppgiftsincidenter", "registrerad", "Registrerad"),
    happened("personuppgiftsincidenter", "kannedom_day", "Kännedom"),
    happened("personuppgiftsincidenter", "anmald_imy_day", "Anmäld IMY"),
    happened("personuppgiftsincidenter", "registrerade_informerade", "Registrerade informerade"),
    happened("personuppgiftsincidenter", "atgard_klar", "Åtgärd klar"),
    in_order(
        "intraffad",
        "upptackt_last",
        "Incidenten är upptäckt innan den har inträffat",
        _TIMES,
    ),
    in_order("upptackt", "kannedom_last", "Kännedomen är tidigare än upptäckten", _TIMES),
    in_order(
        "kannedom",
        "anmald_imy_last",
        "Incidenten är anmäld till IMY före kännedomen",
        _TIMES,
    ),
    in_order(
        "intraffad_day",
        "registrerad",
        "Incidenten är registrerad innan den har inträffat",
        "Registreringens dag avgör vilket år incidenten räknas till, så en för tidig dag kan ge fel år.",
    ),
    in_order(
        "registrerad",
        "atgard_klar",
        "Åtgärden är klar innan incidenten är registrerad",
        "En åtgärd följer av incidenten och kan inte vara klar före den (INC-06).",
    ),
    Expectation(
        name="avslutad_utan_oppen_atgard",
        severity=INFO,
        explanation="Incidenten är avslutad men dess åtgärd är inte klar. Fyll i Åtgärd klar, eller öppna "
        "incidenten.",
        reason="Åtgärden är det sista som sker. Att den dröjer är redan en brist i INC-06, så här visas det bara.",
        check="""
            SELECT record.organisation, record.delivery, record.row
            FROM registers.personuppgiftsincidenter AS record
            WHERE record.status = 'Avslutad' AND record.atgard_klar_senast IS NOT NULL AND record.atgard_klar IS NULL
        """,
    ),
]
