"""How figures, days and names are written in Swedish."""

from assets.publication.sv import NBSP

REGISTERS = {
    "begaran": "de registrerades begäranden",
    "behandlingskatalog": "behandlingskatalogen",
    "beslut": "besluten från ledningens genomgång",
    "enheter": "enhetsregistret",
    "fortroendevalda": "förteckningen över förtroendevalda",
    "handlingsplan": "handlingsplanen",
    "informationstillgangar": "förteckningen över informationstillgångar",
    "internkontroll": "internkontrollen",
    "klassningar": "klassningarna",
    "konsekvensbedomningar": "konsekvensbedömningarna",
    "nis_incidenter": "NIS-incidenterna",
    "omvarldsbevakning": "omvärldsbevakningen",
    "personal": "personalregistret",
    "personuppgiftsincidenter": "personuppgiftsincidenterna",
    "pm3_objekt": "PM3-objekten",
    "pm3_system": "systemförteckningen",
    "pub_avtal": "biträdesavtalen",
    "registerforteckning": "registerförteckningen",
    "revision": "revisionsrekommendationerna",
    "risker": "riskregistret",
    "styrdokument": "styrdokumenten",
    "upphandlingar": "upphandlingarna",
    "utbildning": "utbildningarna",
    "utbildningskrav": "utbildningskraven",
    "utbildningstillfallen": "utbildningstillfällena",
    "vor_indikatorer": "VoR-indikatorerna",
}
"""Register → what it is called in a sentence."""


def percent(value: float) -> str:
    """`71,4 %`; `100 %` without decimals."""
    text = f"{value:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}{NBSP}%"


def genitive(name: str) -> str:
    return name if name.casefold().endswith(("s", "x", "z")) else f"{name}s"
