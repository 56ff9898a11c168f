"""registers.registerforteckning: records of processing activities (GDPR article 30)."""

from expectations.expectation import Expectation
from expectations.patterns import at_least, happened, wrong_rows

SUITE: list[Expectation] = [
    at_least("registerforteckning", 1, "Varje personuppgiftsansvarig ska föra register (GDPR artikel 30.1)."),
    happened("registerforteckning", "senast_inventerad", "Senast inventerad"),
    wrong_rows(
        "registerforteckning",
        "overforingsgrund_nar_overforing",
        "record.overforingsgrund IS NOT NULL AND record.tredjelandsoverforing = false",
        "Raden har en överföringsgrund fast ingen överföring till tredjeland. Rätta den kolumn som är fel.",
        "REG-05 räknar bara rader med överföring; en angiven grund tyder på att den finns (GDPR artikel 44–49).",
    ),
    wrong_rows(
        "registerforteckning",
        "dpia_kriterier_ar_1_till_9",
        """len(list_filter(
            -- what DPIA-01 counts, and a plain answer that there is none
            record.dpia_kriterier, lambda part: NOT regexp_full_match(trim(part), '0*[1-9]|(?i)nej')
        )) > 0""",
        "DPIA-kriterier har ett värde som inte är 1–9. Skriv kriteriernas nummer, eller töm cellen där inget är "
        "uppfyllt.",
        "IMY:s lista har nio kriterier; andra värden räknas inte, så en konsekvensbedömning kan missas (DPIA-01).",
    ),
]
