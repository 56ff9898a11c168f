"""Chapter 3: the year's activities followed up, and those of the three years ahead."""

from typing import Any

import polars as pl

from assets.publication.document.context import Setting, cell, text
from assets.publication.document.figure import Figure
from assets.publication.document.model import Block, Heading, Line, Paragraph, Table, say

_NONE = {
    "PLAN-02": "Ingen aktivitet i planen är försenad.",
    "PLAN-03": "Alla aktiviteter i planen har ansvarig funktion och slutdatum.",
}


def followed_up(setting: Setting) -> list[Block]:
    head = Heading(say("Uppföljning av aktiviteterna för ", setting.year()), 2)
    measured = setting.figures.of("PLAN-01", "PLAN-02", "PLAN-03")
    sentences = [
        _sentence(figure, dated=place == 0)
        for place, figure in enumerate(each for each in measured if each.is_measured)
    ]
    others = setting.figures.told(*(each.id for each in measured if each.state == "ej mätbar"))
    result = text(*[part for line in [*sentences, *others] for part in (line, " ")][:-1])
    if setting.is_city:
        return [
            head,
            result,
            text(
                "Aktiviteterna, och planen för de tre kommande åren, redovisas i varje organisations egen genomgång."
            ),
        ]
    activities = _of_year(setting, 0)
    if not activities:
        if others:
            return [head, result]
        return [head, text("Planen har inga aktiviteter för ", setting.year(), " att följa upp."), result]
    rows = tuple(
        (cell("handlingsplan", row, "omrade"), cell("handlingsplan", row, "aktivitet"), _outcome(row, setting))
        for row in activities
    )
    return [head, result, Table(("Område", "Aktivitet", "Läge"), rows, (27, 43, 30))]


def _sentence(figure: Figure, dated: bool) -> Line:
    is_none = figure.row["kind"] == "open" and figure.row["numerator"] == 0
    return say(_NONE[figure.id]) if is_none else figure.sentence(dated)


def _outcome(row: dict[str, Any], setting: Setting) -> Line:
    if row["done"]:
        return say("Genomförd")
    if row["status"] == "Struken":
        return say("Struken ur planen")
    late = row["klar_senast"] is not None and row["klar_senast"] < setting.picture.run.as_of
    if late:
        return say("Försenad, skulle vara klar ", cell("handlingsplan", row, "klar_senast"))
    return say("Pågår" if row["status"] == "Pågår" else "Inte påbörjad")


def planned(setting: Setting, ahead: int) -> list[Block]:
    if setting.is_city:
        return []
    activities = [row for row in _of_year(setting, ahead) if row["status"] != "Struken"]
    if not activities:
        return [text("Ingen aktivitet är ännu planerad för ", setting.year(ahead), ".")]
    rows = tuple(
        (
            cell("handlingsplan", row, "omrade"),
            cell("handlingsplan", row, "aktivitet"),
            cell("handlingsplan", row, "ansvarig_funktion", "Inte utsedd"),
            cell("handlingsplan", row, "klar_senast", "Inte satt"),
        )
        for row in activities
    )
    return [Table(("Område", "Aktivitet", "Ansvarig funktion", "Klar senast"), rows, (24, 30, 32, 14))]


def _of_year(setting: Setting, ahead: int) -> list[dict[str, Any]]:
    year = setting.picture.run.as_of.year + ahead
    return setting.rows.activities.filter(pl.col("ar") == year).to_dicts()


def decision() -> list[Block]:
    line = "_" * 28
    return [
        Heading(say("Fastställande"), 2),
        Paragraph(say(f"Dokumentet är fastställt av {line}, {line[:14]}"), "decision"),
    ]
