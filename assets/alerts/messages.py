"""A digest in words: subject, plain text, HTML (mail and larm.html), and a Teams card."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from assets.alerts.digest import Digest, Section

MAX_SECTIONS, MAX_CLOCKS = 10, 3
"""So many organisations stand in a Teams card, and so many clocks of each: it may weigh 28 kB."""


def subject(digest: Digest, *, rehearsal: bool = False) -> str:
    parts = [
        _number(digest.clocks, "öppen tidsfrist", "öppna tidsfrister"),
        _number(digest.new, "nytt larm", "nya larm"),
        _number(digest.closed, "stängt", "stängda"),
    ]
    said = ", ".join(part for part in parts if part) or "inget nytt"
    title = "Lägesbild, veckan som gick" if digest.weekly else "Lägesbild"
    return f"{'Repetition: ' if rehearsal else ''}{title} {digest.night}: {said}"


def text(digest: Digest, link: str | None, *, rehearsal: bool = False) -> str:
    return _render("digest.txt", digest, link, rehearsal)


def html(digest: Digest, link: str | None, *, rehearsal: bool = False) -> str:
    """A page that needs nothing else, for mail and for larm.html."""
    return _render("digest.html", digest, link, rehearsal)


def card(digest: Digest, link: str | None, *, rehearsal: bool = False) -> dict[str, Any]:
    """What a Teams Workflows webhook takes: a message with one Adaptive Card, counts and clocks only."""
    body: list[dict[str, Any]] = [_block(subject(digest, rehearsal=rehearsal), weight="Bolder", size="Medium")]
    body += [_block(sentence) for sentence in _sentences(digest, rehearsal)]
    for section in digest.sections[:MAX_SECTIONS]:
        body.append(_block(section.organisation, weight="Bolder", separator=True))
        body += [_block(line, color="Attention") for group in section.clocks for line in group.lines[:MAX_CLOCKS]]
        body.append({"type": "FactSet", "facts": _facts(section)})
    if (left := len(digest.sections) - MAX_SECTIONS) > 0:
        body.append(_block(f"… och {left} organisationer till"))
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": "Öppna lägesbilden", "url": link}] if link else [],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": content}
    return {"type": "message", "attachments": [attachment]}


def _render(template: str, digest: Digest, link: str | None, rehearsal: bool) -> str:
    return (
        _templates()
        .get_template(template)
        .render(
            digest=digest,
            subject=subject(digest, rehearsal=rehearsal),
            sentences=_sentences(digest, rehearsal),
            link=link.rstrip("/") if link else None,
        )
    )


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )


def _sentences(digest: Digest, rehearsal: bool) -> list[str]:
    said = []
    if rehearsal:
        said.append("Det här är en repetition: dagens datum är satt för hand (LAGESBILD_TODAY).")
    if not digest.sections:
        said.append("Inga larm är öppna.")
    elif not (digest.new or digest.closed or digest.clocks):
        said.append("Inget nytt i natt.")
    if digest.weekly:
        said.append(
            f"De senaste sju dagarna: nya larm {digest.raised}, stängda {digest.ended}. Öppna nu: {digest.open}."
        )
    return said


def _facts(section: Section) -> list[dict[str, str]]:
    facts = [{"title": group.kind.capitalize(), "value": str(group.count)} for group in section.clocks]
    facts += [{"title": f"Nytt: {group.kind}", "value": str(group.count)} for group in section.new]
    facts += [{"title": f"Stängt: {group.kind}", "value": str(group.count)} for group in section.closed]
    facts += [
        {"title": f"Kvarstår: {each.kind}", "value": f"{each.count}, äldst {each.days} dagar"}
        for each in section.remaining
    ]
    return facts


def _block(words: str, **more: object) -> dict[str, Any]:
    return {"type": "TextBlock", "text": words, "wrap": True, **more}


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
