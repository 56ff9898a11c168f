"""Chapters 2.2.3 and 2.2.4: the risk analysis' areas, the internal control plan, the auditors' recommendations."""

from assets.publication.document.context import Setting, bullet, cell, counted, text
from assets.publication.document.model import Block, Heading, Line, Table, say

_AREAS = (
    ("Behörighetshantering", ("BEH-01",)),
    ("Implementering av lokal anvisning", ("STY-01",)),
    ("Incidenthantering", ("INC-09", "INC-06")),
    ("Informationsklassning", ("KLA-01", "KLA-02", "KLA-04", "KLA-03", "KLA-08", "KLA-09", "KLA-10")),
    ("Informationssäkerhet inom upphandlingsförfarande", ("UPH-01",)),
)
"""The areas that the city's executive office follows, and what is measured of each."""

_TRAINING = ("UTB-01", "UTB-02", "UTB-03", "UTB-04", "UTB-05", "UTB-06", "UTB-07", "UTB-08", "UTB-09")


def risk_analysis(setting: Setting) -> list[Block]:
    found: list[Block] = [text(setting.figures.paragraph("VOR-01"))]
    assessed = setting.rows.assessments.to_dicts()
    if assessed:
        rows = tuple(
            (cell("vor_indikatorer", row, "indikator"), cell("vor_indikatorer", row, "bedomning")) for row in assessed
        )
        found.append(Table(("Indikator i väsentlighet- och riskanalysen", "Bedömning"), rows, (72, 28)))
    for area, indicators in _AREAS:
        line = setting.figures.paragraph(*indicators)
        if line:
            found += [Heading(say(area), 5), text(line)]
    return found


def internal_control(setting: Setting) -> list[Block]:
    checks = setting.rows.checks.to_dicts()
    found: list[Block] = [text(setting.figures.paragraph("IKP-01", "IKP-02", "IKP-03"))]
    if checks:
        rows = tuple(
            (
                cell("internkontroll", row, "kontroll"),
                *(
                    say(counted("internkontroll", f"{what}: {row['kontroll']}", row[column]))
                    for column, what in _COUNTED.items()
                ),
            )
            for row in checks
        )
        found.append(
            Table(("Kontroll", "Planerade", "Utförda", "Godkända", "Avvikelser"), rows, (40, 15, 15, 15, 15))
        )
    training = setting.figures.told(*_TRAINING)
    if training:
        found += [Heading(say("Utbildning"), 5), *map(bullet, training)]
    return found


_COUNTED = {"planned": "planerade", "done": "utförda", "passed": "godkända", "failed": "avvikelser"}


def audits(setting: Setting) -> list[Block]:
    """The recommendations that are public, by their audit; of the secret ones only how many they are."""
    found: list[Block] = [text(_open_ones(setting))]
    if setting.is_city:
        return [*found, text("Vad revisionen har rekommenderat redovisas i varje organisations egen genomgång.")]
    for _, group in setting.rows.recommendations.group_by("granskning", "ar", maintain_order=True):
        rows = group.to_dicts()
        title = cell("revision", rows[0], "granskning", "Granskning utan namn")
        found.append(Heading(say(title, ", ", cell("revision", rows[0], "ar")), 4))
        found += [
            bullet(say(cell("revision", row, "rekommendation"), " – ", _status(row["status"]), ".")) for row in rows
        ]
    number = sum(setting.rows.secret["number"].to_list())
    if number:
        what = "rekommendation" if number == 1 else "rekommendationer"
        shown = counted("revision", "omfattas av sekretess", number)
        found.append(text("Ytterligare ", shown, f" {what} omfattas av sekretess och återges inte."))
    return found


_STATUS = {"Ny": "ny", "Kvarstår": "kvarstår", "Delvis": "delvis åtgärdad", "Åtgärdad": "åtgärdad"}


def _status(status: str) -> str:
    return _STATUS[status]


def _open_ones(setting: Setting) -> Line:
    figure = setting.figures.of("REV-01")
    if figure and figure[0].is_measured and figure[0].row["numerator"] == 0:
        return say("Alla revisionens rekommendationer är åtgärdade.")
    return setting.figures.paragraph("REV-01")
