"""The wordings of the indicators until the catalogue has them as `sentence`; then this file goes."""

from assets.publication.document.chapters.wording import Wording


def _same(one: str, many: str, does: str, none: str = "Ingen") -> Wording:
    return Wording(one, many, does, does, none)


_REGISTRATION = ("aktiv registrering", "aktiva registreringar")
_ASSET = ("informationstillgång", "informationstillgångar")
_STAFF = ("medarbetare", "medarbetare")

WORDINGS = {
    "UTB-01": _same(*_STAFF, "har i år gått den obligatoriska e-utbildningen i informationssäkerhet"),
    "UTB-02": _same(*_STAFF, "har i år gått den obligatoriska e-utbildningen i dataskydd"),
    "UTB-03": Wording(
        "avsnitt som en chef ska ha gått",
        "avsnitt som cheferna ska ha gått",
        "är genomfört",
        "är genomförda",
        "Inget",
    ),
    "UTB-04": Wording(
        "avsnitt som en enhet ska ha gått igenom tillsammans",
        "avsnitt som enheterna ska ha gått igenom tillsammans",
        "är genomgånget",
        "är genomgångna",
        "Inget",
    ),
    "UTB-05": _same("möjlig deltagare", "möjliga deltagare", "har nåtts av de gemensamma utbildningarna"),
    "UTB-06": _same("ny chef", "nya chefer", "har gått den fysiska utbildningen"),
    "UTB-07": _same("fysisk utbildning för nya chefer", "fysiska utbildningar för nya chefer", "har hållits i år"),
    "UTB-08": _same("person i ledningen", "personer i ledningen", "har gått ledningens utbildning"),
    "UTB-09": _same(
        "vård- och omsorgsboende som omfattas av NIS",
        "vård- och omsorgsboenden som omfattas av NIS",
        "har utbildats i incidentrapportering",
        "Inget",
    ),
    "INC-01": _same("personuppgiftsincident", "personuppgiftsincidenter", "har registrerats"),
    "INC-02": _same("NIS-incident", "NIS-incidenter", "har registrerats"),
    "INC-03": _same(
        "incident med risk för de registrerade",
        "incidenter med risk för de registrerade",
        "anmäldes i tid till Integritetsskyddsmyndigheten",
    ),
    "INC-04": _same("incident som inte anmäldes", "incidenter som inte anmäldes", "har ett motiverat beslut"),
    "INC-05": _same("incident med hög risk", "incidenter med hög risk", "har följts av information till de berörda"),
    "INC-06": Wording(
        "åtgärd efter en incident som skulle vara klar",
        "åtgärder efter incidenter som skulle vara klara",
        "är slutförd",
        "är slutförda",
    ),
    "INC-07": _same("NIS-rapport som skulle vara lämnad", "NIS-rapporter som skulle vara lämnade", "lämnades i tid"),
    "INC-08": _same("NIS-incident", "NIS-incidenter", "har delgivits stadsledningskontoret"),
    "INC-09": Wording(
        "incidentrutin som krävs",
        "incidentrutiner som krävs",
        "är beslutad och har setts över det senaste året",
        "är beslutade och har setts över det senaste året",
    ),
    "INC-10": _same("enhet", "enheter", "har rapporterat en personuppgiftsincident de senaste två åren"),
    "KLA-01": _same("klassning", "klassningar", "har genomförts"),
    "KLA-02": _same("tidigare klassning", "tidigare klassningar", "har följts upp"),
    "KLA-03": _same(
        "tidigare klassat objekt", "tidigare klassade objekt", "har följts upp det senaste året", "Inget"
    ),
    "KLA-04": Wording(*_ASSET, "är klassad", "är klassade"),
    "KLA-05": Wording("process som omfattas av NIS", "processer som omfattas av NIS", "är klassad", "är klassade"),
    "KLA-06": Wording(
        "process med stora volymer känsliga uppgifter",
        "processer med stora volymer känsliga uppgifter",
        "är klassad",
        "är klassade",
    ),
    "KLA-07": Wording(
        "process som prioriteras i RSA-arbetet",
        "processer som prioriteras i RSA-arbetet",
        "är klassad",
        "är klassade",
    ),
    "KLA-08": Wording(
        "system i systemtjänsteavtalet",
        "system i systemtjänsteavtalet",
        "är klassat",
        "är klassade",
        "Inget",
        "Det enda system som ingår i systemtjänsteavtalet är klassat",
        "Det enda system som ingår i systemtjänsteavtalet är inte klassat",
    ),
    "KLA-09": Wording("krav ur klassningarna", "krav ur klassningarna", "är uppfyllt", "är uppfyllda", "Inget"),
    "KLA-10": _same(*_ASSET, "har bekräftats i en inventering det senaste året"),
    "REG-01": _same("förväntad registrering", "förväntade registreringar", "finns i registerförteckningen"),
    "REG-02": Wording(*_REGISTRATION, "är fullständig", "är fullständiga"),
    "REG-03": _same(*_REGISTRATION, "har inventerats det senaste året"),
    "REG-04": Wording(
        "registrering som finns på plats",
        "registreringar som finns på plats",
        "är nämndgemensam",
        "är nämndgemensamma",
    ),
    "REG-05": _same(
        "registrering med tredjelandsöverföring",
        "registreringar med tredjelandsöverföring",
        "har en giltig överföringsgrund",
    ),
    "DPIA-01": _same(
        "registrering som kräver konsekvensbedömning",
        "registreringar som kräver konsekvensbedömning",
        "har en beslutad bedömning",
    ),
    "DPIA-02": Wording(
        "konsekvensbedömning",
        "konsekvensbedömningar",
        "är beslutad eller översedd de senaste två åren",
        "är beslutade eller översedda de senaste två åren",
    ),
    "PUB-01": _same(
        "system där en leverantör hanterar personuppgifter",
        "system där en leverantör hanterar personuppgifter",
        "har fått behovet av biträdesavtal bedömt",
        "Inget",
    ),
    "PUB-02": _same(
        "system som behöver biträdesavtal", "system som behöver biträdesavtal", "har ett giltigt avtal", "Inget"
    ),
    "STY-01": Wording(
        "lokal anvisning",
        "lokala anvisningar",
        "har setts över det senaste året",
        "har setts över det senaste året",
        alone_yes="Den lokala anvisningen är beslutad och har setts över det senaste året",
        alone_no="Någon lokal anvisning som är beslutad och har setts över det senaste året finns inte",
    ),
    "STY-02": Wording(
        "styrdokument som ska finnas",
        "styrdokument som ska finnas",
        "är beslutat och har setts över det senaste året",
        "är beslutade och har setts över det senaste året",
        "Inget",
    ),
    "BEH-01": _same("klassad informationstillgång", "klassade informationstillgångar", "har en behörighetsrutin"),
    "UPH-01": _same(
        "upphandling som rör information",
        "upphandlingar som rör information",
        "har ställt säkerhetskrav utifrån en klassning",
    ),
    "PM3-01": _same(
        "lokalt förvaltningsobjekt", "lokala förvaltningsobjekt", "har alla sina roller tillsatta", "Inget"
    ),
    "PM3-02": Wording(
        "system i drift",
        "system i drift",
        "är kopplat till ett förvaltningsobjekt",
        "är kopplade till ett förvaltningsobjekt",
        "Inget",
    ),
    "PM3-03": _same("förvaltningsobjekt", "förvaltningsobjekt", "har sina komponenter kartlagda", "Inget"),
    "PM3-04": _same("system med personuppgifter", "system med personuppgifter", "finns i registreringarna", "Inget"),
    "IKP-01": Wording("planerad kontroll", "planerade kontroller", "är genomförd", "är genomförda"),
    "IKP-02": Wording("genomförd kontroll", "genomförda kontroller", "är godkänd", "är godkända"),
    "IKP-03": Wording(
        "avvikelse som skulle vara åtgärdad", "avvikelser som skulle vara åtgärdade", "är åtgärdad", "är åtgärdade"
    ),
    "VOR-01": Wording("indikator", "indikatorer", "bedöms som godtagbar", "bedöms som godtagbara"),
    "REV-01": Wording("rekommendation", "rekommendationer", "är ännu inte åtgärdad", "är ännu inte åtgärdade"),
    "PLAN-01": Wording(
        "aktivitet som skulle vara klar", "aktiviteter som skulle vara klara", "är genomförd", "är genomförda"
    ),
    "PLAN-02": Wording("aktivitet i planen", "aktiviteter i planen", "är försenad", "är försenade"),
    "PLAN-03": _same("aktivitet i planen", "aktiviteter i planen", "saknar ansvarig funktion eller slutdatum"),
    "DQ-01": _same("register", "register", "har en aktuell leverans", "Inget"),
}
