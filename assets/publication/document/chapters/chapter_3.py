"""Chapter 3: the last review's decisions and the year's activities followed up, and the plan ahead."""

from typing import Any

import polars as pl

from assets.publication.document.chapters.context import Context, cell, text, under
from assets.publication.document.chapters.figures import joined, unmeasured
from assets.publication.document.chapters.indicator_sentence import Figure
from assets.publication.document.model import Block, Heading, Line, Table, line
from assets.publication.sv import register_name

_ACTIVITIES = ("PLAN-01", "PLAN-02", "PLAN-03")
_MAINTENANCE = ("PM3-01", "PM3-02", "PM3-03")

_DECISIONS = ("BES-01",)

PLACES = {"3": (*_DECISIONS, *_ACTIVITIES, *_MAINTENANCE)}
"""Chapter → the indicators told there."""

_PLAN, _DECIDED = "handlingsplan", "beslut"

_NONE = {
    "PLAN-02": "Ingen aktivitet i planen är försenad",
    "PLAN-03": "Alla aktiviteter i planen har ansvarig funktion och slutdatum",
}


def followed_up(context: Context) -> list[Block]:
    """What became of the last review's decisions and of the year's activities, and how systems are maintained."""
    head = Heading(line("Uppföljning av aktiviteterna för ", context.year()), 2)
    return [*_decisions(context), head, *_activities(context), *_maintenance(context)]


def _decisions(context: Context) -> list[Block]:
    head, result = Heading(line("Beslut från förra genomgången"), 2), text(context.figures.paragraph(*_DECISIONS))
    if context.is_city:
        return [head, result, text("Besluten redovisas i varje organisations egen genomgång.")]
    decisions = context.rows.decisions.to_dicts()
    if not decisions:
        is_missing = context.lacks(_DECIDED)
        if is_missing and not result.line:  # nothing is asked of decisions here
            return []
        return [
            head,
            *([] if is_missing else [text("Inga beslut från tidigare genomgångar finns att följa upp.")]),
            result,
        ]
    rows = tuple(
        (
            cell(_DECIDED, row, "beslut"),
            cell(_DECIDED, row, "ansvarig_funktion", "Inte utsedd"),
            cell(_DECIDED, row, "genomgang"),
            _outcome(_DECIDED, row, context),
        )
        for row in decisions
    )
    return [head, result, Table(("Beslut", "Ansvarig funktion", "Beslutat", "Läge"), rows, (34, 22, 14, 30))]


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
        (cell(_PLAN, row, "omrade"), cell(_PLAN, row, "aktivitet"), _outcome(_PLAN, row, context))
        for row in activities
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
    return under("Förvaltning av system och objekt", context.figures.sentences(*_MAINTENANCE), 2)


def _sentence(figure: Figure, dated: bool) -> Line:
    is_none = figure.row["kind"] == "open" and figure.row["numerator"] == 0
    return line(_NONE[figure.id], figure.reason.coverage, ".") if is_none else figure.sentence(dated)


_OUTCOMES = {
    _PLAN: {"done": "Genomförd", "late": "Försenad, skulle ha varit klar ", "none": "Inte påbörjad"},
    _DECIDED: {"done": "Genomfört", "late": "Försenat, skulle ha varit klart ", "none": "Inte påbörjat"},
}


def _outcome(register: str, row: dict[str, Any], context: Context) -> Line:
    words = _OUTCOMES[register]
    if row["done"]:
        return line(words["done"])
    if row["status"] == "Struken":
        return line("Struken ur planen")
    if row["klar_senast"] is not None and row["klar_senast"] < context.report.run.as_of:
        return line(words["late"], cell(register, row, "klar_senast"))
    return line("Pågår" if row["status"] == "Pågår" else words["none"])


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
    return [Table(("Område", "Aktivitet", "Ansvarig funktion", "Klar senast"), rows, (25, 27, 34, 14))]


def _of_year(context: Context, ahead: int) -> list[dict[str, Any]]:
    year = context.report.run.as_of.year + ahead
    return context.rows.activities.filter(pl.col("ar") == year).to_dicts()
