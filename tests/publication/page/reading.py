"""A page as a test reads it: well formed, with its texts, links, ids and tables."""

from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import polars as pl

from assets.publication.page.site import write_site
from assets.publication.page.system import write_systems
from assets.publication.report import Report

_VOID = {"meta", "link", "br", "input", "img", "hr", "wbr"}


class Page(HTMLParser):
    """Raises where an element is closed that isn't open, or left open."""

    skipped: ClassVar[set[str]] = {"style", "script", "title"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.rows: list[list[str]] = []
        self.words: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open
        self.text = " ".join(" ".join(self.words).replace("\u00a0", " ").split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.tags.append(tag)
        if tag not in _VOID:
            self.open.append(tag)
        if "id" in own:
            self.ids.append(own["id"] or "")
        for name in ("aria-labelledby", "aria-describedby"):
            self.references += (own.get(name) or "").split()
        for name in ("href", "src"):
            if own.get(name):
                self.links.append(own[name] or "")
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append((int(tag[1]), ""))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.skipped:
            return
        self.words.append(data)
        inside = set(self.open)
        if inside & {"td", "th"}:
            self.rows[-1][-1] += data
        if inside & {"h1", "h2", "h3", "h4"}:
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)


def read(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def assert_sound(page: Page) -> None:
    """What every page must be, browser or not."""
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert all(words.strip() for _, words in page.headings)
    assert not [link for link in page.links if ":" in link and not link.startswith("data:")]


def written(folder: Path, report: Report, alerts: pl.DataFrame | None = None, **also: Any) -> dict[str, Page]:
    folder.mkdir(exist_ok=True)
    if not report.is_city:
        write_systems(report, folder)
    write_site(report, folder, alerts, also.pop("remarks", ()), **also)
    pages = {path.relative_to(folder).as_posix(): read(path) for path in folder.rglob("*.html")}
    for page in pages.values():
        assert_sound(page)
    return pages
