"""Chapter 3: the year's activities followed up, and those of the three years ahead."""

from typing import Any

import polars as pl

from assets.publication.document.chapters.context import Context, cell, text
from assets.publication.document.chapters.figures import joined, unmeasured
from assets.publication.document.chapters.indicator_sentence import Figure
from assets.publication.document.model import Block, Heading, Line, Paragraph, Table, line
from assets.publication.sv import register_name

_ACTIVITIES = ("PLAN-01", "PLAN-02", "PLAN-03")
_MAINTENANCE = ("PM3-01", "PM3-02", "PM3-03")

PLACES = {"3": (*_ACTIVITIES, *_MAINTENANCE)}
"""Chapter → the indicators told there."""

_PLAN = "handlingsplan"

_NONE = {
    "PLAN-02": "Ingen aktivitet i planen är försenad",
    "PLAN-03": "Alla aktiviteter i planen har ansvarig funktion och slutdatum",
}


def followed_up(context: Context) -> list[Block]:
    """The year's activities and what became of them, and how systems and objects are maintained."""
    head = Heading(line("Uppföljning av aktiviteterna för ", context.year()), 2)
    return [head, *_activities(context), *_maintenance(context)]


def _activities(context: Context) -> list[Block]:
    activities = _of_year(context, 0)
    is_empty = not activities and not context.is_city and not context.lacks(_PLAN)
    result = text(joined(_plan_sentences(context, is_empty)))
    if context.is_city:
        elsewhere = "Aktiviteterna och planen för de tre åren framåt redovisas i varje organisations egen genomgång."
        return [result, text(elsewhere)]
    if is_empty:
        return [text("Planen har inga aktiviteter för ", context.year(), " att följa upp."), result]
    rows = tuple(
        (cell(_PLAN, row, "omrade"), cell(_PLAN, row, "aktivitet"), _outcome(row, context)) for row in activities
    )
    return [result, *([Table(("Område", "Aktivitet", "Läge"), rows, (27, 43, 30))] if rows else [])]


def _plan_sentences(context: Context, is_empty: bool) -> list[Line]:
    """What the plan's figures say. Where the plan is empty, which is said beside them, those that therefore don't
    apply are left out."""
    figures = context.figures.of(*_ACTIVITIES)
    measured = [figure for figure in figures if figure.is_measured]
    others = [figure for figure in figures if not figure.is_measured]
    kept = [figure for figure in others if figure.state == "ej mätbar" or not is_empty]
    return [_sentence(figure, dated=place == 0) for place, figure in enumerate(measured)] + unmeasured(kept)


def _maintenance(context: Context) -> list[Block]:
    sentences = context.figures.paragraph(*_MAINTENANCE)
    return [Heading(line("Förvaltning av system och objekt"), 2), text(sentences)] if sentences else []


def _sentence(figure: Figure, dated: bool) -> Line:
    is_none = figure.row["kind"] == "open" and figure.row["numerator"] == 0
    return line(_NONE[figure.id], figure.reason.coverage, ".") if is_none else figure.sentence(dated)


def _outcome(row: dict[str, Any], context: Context) -> Line:
    if row["done"]:
        return line("Genomförd")
    if row["status"] == "Struken":
        return line("Struken ur planen")
    if row["klar_senast"] is not None and row["klar_senast"] < context.report.run.as_of:
        return line("Försenad, skulle vara klar ", cell(_PLAN, row, "klar_senast"))
    return line("Pågår" if row["status"] == "Pågår" else "Inte påbörjad")


def planned(context: Context, ahead: int) -> list[Block]:
    """The activities of the year that lies `ahead` years on."""
    if context.is_city:
        return []
    if context.lacks(_PLAN):
        return [text("Vad som är planerat går inte att säga: registret ", register_name(_PLAN), " har inte kommit.")]
    activities = [row for row in _of_year(context, ahead) if row["status"] != "Struken"]
    if not activities:
        return [text("Ingen aktivitet är ännu planerad för ", context.year(ahead), ".")]
    rows = tuple(
        (
            cell(_PLAN, row, "omrade"),
            cell(_PLAN, row, "aktivitet"),
            cell(_PLAN, row, "ansvarig_funktion", "Inte utsedd"),
            cell(_PLAN, row, "klar_senast", "Inte satt"),
        )
        for row in activities
    )
    return [Table(("Område", "Aktivitet", "Ansvarig funktion", "Klar senast"), rows, (24, 30, 32, 14))]


def _of_year(context: Context, ahead: int) -> list[dict[str, Any]]:
    year = context.report.run.as_of.year + ahead
    return context.rows.activities.filter(pl.col("ar") == year).to_dicts()


def decision() -> list[Block]:
    """The line on which the document is signed."""
    blank = "_" * 28
    return [
        Heading(line("Fastställande"), 2),
        Paragraph(line(f"Dokumentet är fastställt av {blank}, {blank[:14]}"), "decision"),
    ]
