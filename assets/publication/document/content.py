"""The whole document of one organisation as a tree of chapters, under the headings of the review this grew from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assets.publication.document import improvements, influences, own_follow_up, summary
from assets.publication.document.context import Setting
from assets.publication.document.figures import Figures
from assets.publication.document.markdown import by_chapter
from assets.publication.document.model import Backed, Block, Chapter, Line, say
from assets.publication.document.rows import Rows
from assets.publication.document.words import genitive
from assets.publication.report import Picture

CHAPTERS = (
    "1", "2", "2.1", "2.2", "2.2.1", "2.2.2", "2.2.3", "2.2.3.1", "2.2.3.2", "2.2.4", "2.2.5", "2.2.6",
    "3", "3.1", "3.2", "3.3",
)  # fmt: skip
"""The chapters that have a tag in the template and that people may write a text for."""


@dataclass(frozen=True)
class Document:
    """The chapters in their order; `name`, `year` and `day` stand on the title page and in the header."""

    name: Backed
    year: Backed
    day: Backed
    known: Backed
    chapters: tuple[Chapter, ...]

    @property
    def title(self) -> str:
        return f"Ledningens genomgång {self.year.text}, {self.name.text}"


def document_of(picture: Picture, rows: Rows, texts: Mapping[str, str]) -> tuple[Document, list[str]]:
    """The document, and what of the texts fits no chapter."""
    setting = Setting(picture, rows, Figures(picture))
    written, remarks = by_chapter(texts, set(CHAPTERS))
    titles = _titles(setting)
    told = {
        "1": summary.summary(setting),
        "2": influences.introduction(setting),
        "2.1": influences.events_introduction(setting),
        "2.2.1": influences.budget(setting, "2.2.1" in written),
        "2.2.2": influences.preparedness(setting),
        "2.2.3.1": own_follow_up.risk_analysis(setting),
        "2.2.3.2": own_follow_up.internal_control(setting),
        "2.2.4": own_follow_up.audits(setting),
        "2.2.5": influences.data_protection(setting),
        "2.2.6": influences.deviations(setting),
        "3": improvements.followed_up(setting),
        **{f"3.{ahead}": improvements.planned(setting, ahead) for ahead in (1, 2, 3)},
    }
    chapters: list[Chapter] = []
    for number in CHAPTERS:
        blocks: Sequence[Block] = [*written.get(number, []), *told.get(number, [])]
        if blocks or number in ("2.2", "2.2.3"):
            chapters.append(Chapter(number, titles[number], tuple(blocks), number))
        if number == "2.1":
            chapters += influences.events(setting)
    chapters[-1] = replace(chapters[-1], blocks=(*chapters[-1].blocks, *improvements.decision()))
    return Document(setting.name, setting.year(), setting.day, setting.known, tuple(chapters)), remarks


def _titles(setting: Setting) -> dict[str, Line]:
    owner = Backed(genitive(setting.name.text), setting.name.source)
    ahead = {f"3.{years}": say("Under ", setting.year(years), " ska ", setting.name) for years in (1, 2, 3)}
    return {
        "1": say("Sammanfattning"),
        "2": say("Faktorer som påverkar verksamhetens LIS"),
        "2.1": say("Omvärldsbevakning – hot, trender och ny lagstiftning"),
        "2.2": say("Vad påverkar ", owner, " informationssäkerhetsarbete?"),
        "2.2.1": say("Budget"),
        "2.2.2": say("Vad har verksamheten identifierat i RSA-arbetet"),
        "2.2.3": say("Resultatet från egen uppföljning (VoR och IKP)"),
        "2.2.3.1": say("Väsentlighet- och riskanalys"),
        "2.2.3.2": say("Internkontrollplan"),
        "2.2.4": say("Resultatet från revisioner"),
        "2.2.5": say("Risker som identifierats i GDPR-årsrapport"),
        "2.2.6": say("Information om avvikelser (incidenter och andra händelser)"),
        "3": say("Förbättringar som föreslås för verksamhetens LIS"),
        **ahead,
    }
