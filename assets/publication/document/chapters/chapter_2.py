"""Chapters 2 and 2.1: what the review proceeds from, and the world outside."""

from typing import Any

from assets.publication.document.chapters.context import Context, cell, text
from assets.publication.document.model import Block, Chapter
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
    if context.rows.events.is_empty():
        return [text("Omvärldsbevakningen har inga händelser till och med ", context.day, ".")]
    return [text("Det här har hänt i omvärlden som påverkar arbetet, det senaste först.")]


def events(context: Context) -> list[Chapter]:
    """A chapter of its own for each event, the newest first."""
    return [
        Chapter(f"2.1.{place}", cell(_EVENTS, row, "omrade"), tuple(_event(row)), "2.1")
        for place, row in enumerate(context.rows.events.to_dicts(), 1)
    ]


def _event(row: dict[str, Any]) -> list[Block]:
    happened = cell(_EVENTS, row, "handelse")
    blocks: list[Block] = [text(happened, " (", cell(_EVENTS, row, "datum"), ").")]
    if row["paverkan"]:
        blocks.append(text("Påverkan: ", cell(_EVENTS, row, "paverkan"), _stop(row["paverkan"])))
    return blocks


def _stop(value: str) -> str:
    return "" if value.rstrip().endswith((".", "!", "?")) else "."
