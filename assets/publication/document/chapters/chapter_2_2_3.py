"""Chapter 2.2.3, the organisation's own follow-up: its risk analysis by area, and its internal control plan."""

from assets.publication.document.chapters.context import Context, bullet, cell, counted, text, under
from assets.publication.document.model import Block, Heading, Table, line

_AREAS = (
    ("Behörighetshantering", ("BEH-01",)),
    ("Implementering av lokal anvisning", ("STY-01",)),
    ("Incidenthantering", ("INC-09", "INC-06")),
    ("Informationsklassning", ("KLA-01", "KLA-02", "KLA-04", "KLA-03", "KLA-08", "KLA-09", "KLA-10")),
    ("Informationssäkerhet inom upphandlingsförfarande", ("UPH-01",)),
    ("System med AI", ("AI-01",)),
)
"""The areas that the city's executive office follows, and systems with AI, and what is measured of each."""

_TRAINING = ("UTB-01", "UTB-02", "UTB-03", "UTB-04", "UTB-05", "UTB-06", "UTB-07", "UTB-08", "UTB-10", "UTB-09")
_CONTROLS = ("IKP-01", "IKP-02", "IKP-03")

PLACES = {
    "2.2.3.1": ("VOR-01", *(indicator for _, indicators in _AREAS for indicator in indicators)),
    "2.2.3.2": (*_CONTROLS, *_TRAINING),
}
"""Chapter → the indicators told there."""


def risk_analysis(context: Context) -> list[Block]:
    found: list[Block] = [text(context.figures.paragraph("VOR-01"))]
    assessed = context.rows.assessments.to_dicts()
    if assessed:
        rows = tuple(
            (cell("vor_indikatorer", row, "indikator"), cell("vor_indikatorer", row, "bedomning")) for row in assessed
        )
        found.append(Table(("Indikator i väsentlighet- och riskanalysen", "Bedömning"), rows, (72, 28)))
    for area, indicators in _AREAS:
        found += under(area, context.figures.sentences(*indicators), 5)
    return found


def internal_control(context: Context) -> list[Block]:
    checks = context.rows.checks.to_dicts()
    found: list[Block] = [text(context.figures.paragraph(*_CONTROLS))]
    if checks:
        rows = tuple(
            (
                cell("internkontroll", row, "kontroll"),
                *(
                    line(counted("internkontroll", f"{what}: {row['kontroll']}", row[column]))
                    for column, what in _COUNTED.items()
                ),
            )
            for row in checks
        )
        found.append(
            Table(("Kontroll", "Planerade", "Utförda", "Godkända", "Avvikelser"), rows, (40, 15, 15, 15, 15))
        )
    training = context.figures.sentences(*_TRAINING)
    if training:
        found += [Heading(line("Utbildning"), 5), *map(bullet, training)]
    return found


_COUNTED = {"planned": "planerade", "done": "utförda", "passed": "godkända", "failed": "avvikelser"}
