"""larm.csv for Swedish Excel, and larm.html for anybody: whole in itself, readable, light and dark."""

import csv
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from assets.alerts.configuration import Configuration
from assets.alerts.files import write_files
from assets.alerts.recipients import Recipients
from tests.alerts.conftest import DAY, Installation, finding, missing

pytestmark = pytest.mark.slow

NIGHT = date(2026, 3, 3)


def test_larm_csv_has_every_state_and_no_formula(installation: Installation) -> None:
    installation.night(NIGHT, {"marts.deliveries": [missing("personal"), missing("enheter")]})
    cell = {"organisation": "farsta", "register": "revision", "row": 1, "column": "x", "effect": "raden"}
    installation.night(NIGHT + DAY, {"marts.deliveries": [missing("personal")], "marts.quarantine": [cell]})
    path = installation.run(NIGHT + DAY).folder / "alerts" / "farsta" / "larm.csv"
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 4
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["Slag"], row["Register"], row["Sedan"], row["Tillstånd"]) for row in rows] == [
        ("leverans saknas", "personal", "2026-03-03", "kvarstår"),
        ("rader i karantän", "revision", "2026-03-04", "nytt"),
        ("leverans saknas", "enheter", "2026-03-03", "stängt"),
    ]
    assert all(re.fullmatch(r"L-[0-9a-f]{12}", row["Larm-id"]) for row in rows)


def test_a_cell_that_would_start_a_formula_is_harmless(installation: Installation) -> None:
    state = finding("farsta", "leverans sen", "info", "=1+1").with_columns(since=NIGHT, closed=None)
    write_files(installation.root, state, "farsta", NIGHT, Configuration(), rehearsal=False)
    assert ";'=1+1;" in (installation.root / "larm.csv").read_text(encoding="utf-8")


class Outline(HTMLParser):
    """What a screen reader goes by: language, headings in order, header cells, and anything fetched from outside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language: str | None = None
        self.headings: list[int] = []
        self.scopes: list[str | None] = []
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "html":
            self.language = attributes.get("lang")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th":
            self.scopes.append(attributes.get("scope"))
        if tag in ("script", "link", "img", "iframe") or "src" in attributes:
            self.fetched.append(tag)


def test_larm_html_is_whole_in_itself_and_accessible(installation: Installation) -> None:
    page = full_page(installation)
    outline = Outline(page)
    assert outline.language == "sv"
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert outline.scopes
    assert None not in outline.scopes
    assert outline.fetched == []
    assert "url(" not in page
    assert "prefers-color-scheme: dark" in page
    assert "color-scheme: light dark" in page
    for heading in ("Tidsfrister enligt lag", "Nytt", "Stängt", "Kvarstår"):
        assert heading in page
    assert "Ingen leverans av enhetsregistret" in page
    assert "Ingen leverans av personalregistret" not in page, "what remains is a count and an age"
    assert '<a href="https://lagesbild.exempel.se/farsta/">' in page
    assert '<a href="index.html">' in page, "it leads back to the organisation's page, beside it"


def full_page(installation: Installation) -> str:
    """larm.html of a night with something of everything."""
    installation.configure("recipients.toml", 'link = "https://lagesbild.exempel.se/"')
    installation.night(NIGHT, {"marts.deliveries": [missing("personal"), missing("revision")]})
    step = {"organisation": "farsta", "arende_id": "I-7", "step": "Anmäld IMY", "law": "GDPR"}
    installation.night(
        NIGHT + DAY,
        {
            "marts.deliveries": [missing("personal"), missing("enheter")],
            "core.incident_steps": [step],
            "core.incident_deadlines": [step | {"verdict": "unknown"}],
        },
    )
    path = installation.run(NIGHT + DAY).folder / "alerts" / "farsta" / "larm.html"
    return path.read_text(encoding="utf-8")


def test_what_a_check_says_is_text_and_never_markup(installation: Installation) -> None:
    state = finding("farsta", "kontroll underkänd", "varning", "<script>a</script> & b").with_columns(
        since=NIGHT, closed=None
    )
    write_files(installation.root, state, "farsta", NIGHT, Configuration(), rehearsal=True)
    page = (installation.root / "larm.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;a&lt;/script&gt; &amp; b" in page
    assert "Det här är en repetition" in page


def test_an_organisation_may_be_called_anything(installation: Installation) -> None:
    configuration = Configuration(recipients=Recipients(link="https://lagesbild.exempel.se"))
    state = finding("a & b/<c>", "leverans sen", "info", "text").with_columns(since=NIGHT, closed=None)
    write_files(installation.root, state, "a & b/<c>", NIGHT, configuration, rehearsal=False)
    page = (installation.root / "larm.html").read_text(encoding="utf-8")
    assert "<h2>a &amp; b/&lt;c&gt;</h2>" in page
    assert 'href="https://lagesbild.exempel.se/a%20%26%20b/%3Cc%3E/"' in page


def test_long_lists_are_cut_and_say_so(installation: Installation) -> None:
    cells = [
        {"organisation": "farsta", "register": f"register_{number:02}", "row": 1, "column": "x", "effect": "raden"}
        for number in range(20)
    ]
    installation.night(NIGHT, {"marts.quarantine": cells})
    page = (installation.run(NIGHT).folder / "alerts" / "farsta" / "larm.html").read_text(encoding="utf-8")
    assert "Rader i karantän (20)" in page
    assert "… och 5 till, se larm.csv" in page


def test_clocks_are_never_cut_and_those_that_can_be_met_come_first(installation: Installation) -> None:
    days = ["2026-02-20", "2026-03-04", *(f"2026-01-{day:02}" for day in range(1, 21))]
    steps = [{"organisation": "farsta", "arende_id": f"I-{day}", "step": "Anmäld IMY", "law": "GDPR"} for day in days]
    limits = [{"limit_first": f"{day} 11:00:00", "limit_last": f"{day} 11:00:00"} for day in days]
    clocks = [step | limit for step, limit in zip(steps, limits, strict=True)]
    installation.night(NIGHT, {"core.incident_steps": steps, "core.incident_deadlines": clocks})
    page = (installation.run(NIGHT).folder / "alerts" / "farsta" / "larm.html").read_text(encoding="utf-8")
    deadlines = re.findall(r"<li>Senast (\S+) kl. 12.00 sk", page)
    assert deadlines == sorted(days, reverse=True)
