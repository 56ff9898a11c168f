"""What stands on validering.html. How it looks, and its frame, are tested with the other pages."""

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import polars as pl

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
    return render(B, results, history, has_page=has_page)


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "wbr":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data if "style" not in self.open else ""


def test_it_says_what_is_wrong_where_and_how_to_mend_it() -> None:
    text = page(FAILED, ROW | {"expectation": "annan", "severity": "info"})
    words = " ".join(Reader(text).words.split())
    assert "2 kontroller i 1 tabell. Underkända: 0 kritiska, 1 varning och 0 upplysningar." in words
    assert "Rätta <Roll> & Enhet." in words
    assert "fil <b>.csv rad 3" in words
    assert "5 av 930" in words
    assert "Nätter av 3" in words
    assert "▲ Underkänd" in words
    assert "✓ Godkänd" in words, "told in words and signs, not by colour alone"
    assert "stoppad" not in words
    assert "<b>" not in text, "every word of the data is escaped"


def test_a_critical_fault_says_that_publication_is_stopped() -> None:
    assert "Publiceringen är stoppad" in page(FAILED | {"severity": "kritisk"})


def test_it_says_whether_an_earlier_picture_stands() -> None:
    blocked = FAILED | {"severity": "kritisk"}
    assert "Den förra lägesbilden står kvar" in page(blocked)
    assert "Det finns ingen tidigare lägesbild" in page(blocked, has_page=False)


def test_nothing_wrong_and_no_nights() -> None:
    words = Reader(page(ROW, nights=0)).words
    assert "Inga. Alla kontroller som har något att pröva är godkända." in words
    assert "Ingen natt är sparad än." in words


def test_what_has_no_row_to_check_is_not_said_to_be_in_order() -> None:
    words = Reader(page(ROW | {"checked": 0})).words
    assert "inget att pröva" in words
    assert "✓ godkänd" not in words


def test_the_history_is_of_thirty_nights_newest_first() -> None:
    assert NIGHTS == 30
    nights = re.findall(r'<th scope="row">(2026-11-\d\d)</th>', page(FAILED))
    assert nights == ["2026-11-03", "2026-11-02", "2026-11-01"]


def test_it_can_be_read_aloud() -> None:
    text = page(FAILED, ROW | {"table": "marts.gaps"})
    reader = Reader(text)
    assert reader.open == []
    assert not re.search(r"https?:|//|@import|url\(|<script|<link|<img", text)
    headings = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    tables = [tag for tag, _ in reader.tags if tag == "table"]
    assert len([tag for tag, _ in reader.tags if tag == "caption"]) == len(tables)
    assert all("scope" in attributes for tag, attributes in reader.tags if tag == "th")
