"""Chapter 2 but for the organisation's own follow-up: the world outside, budget, RSA, data protection, deviations."""

from typing import Any

from assets.publication.document.context import Setting, cell, text
from assets.publication.document.figure import Figure
from assets.publication.document.model import Backed, Block, Chapter, Heading, Line, listed, say

_AREAS = (
    ("Registerförteckning", ("REG-01", "REG-02", "REG-03", "REG-04", "REG-05", "PM3-04")),
    ("Styrdokument", ("STY-02",)),
    ("Tekniska och organisatoriska åtgärder", ("KLA-05", "KLA-06", "PUB-01", "PUB-02")),
    ("Konsekvensbedömningar", ("DPIA-01", "DPIA-02")),
    ("Individens rättigheter", ()),
    ("Personuppgiftsincidenter", ("INC-03", "INC-04", "INC-05")),
)
"""The six areas of the data protection officer's yearly report, and what is measured of each."""

_RIGHTS = "Rutin registrerades rättigheter"


def introduction(setting: Setting) -> list[Block]:
    return [
        text(
            "För att informationssäkerhetsarbetet ska vara aktuellt över tid utgår ", setting.name, " från riskerna: "
            "de som kommer utifrån, de som den egna uppföljningen visar och de som revision och dataskyddsombud har "
            "pekat på. Där inget annat mål nämns är målet att allt ska vara på plats.",
        )
    ]  # fmt: skip


def events_introduction(setting: Setting) -> list[Block]:
    if setting.rows.events.is_empty():
        return [text("Omvärldsbevakningen har inga händelser till och med ", setting.day, ".")]
    return [text("Det här har hänt i omvärlden som påverkar arbetet, det senaste först.")]


def events(setting: Setting) -> list[Chapter]:
    return [
        Chapter(f"2.1.{place}", cell("omvarldsbevakning", row, "omrade"), tuple(_event(row)), "2.1")
        for place, row in enumerate(setting.rows.events.to_dicts(), 1)
    ]


def _event(row: dict[str, Any]) -> list[Block]:
    happened = cell("omvarldsbevakning", row, "handelse")
    told: list[Block] = [text(happened, " (", cell("omvarldsbevakning", row, "datum"), ").")]
    if row["paverkan"]:
        told.append(text("Påverkan: ", cell("omvarldsbevakning", row, "paverkan"), _stop(row["paverkan"])))
    return told


def _stop(value: str) -> str:
    return "" if value.rstrip().endswith((".", "!", "?")) else "."


def budget(setting: Setting, is_written: bool) -> list[Block]:
    if is_written:
        return []
    return [
        text(
            "Här beskrivs vad budgeten för ", setting.year(1), " innebär för informationssäkerhetsarbetet. Text "
            "saknas ännu; den skrivs i filen texter/", Backed("2.2.1", {"kapitel": "2.2.1"}), ".md.",
        )
    ]  # fmt: skip


def preparedness(setting: Setting) -> list[Block]:
    return [text(setting.figures.paragraph("KLA-07"))]


def data_protection(setting: Setting) -> list[Block]:
    found: list[Block] = []
    for area, indicators in _AREAS:
        line = setting.figures.paragraph(*indicators)
        if area == "Individens rättigheter":
            line = _rights(setting)
        if line:
            found += [Heading(say(area), 4), text(line)]
    return found


def _rights(setting: Setting) -> Line:
    """The routine for the rights of the registered: decided when, and looked over since?"""
    if setting.is_city:
        return ()
    missing = setting.figures.of("STY-02")
    if missing and missing[0].state == "ej mätbar":
        return say("Om det finns en rutin för de registrerades rättigheter går inte att säga: underlag saknas.")
    routines = [row for row in setting.rows.documents.to_dicts() if row["typ"] == _RIGHTS]
    if not routines:
        return say("Någon beslutad rutin för de registrerades rättigheter finns inte.")
    row = routines[0]
    start = say("Rutinen för de registrerades rättigheter beslutades ", cell("styrdokument", row, "beslutad"))
    if row["senast_oversedd"] is not None:
        seen = say(" och sågs senast över ", cell("styrdokument", row, "senast_oversedd"))
        return say(
            start, seen, "." if row["is_current"] else ". Det är mer än ett år sedan, och den behöver ses över."
        )
    return say(start, "." if row["is_current"] else " och har inte setts över sedan dess. Den behöver ses över.")


def deviations(setting: Setting) -> list[Block]:
    counts = setting.figures.of("INC-02", "INC-01")
    measured = [figure for figure in counts if figure.is_measured]
    found: list[Block] = []
    if measured:
        start = say("Under ", setting.year(), ", till och med ", setting.day, ", har ")
        registered = listed(_registered(figure) for figure in measured)
        found.append(text(start, registered, " registrerats.", _compared(measured)))
    others = [figure.id for figure in counts if not figure.is_measured]
    rest = setting.figures.paragraph(*others, "INC-07", "INC-08", "INC-10")
    return found + ([text(rest)] if rest else [])


_INCIDENT = {"INC-02": "NIS-incident", "INC-01": "personuppgiftsincident"}


def _registered(figure: Figure) -> Line:
    number, noun = figure.row["numerator"], _INCIDENT[figure.id]
    if number == 0:
        return say(f"ingen {noun}")
    return say(figure.number("numerator"), f" {noun}" if number == 1 else f" {noun}er")


def _compared(figures: list[Figure]) -> Line:
    """How many there were at the last review."""
    earlier = [figure.earlier for figure in figures if figure.is_compared]
    if not earlier:
        return ()
    numbers = listed(say(number) for number, _ in earlier)
    kind = "respektive antal" if len(earlier) > 1 else "antalet"
    return say(" Vid genomgången ", earlier[0][1], f" var {kind} ", numbers, ".")
