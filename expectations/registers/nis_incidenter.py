"""registers.nis_incidenter: incidents in services under NIS. None is an answer, so there is no floor."""

from expectations.expectation import Expectation
from expectations.patterns import happened, in_order, wrong_rows

_STEPS = (
    "Stegen följer på varandra (lag 2018:1174; cybersäkerhetslagen 2 kap. 5–8 §§), så en felskriven tid ger fel "
    "svar i INC-07."
)

SUITE: list[Expectation] = [
    happened("nis_incidenter", "registrerad", "Registrerad"),
    happened("nis_incidenter", "kannedom_day", "Kännedom"),
    happened("nis_incidenter", "forsta_rapport_day", "Första rapport"),
    happened("nis_incidenter", "incidentanmalan_day", "Incidentanmälan"),
    happened("nis_incidenter", "lagesrapport_day", "Lägesrapport"),
    happened("nis_incidenter", "slutrapport_day", "Slutrapport"),
    happened("nis_incidenter", "delgiven_slk", "Delgiven SLK"),
    happened("nis_incidenter", "hanterad_day", "Hanterad"),
    in_order("kannedom", "forsta_rapport_last", "Första rapporten är gjord före kännedomen", _STEPS),
    in_order(
        "forsta_rapport",
        "incidentanmalan_last",
        "Incidentanmälan är gjord före första rapporten",
        _STEPS,
    ),
    in_order(
        "incidentanmalan",
        "slutrapport_last",
        "Slutrapporten är lämnad före incidentanmälan",
        _STEPS,
    ),
    in_order("incidentanmalan", "lagesrapport_last", "Lägesrapporten är lämnad före incidentanmälan", _STEPS),
    in_order("kannedom", "hanterad_last", "Incidenten är hanterad före kännedomen", _STEPS),
    in_order(
        "kannedom_day",
        "registrerad",
        "Incidenten är registrerad före kännedomen",
        "Registreringens dag avgör vilket år incidenten räknas till, så en för tidig dag kan ge fel år.",
    ),
    wrong_rows(
        "nis_incidenter",
        "hanterad_har_status",
        "record.status = 'Pågående' AND record.hanterad IS NOT NULL",
        "Incidenten är pågående men har en tid i Hanterad. Rätta den som är fel.",
        "Så länge den pågår krävs ingen slutrapport (cybersäkerhetslagen 2 kap. 8 §), så steget faller ur INC-07.",
    ),
]
