"""One organisation's document as a tree of chapters, under the headings of the review that this grew from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.publication.document.chapters import (
    chapter_1,
    chapter_2,
    chapter_2_2,
    chapter_2_2_3,
    chapter_3,
    chapter_4,
    reading_key,
)
from assets.publication.document.chapters.context import Context, text
from assets.publication.document.chapters.figures import Figures
from assets.publication.document.chapters.markdown import by_chapter
from assets.publication.document.model import Block, Chapter, Cited, Line, Paragraph, line
from assets.publication.document.rows import Rows
from assets.publication.document.words import genitive
from assets.publication.narrative import Note
from assets.publication.report import Report
from assets.settings import Limits

CHAPTERS = (
    "1", "2", "2.1", "2.2", "2.2.1", "2.2.2", "2.2.3", "2.2.3.1", "2.2.3.2", "2.2.4", "2.2.5", "2.2.6",
    "3", "3.1", "3.2", "3.3", "4", "lasnyckel",
)  # fmt: skip
"""The chapters that have a tag in the template. Those that have a number may be written a text for."""

_READING_KEY = CHAPTERS[-1]

_OWN_PAGE = ("4",)
"""Begins a page: what is decided and the line on which it is signed stand together."""

PLACES: Mapping[str, tuple[str, ...]] = {
    **chapter_1.PLACES, **chapter_2_2.PLACES, **chapter_2_2_3.PLACES, **chapter_3.PLACES,
}  # fmt: skip
"""Chapter → the indicators that have a place of their own in it. Others stand last in the chapter that the catalogue
names for them."""


@dataclass(frozen=True)
class Document:
    """The chapters in their order; `name`, `year` and `day` stand on the title page and in the header."""

    name: Cited
    year: Cited
    day: Cited
    known: Cited
    chapters: tuple[Chapter, ...]

    @property
    def title(self) -> str:
        return f"Ledningens genomgång {self.year.text}, {self.name.text}"


def document_of(
    report: Report, rows: Rows, texts: Mapping[str, str], limits: Limits, notes: Sequence[Note] = ()
) -> tuple[Document, list[str]]:
    """The document, and remarks on texts that fit no chapter or can't be read within the limits."""
    context = Context(report, rows, Figures(report), notes)
    narrated, remarks = by_chapter(texts, set(CHAPTERS), limits)
    titles, drafted = _titles(context), _drafted(context, set(narrated))
    chapters: list[Chapter] = []
    for number in CHAPTERS[:-1]:
        everything = [*narrated.get(number, []), *drafted.get(number, []), *_others(context, number)]
        blocks = [block for block in everything if not isinstance(block, Paragraph) or block.line]
        if blocks or number in ("2.2", "2.2.3"):
            chapters.append(Chapter(number, titles[number], tuple(blocks), number, new_page=number in _OWN_PAGE))
        if number == "2.1":
            chapters += chapter_2.events(context)
    key = tuple(reading_key.reading_key(context, set(narrated), CHAPTERS))
    chapters.append(Chapter("", line(reading_key.TITLE), key, _READING_KEY, new_page=True))
    return Document(context.name, context.year(), context.day, context.known, tuple(chapters)), remarks


def _drafted(context: Context, narrated: set[str]) -> dict[str, list[Block]]:
    return {
        "1": chapter_1.summary(context),
        "2": chapter_2.introduction(context),
        "2.1": chapter_2.events_introduction(context),
        "2.2.1": chapter_2_2.budget(context, is_written="2.2.1" in narrated),
        "2.2.2": chapter_2_2.preparedness(context),
        "2.2.3.1": chapter_2_2_3.risk_analysis(context),
        "2.2.3.2": chapter_2_2_3.internal_control(context),
        "2.2.4": chapter_2_2.audits(context),
        "2.2.5": chapter_2_2.data_protection(context),
        "2.2.6": chapter_2_2.deviations(context),
        "3": chapter_3.followed_up(context),
        **{f"3.{ahead}": chapter_3.planned(context, ahead) for ahead in (1, 2, 3)},
        "4": chapter_4.decisions(),
    }


def _others(context: Context, number: str) -> list[Block]:
    """The chapter's indicators that have no place of their own in it: an indicator is added by its SQL alone."""
    placed = {indicator for indicators in PLACES.values() for indicator in indicators}
    figures = context.figures.all.values()
    others = [figure.id for figure in figures if figure.id not in placed and figure.row.get("chapter") == number]
    sentences = context.figures.paragraph(*others)
    return [text(sentences)]


def _titles(context: Context) -> dict[str, Line]:
    owner = Cited(genitive(context.name.text), context.name.source)
    ahead = {f"3.{years}": line("Under ", context.year(years), " ska ", context.name) for years in (1, 2, 3)}
    return {
        "1": line("Sammanfattning"),
        "2": line("Faktorer som påverkar verksamhetens LIS"),
        "2.1": line("Omvärldsbevakning – hot, trender och ny lagstiftning"),
        "2.2": line("Vad påverkar ", owner, " informationssäkerhetsarbete?"),
        "2.2.1": line("Budget"),
        "2.2.2": line("Vad har verksamheten identifierat i RSA-arbetet"),
        "2.2.3": line("Resultatet från egen uppföljning (VoR och IKP)"),
        "2.2.3.1": line("Väsentlighet- och riskanalys"),
        "2.2.3.2": line("Internkontrollplan"),
        "2.2.4": line("Resultatet från revisioner"),
        "2.2.5": line("Risker som identifierats i GDPR-årsrapport"),
        "2.2.6": line("Information om avvikelser (incidenter och andra händelser)"),
        "3": line("Förbättringar som föreslås för verksamhetens LIS"),
        **ahead,
        "4": line("Beslut"),
    }
