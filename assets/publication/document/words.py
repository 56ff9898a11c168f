"""How figures and names are written in the document's Swedish."""

from assets.publication.sv import NBSP

_REGISTERS = {
    "behandlingskatalog": "behandlingskatalogen",
    "enheter": "enhetsregistret",
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
    "styrdokument": "styrdokumenten",
    "upphandlingar": "upphandlingarna",
    "utbildning": "utbildningarna",
    "utbildningskrav": "utbildningskraven",
    "utbildningstillfallen": "utbildningstillfällena",
    "vor_indikatorer": "VoR-indikatorerna",
}


def register_name(slug: str) -> str:
    """What a register is called in a sentence: `personalregistret`; its slug where it has no name."""
    return _REGISTERS.get(slug, slug)


def percent(value: float) -> str:
    """The share with one decimal, `71,4 %`; `100 %` without."""
    text = f"{value:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}{NBSP}%"


def genitive(name: str) -> str:
    """`Farstas`; a name in s, x or z as it is."""
    return name if name.casefold().endswith(("s", "x", "z")) else f"{name}s"
