"""registers.pub_avtal: processor agreements."""

from expectations.expectation import Expectation
from expectations.patterns import happened, ordered, wrong_rows

SUITE: list[Expectation] = [
    happened("pub_avtal", "behov_bedomt", "Behov bedömt"),
    happened("pub_avtal", "tecknat", "Tecknat"),
    ordered(
        "tecknat",
        "galler_till",
        "tecknat_fore_galler_till",
        "Avtalet slutar gälla innan det är tecknat. Rätta Tecknat eller Gäller till.",
        "Ett sådant avtal gäller aldrig (PUB-02, GDPR artikel 28.3).",
    ),
    wrong_rows(
        "pub_avtal",
        "tecknat_utan_behov",
        "record.tecknat IS NOT NULL AND record.behov = false",
        "Avtalet är tecknat fast behov saknas. Rätta Behov.",
        "PUB-02 räknar bara system där någon rad har Behov Ja; ett tecknat avtal tyder på att behovet finns.",
    ),
]
