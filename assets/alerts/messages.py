"""A digest in words: subject, plain text, HTML (mail and larm.html), and a Teams card."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from assets.alerts.digest import Digest, Section
from assets.alerts.vocabulary import Kind

MAX_SECTIONS, MAX_CLOCKS = 10, 3
"""So many organisations stand in a Teams card, and so many clocks of each: it may weigh 28 kB."""


def subject(digest: Digest, *, rehearsal: bool = False, failure: str | None = None) -> str:
    """One line: what failed where the night did, then what there is most reason to open the mail for."""
    failed_nights = sum(
        group.count for section in digest.sections for group in section.new if group.kind == Kind.FAILED_NIGHT
    )
    parts = [
        failure or "",
        _number(digest.clocks, "öppen tidsfrist", "öppna tidsfrister"),
        _number(digest.new - (failed_nights if failure else 0), "nytt larm", "nya larm"),
        _number(digest.closed, "stängt", "stängda"),
    ]
    news = ", ".join(part for part in parts if part) or "inget nytt"
    title = "Lägesbild, veckan som gick" if digest.weekly else "Lägesbild"
    return f"{'Repetition: ' if rehearsal else ''}{title} {digest.night}: {news}"


def text(digest: Digest, link: str | None, *, rehearsal: bool = False, failure: str | None = None) -> str:
    """The digest as plain text, for mail."""
    return _render("digest.txt", digest, link, rehearsal=rehearsal, failure=failure)


def html(
    digest: Digest,
    link: str | None,
    *,
    rehearsal: bool = False,
    failure: str | None = None,
    organisation_page: str | None = None,
) -> str:
    """A page that needs nothing else, for mail and for larm.html. `organisation_page`: the page beside it that it
    leads back to; a mail has none."""
    return _render(
        "digest.html", digest, link, rehearsal=rehearsal, failure=failure, organisation_page=organisation_page
    )


def card(digest: Digest, link: str | None, *, rehearsal: bool = False, failure: str | None = None) -> dict[str, Any]:
    """What a Teams Workflows webhook takes: a message with one Adaptive Card, counts and clocks only."""
    headline = subject(digest, rehearsal=rehearsal, failure=failure)
    body: list[dict[str, Any]] = [_block(headline, weight="Bolder", size="Medium")]
    body += [_block(sentence) for sentence in _sentences(digest, rehearsal, failure)]
    for section in digest.sections[:MAX_SECTIONS]:
        body.append(_block(section.organisation, weight="Bolder", separator=True))
        body += [_block(line, color="Attention") for group in section.clocks for line in group.lines[:MAX_CLOCKS]]
        body.append({"type": "FactSet", "facts": _facts(section)})
    if (left := len(digest.sections) - MAX_SECTIONS) > 0:
        body.append(_block(f"… och {_number(left, 'organisation', 'organisationer')} till"))
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": "Öppna lägesbilden", "url": link}] if link else [],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": content}
    return {"type": "message", "attachments": [attachment]}


def _render(
    template: str,
    digest: Digest,
    link: str | None,
    *,
    rehearsal: bool,
    failure: str | None,
    organisation_page: str | None = None,
) -> str:
    return (
        _templates()
        .get_template(template)
        .render(
            digest=digest,
            subject=subject(digest, rehearsal=rehearsal, failure=failure),
            sentences=_sentences(digest, rehearsal, failure),
            link=link.rstrip("/") if link else None,
            organisation_page=organisation_page,
        )
    )


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["days"] = days
    return environment


def _sentences(digest: Digest, rehearsal: bool, failure: str | None) -> list[str]:
    sentences = []
    if rehearsal:
        sentences.append("Det här är en repetition: dagens datum är satt för hand (LAGESBILD_TODAY).")
    if not digest.sections:
        sentences.append("Inga larm är öppna.")
    elif not (digest.new or digest.closed or digest.clocks or failure):
        sentences.append("Inget nytt i natt.")
    if digest.weekly:
        sentences.append(
            f"De senaste sju dagarna: nya larm {digest.raised}, stängda {digest.ended}. Öppna nu: {digest.open}."
        )
    return sentences


def _facts(section: Section) -> list[dict[str, str]]:
    facts = [{"title": group.kind.capitalize(), "value": str(group.count)} for group in section.clocks]
    facts += [{"title": f"Nytt: {group.kind}", "value": str(group.count)} for group in section.new]
    facts += [{"title": f"Stängt: {group.kind}", "value": str(group.count)} for group in section.closed]
    facts += [
        {"title": f"Kvarstår: {open_kind.kind}", "value": f"{open_kind.count}, äldst {days(open_kind.days)}"}
        for open_kind in section.remaining
    ]
    return facts


def _block(words: str, **more: object) -> dict[str, Any]:
    return {"type": "TextBlock", "text": words, "wrap": True, **more}


def days(count: int) -> str:
    """1 dag, 2 dagar."""
    return f"{count} {'dag' if count == 1 else 'dagar'}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
