"""Chapters 2 and 2.1: what the review proceeds from, and the world outside, theme by theme."""

from typing import Any

import polars as pl

from assets.publication.document.chapters.context import Context, cell, text
from assets.publication.document.model import Block, Chapter, Heading, line
from assets.publication.sv import register_name

_EVENTS = "omvarldsbevakning"


def introduction(context: Context) -> list[Block]:
    return [
        text(
            "För att informationssäkerhetsarbetet ska vara aktuellt över tid utgår ", context.name, " från riskerna: "
            "de som kommer utifrån, de som den egna uppföljningen visar och de som revision och dataskyddsombud har "
            "pekat på. Där inget annat mål nämns är målet att allt ska vara på plats.",
        )
    ]  # fmt: skip


def events_introduction(context: Context) -> list[Block]:
    if context.lacks(_EVENTS):
        return [
            text(
                "Vad som har hänt i omvärlden går inte att säga: registret ",
                register_name(_EVENTS),
                " har inte kommit.",
            )
        ]
    if not _of_chapter(context, "2.1"):
        return [text("Omvärldsbevakningen har inga händelser till och med ", context.day, ".")]
    return [text("Det här har hänt i omvärlden som påverkar arbetet, område för område och det senaste först.")]


def events(context: Context) -> list[Chapter]:
    """A chapter of its own for each theme, the one with the newest event first."""
    themes: dict[str, list[dict[str, Any]]] = {}
    for row in _of_chapter(context, "2.1"):
        themes.setdefault(row["theme"], []).append(row)
    return [
        Chapter(f"2.1.{place}", cell(_EVENTS, rows[0], "omrade"), tuple(_event_blocks(rows)), "2.1")
        for place, rows in enumerate(themes.values(), 1)
    ]


def events_of(context: Context, chapter: str) -> list[Block]:
    """The events that stand in another chapter, under a heading of their own; nothing where there are none."""
    rows = _of_chapter(context, chapter)
    return [Heading(line("Ur omvärldsbevakningen"), 4), *_event_blocks(rows)] if rows else []


def _of_chapter(context: Context, chapter: str) -> list[dict[str, Any]]:
    return context.rows.events.filter(pl.col("chapter") == chapter).to_dicts()


def _event_blocks(rows: list[dict[str, Any]]) -> list[Block]:
    return [block for row in rows for block in _event(row)]


def _event(row: dict[str, Any]) -> list[Block]:
    happened = cell(_EVENTS, row, "handelse")
    blocks: list[Block] = [text(happened, " (", cell(_EVENTS, row, "datum"), ").")]
    if row["paverkan"]:
        blocks.append(text("Påverkan: ", cell(_EVENTS, row, "paverkan"), _stop(row["paverkan"])))
    return blocks


def _stop(value: str) -> str:
    return "" if value.rstrip().endswith((".", "!", "?")) else "."
