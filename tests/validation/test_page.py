"""validering.html: one file that asks the net for nothing, that a screen reader can read, in light and in dark."""

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import polars as pl
import pytest

from assets.validation.page import NIGHTS, render
from assets.validation.results import RESULT

B = date(2026, 11, 21)
ROW = {
    "organisation": "farsta", "table": "registers.personal", "expectation": "en_chef_per_enhet",
    "severity": "varning", "ok": True, "checked": 930, "unexpected": 0, "explanation": "Rätta <Roll> & Enhet.",
    "reason": "Därför.", "places": [],
}  # fmt: skip
FAILED = ROW | {"ok": False, "unexpected": 5, "places": ["fil <b>.csv rad 3", "fil.csv rad 9"]}


def page(*rows: dict[str, object], nights: int = 3, has_page: bool = True) -> str:
    results = pl.DataFrame(rows, schema=RESULT)
    seen = [results.with_columns(night=pl.lit(date(2026, 11, 1 + n))) for n in range(nights)]
    history = pl.concat([pl.DataFrame(schema=RESULT | {"night": pl.Date}), *seen]).drop(
        "explanation", "reason", "places"
    )
    return render("farsta", B, results, history, has_page=has_page)


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data if "style" not in self.open else ""


def test_it_says_what_is_wrong_where_and_how_to_mend_it() -> None:
    text = page(FAILED, ROW | {"expectation": "annan", "severity": "info"})
    said = " ".join(Reader(text).said.split())
    assert "Validering för farsta" in said
    assert "0 kritiska, 1 varningar och 0 upplysningar är underkända" in said
    assert "Rätta <Roll> & Enhet." in said
    assert "fil <b>.csv rad 3" in said
    assert "5 av 930" in said
    assert "Nätter av 3 registers.personal" in said
    assert "✗ underkänd" in said
    assert "✓ godkänd" in said, "told in words and signs, not by colour alone"
    assert "stoppad" not in said
    assert "<b>" not in text, "every word of the data is escaped"


def test_a_critical_fault_says_that_publication_is_stopped() -> None:
    assert "Publiceringen är stoppad" in page(FAILED | {"severity": "kritisk"})


def test_there_is_a_way_back_where_there_is_a_page_to_go_back_to() -> None:
    blocked = FAILED | {"severity": "kritisk"}
    assert [attributes["href"] for tag, attributes in Reader(page(blocked)).tags if tag == "a"] == ["index.html"]
    assert "Den förra lägesbilden står kvar" in page(blocked)
    first = page(blocked, has_page=False)
    assert "href" not in first
    assert "Det finns ingen tidigare lägesbild" in first


def test_nothing_wrong_and_no_nights() -> None:
    said = Reader(page(ROW, nights=0)).said
    assert "Inga. Alla kontroller som har något att pröva är godkända." in said
    assert "Ingen natt är sparad än." in said


def test_what_has_no_row_to_check_is_not_said_to_be_in_order() -> None:
    said = Reader(page(ROW | {"checked": 0})).said
    assert "inget att pröva" in said
    assert "✓ godkänd" not in said


def test_the_history_is_of_thirty_nights_newest_first() -> None:
    assert NIGHTS == 30
    nights = re.findall(r'<th scope="row">(2026-11-\d\d)</th>', page(FAILED))
    assert nights == ["2026-11-03", "2026-11-02", "2026-11-01"]


def test_it_stands_alone_and_can_be_read_aloud() -> None:
    text = page(FAILED, ROW | {"table": "marts.gaps"})
    reader = Reader(text)
    assert reader.open == []
    assert ("html", {"lang": "sv"}) in reader.tags
    assert not re.search(r"https?:|//|@import|url\(|<script|<link|<img", text.replace("<!doctype html>", ""))
    headings = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    tables = [tag for tag, _ in reader.tags if tag == "table"]
    assert len([tag for tag, _ in reader.tags if tag == "caption"]) == len(tables)
    assert all("scope" in attributes for tag, attributes in reader.tags if tag == "th")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(scheme: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for text."""
    rules = re.findall(r":root \{([^}]*)\}", page(ROW))[scheme == "dark"]
    colours = dict(re.findall(r"--(\w+): (#\w{6})", rules))
    for name in ("text", "bad", "warn", "good", "link"):
        for ground in ("ground", "soft"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
