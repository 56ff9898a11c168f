"""Chapter 2.2 without 2.2.3: budget, risk and vulnerability analysis, audits, data protection, deviations."""

from collections.abc import Iterable

from assets.publication.document.chapters.chapter_2 import events_of
from assets.publication.document.chapters.context import Context, bullet, cell, counted, sentence_blocks, text, under
from assets.publication.document.chapters.indicator_sentence import Figure
from assets.publication.document.model import Block, Heading, Line, join_list, line
from assets.publication.sv import register_name

_OF_THE_REGISTERED = "Registrerades rättigheter"

_BREACHES = "Personuppgiftsincidenter"

_AREAS = (
    ("Registerförteckning", ("REG-01", "REG-02", "REG-03", "REG-04", "REG-05", "PM3-04")),
    ("Styrdokument", ("STY-02",)),
    ("Tekniska och organisatoriska åtgärder", ("KLA-05", "KLA-06", "PUB-01", "PUB-02")),
    ("Konsekvensbedömningar", ("DPIA-01", "DPIA-02")),
    (_OF_THE_REGISTERED, ("RTT-02", "RTT-01")),
    (_BREACHES, ("INC-03", "INC-04", "INC-05")),
)
"""The six areas of the data protection officer's yearly report, and what is measured of each."""

_INCIDENTS = ("INC-02", "INC-01")
_PRIORITISED, _RISKS = ("KLA-07",), ("RSK-01", "RSK-02", "RSK-03")

PLACES = {
    "2.2.2": (*_PRIORITISED, *_RISKS),
    "2.2.4": ("REV-01",),
    "2.2.5": tuple(indicator for _, indicators in _AREAS for indicator in indicators),
    "2.2.6": (*_INCIDENTS, "INC-07", "INC-08", "INC-11", "INC-10"),
}
"""Chapter → the indicators told there."""

_RIGHTS = "Rutin registrerades rättigheter"


def budget(context: Context, is_written: bool) -> list[Block]:
    """What happens outside about the budget; where nobody has written anything either, that."""
    found = events_of(context, "2.2.1")
    if is_written or found:
        return found
    return [
        text(
            "Vad budgeten för ", context.year(1), " innebär för informationssäkerhetsarbetet är ännu inte beskrivet.",
        )
    ]  # fmt: skip


def preparedness(context: Context) -> list[Block]:
    """What happens outside about risks and vulnerability, how what matters most is classified, and the risks."""
    return [
        *events_of(context, "2.2.2"),
        *under("Klassning av prioriterade processer", context.figures.sentences(*_PRIORITISED), 4),
        *under("Risker och hur de hanteras", context.figures.sentences(*_RISKS), 4),
    ]


def data_protection(context: Context) -> list[Block]:
    """The areas of the data protection officer's yearly report, each with its figures."""
    found: list[Block] = []
    for area, indicators in _AREAS:
        sentences, before = context.figures.sentences(*indicators), line()
        if area == _OF_THE_REGISTERED:
            sentences = [sentence for sentence in (_rights(context), *sentences) if sentence]
        if area == _BREACHES:
            before = _period(context, indicators)
        found += under(area, sentences, 4, before)
    return found


def _rights(context: Context) -> Line:
    """The routine for the rights of the registered: decided when, and looked over since?"""
    if context.is_city:
        return ()
    if context.lacks("styrdokument"):
        return line(
            "Om det finns en rutin för de registrerades rättigheter går inte att säga: registret ",
            register_name("styrdokument"), " har inte kommit.",
        )  # fmt: skip
    routines = [row for row in context.rows.documents.to_dicts() if row["typ"] == _RIGHTS]
    if not routines:
        return line("Någon beslutad rutin för de registrerades rättigheter finns inte.")
    row = routines[0]
    start = line("Rutinen för de registrerades rättigheter beslutades ", cell("styrdokument", row, "beslutad"))
    if row["senast_oversedd"] is not None:
        seen = line(" och sågs senast över ", cell("styrdokument", row, "senast_oversedd"))
        return line(
            start, seen, "." if row["is_current"] else ". Det är mer än ett år sedan, och den behöver ses över."
        )
    return line(start, "." if row["is_current"] else " och har inte setts över sedan dess. Den behöver ses över.")


def deviations(context: Context) -> list[Block]:
    """How many incidents of the two kinds there were, beside the last review, and how they were handled."""
    counts = context.figures.of(*_INCIDENTS)
    measured = [figure for figure in counts if figure.is_measured]
    found: list[Block] = []
    if measured:
        start = line("Under ", context.year(), ", till och med ", context.day, ", har ")
        registered = join_list(_registered(figure) for figure in measured)
        found.append(text(start, registered, " registrerats.", _compared(measured)))
    placed = [figure.id for figure in measured]
    others = [indicator for indicator in PLACES["2.2.6"] if indicator not in placed]
    return found + sentence_blocks(context.figures.sentences(*others), _period(context, others))


def _period(context: Context, indicators: Iterable[str]) -> Line:
    """What time the figures about incidents are of, where there are any."""
    is_measured = any(figure.is_measured for figure in context.figures.of(*indicators))
    return line("Där inget annat sägs gäller siffrorna de senaste tolv månaderna.") if is_measured else ()


_INCIDENT = {"INC-02": "NIS-incident", "INC-01": "personuppgiftsincident"}


def _registered(figure: Figure) -> Line:
    number, noun = figure.row["numerator"], _INCIDENT[figure.id]
    left_out = line(" (", figure.reason.left_out, ")") if figure.reason.left_out else ()
    if number == 0:
        return line(f"ingen {noun}", left_out)
    return line(figure.number("numerator"), f" {noun}" if number == 1 else f" {noun}er", left_out)


def _compared(figures: list[Figure]) -> Line:
    """How many there were at the last review."""
    earlier = [figure.earlier for figure in figures if figure.is_compared]
    if not earlier:
        return ()
    numbers = join_list(line(number) for number, _ in earlier)
    kind = "respektive antal" if len(earlier) > 1 else "antalet"
    return line(" Vid genomgången ", earlier[0][1], f" var {kind} ", numbers, ".")


def audits(context: Context) -> list[Block]:
    """The recommendations that are public, by their audit; of the secret ones only how many they are."""
    found: list[Block] = [text(_open_ones(context))]
    if context.is_city:
        return [*found, text("Vad revisionen har rekommenderat redovisas i varje organisations egen genomgång.")]
    for _, group in context.rows.recommendations.group_by("granskning", "ar", maintain_order=True):
        rows = group.to_dicts()
        title = cell("revision", rows[0], "granskning", "Granskning utan namn")
        found.append(Heading(line(title, ", ", cell("revision", rows[0], "ar")), 4))
        found += [
            bullet(line(cell("revision", row, "rekommendation"), " – ", _STATUS[row["status"]], ".")) for row in rows
        ]
    number = sum(context.rows.secret_recommendations["number"].to_list())
    if number:
        what = "rekommendation" if number == 1 else "rekommendationer"
        hidden = counted("revision", "omfattas av sekretess", number)
        found.append(text("Ytterligare ", hidden, f" {what} omfattas av sekretess och återges inte."))
    return found


_STATUS = {"Ny": "ny", "Kvarstår": "kvarstår", "Delvis": "delvis åtgärdad", "Åtgärdad": "åtgärdad"}


def _open_ones(context: Context) -> Line:
    figures = context.figures.of(*PLACES["2.2.4"])
    if any(figure.is_measured and figure.row["numerator"] == 0 for figure in figures):
        return line("Alla revisionens rekommendationer är åtgärdade", figures[0].reason.coverage, ".")
    return context.figures.paragraph(*PLACES["2.2.4"])
