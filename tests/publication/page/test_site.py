"""What stands on the first page, on the deliveries' and in front of all, read from reports made by hand."""

from datetime import date
from pathlib import Path

import pytest

from assets.publication.outputs import OUTPUTS
from assets.publication.page.front import FrontLine, write_front
from assets.publication.page.stale_notice import mark_kept
from assets.publication.report import Report
from assets.publication.sv import register_name, sentence
from assets.publication.units.own import units_of
from tests.publication.page.handmade import MADE_AT, B, alerts, delivery, gap, indicator, register, report
from tests.publication.page.reading import assert_sound, read, written

NASTY = """<b>&"'åäö</b><script>alert(1)</script>"""


def test_changes_since_the_last_night_and_the_last_review(tmp_path: Path) -> None:
    change = {"organisation": "a", "indicator": "UTB-01", "value": 87.5, "state": "gul", "value_before": 80.0}
    changes = [
        change | {"since": "natt", "before": date(2026, 11, 20), "state_before": "röd", "changed": True},
        change | {"since": "genomgång", "before": date(2026, 3, 1), "state_before": "gul", "changed": False},
    ]
    closed = gap(3) | {"closed": B}
    gaps = [gap(1, opened=B), gap(2)]
    page = written(tmp_path / "a", report([indicator()], (), (), changes, gaps, [closed]))["index.html"]
    assert "Sedan förra natten, 2026-11-20" in page.text
    assert "1 indikator har ändrats. 1 av dem har fått annan status." in page.text
    assert "1 brist har tillkommit och 1 brist har stängts." in page.text
    assert "Ingen av 1 indikator har ändrats." in page.text
    assert "2 brister har tillkommit och 1 brist har stängts de senaste 90 dagarna." in page.text
    assert ["UTB-01", "Utbildade", "80,0 %", "■ Röd", "87,5 %", "▲ Gul", "+7,5"] in [
        [cell.replace("\u00a0", " ").strip() for cell in row] for row in page.rows
    ]


def test_deliveries_that_need_something_done_stand_first(tmp_path: Path) -> None:
    registers = [
        register("enheter", "i kraft", 3),
        register("personal", "sen", 46, "äldre än 45 dagar"),
        register("pub_avtal", "i kraft", 50),
        register("revision", "avvisad", 10, "revision.csv: filen är tom; den förra leveransen gäller"),
        register("utbildning", "saknas", None, "ingen leverans gäller"),
    ]
    made = report(registers=registers, deliveries=[delivery(None, "okänd", None)])
    pages = written(tmp_path / "a", made)
    states = [
        (row[0], row[1].split()[-1], row[3]) for row in pages["leveranser.html"].rows if len(row) == 5 and row[1]
    ][1:]
    expected = [("utbildning", "Saknas", "–"), ("revision", "Avvisad", "10"), ("personal", "Sen", "46")]
    expected += [("pub_avtal", "kraft", "50"), ("enheter", "kraft", "3")]
    assert states == [(sentence(register_name(slug)), state, age) for slug, state, age in expected]
    assert "revision.csv: filen är tom" in pages["leveranser.html"].text
    assert "Ingen leverans gäller" in pages["leveranser.html"].text
    assert "2 av 5 register är i kraft utan anmärkning. 1 fil i inkorgen passar inget register." in pages[
        "index.html"
    ].text  # fmt: skip


def test_alerts_are_counted_while_they_are_open_and_the_critical_ones_written_out(tmp_path: Path) -> None:
    raised = alerts(
        ("kritisk", "Tiden gick ut.", "kvarstår"), ("varning", "Röd.", "nytt"), ("kritisk", "Förr.", "stängt")
    )  # fmt: skip
    page = written(tmp_path / "a", report(), raised)["index.html"]
    assert "Öppna 2 varav nya 1 Kritiska 1 Varningar 1 Upplysningar 0" in page.text
    assert "Tiden gick ut." in page.text
    assert "Förr." not in page.text
    assert {"larm.html", "larm.csv"} <= set(page.links)


def test_without_alerts_nothing_leads_to_them(tmp_path: Path) -> None:
    page = written(tmp_path / "a", report())["index.html"]
    assert not [link for link in page.links if "larm." in link]


def test_a_night_grows_old_and_a_review_does_not(tmp_path: Path) -> None:
    night = written(tmp_path / "night", report([indicator()]))
    review = written(tmp_path / "review", report([indicator()], kind="review"))
    assert "Bilden gäller till 2026-11-22 kl. 04.03; efter det är den för gammal." in night["index.html"].text
    for page in night.values():
        assert "gammal" in page.ids
    for page in review.values():
        assert "gammal" not in page.ids
        assert "Bilden är gammal" not in page.text
    assert "blir inte gammal" in review["index.html"].text


def test_the_city_is_told_by_organisation_and_leads_to_no_list(tmp_path: Path) -> None:
    part = {"organisation": "a", "indicator": "UTB-01"}
    made = report(
        [indicator(reason_code="organisations_left_out", reason="1 av 2 ej mätbara")],
        [part | {"numerator": 7, "denominator": 8, "value": 87.5, "state": "gul", "not_measured": 0}],
        organisation="staden", name="Hela staden",
    )  # fmt: skip
    pages = written(tmp_path / "staden", made)
    page = pages["indikatorer/UTB-01.html"]
    assert "1 organisation, sämst först" in page.text
    assert "A-förvaltningen" in [cell for row in page.rows for cell in row]
    assert "Av organisationerna: 1 av 2 ej mätbara." in page.text
    links = {link for found in pages.values() for link in found.links} - {"bristlistor/dubbla_kallor.csv"}
    forbidden = ("bristlistor", "per_enhet", "underlag.parquet")
    assert not [link for link in links if any(word in link for word in forbidden)]


@pytest.mark.slow
def test_the_same_report_gives_the_same_bytes(tmp_path: Path, reports: dict[str, Report]) -> None:
    for name in ("one", "two"):
        written(tmp_path / name, reports["farsta"])
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


@pytest.mark.slow
def test_every_link_leads_to_a_file_that_is_published(tmp_path: Path, reports: dict[str, Report]) -> None:
    for organisation, made in reports.items():
        folder = tmp_path / organisation
        pages = written(folder, made)
        own = [output for output in OUTPUTS if output.is_for(city=organisation == "staden")]
        known = {file for output in own for file in output.files if "*" not in file}
        known |= {f"underlag/{name}.json" for name in made.tables.figures["indicator"]}
        if organisation != "staden":
            known |= {f"bristlistor/{name}.csv" for name in made.tables.figures.filter("gap_list")["indicator"]}
            known |= {f"enheter/{unit.file}.html" for unit in units_of(made)}
        for place, page in pages.items():
            for link in page.links:
                file, _, fragment = link.partition("#")
                if link.startswith("data:"):
                    continue
                target = ((folder / place).parent / file).resolve() if file else folder / place
                way = target.relative_to(folder.resolve()).as_posix()
                assert target.is_file() or way in known, f"{place}: {link}"
                assert not fragment or fragment in pages[way].ids, f"{place}: {link}"


def test_a_blocked_organisations_pages_say_so_once(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    written(folder, report([indicator()]))
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    mark_kept(folder, date(2026, 11, 22))
    first = {path: path.read_bytes() for path in folder.rglob("*.*")}
    mark_kept(folder, date(2026, 11, 22))
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == first
    for path in folder.rglob("*.html"):
        page = read(path)
        assert_sound(page)
        assert page.text.count("Lägesbilden är inte från i natt.") == 1
        assert "natten 2026-11-22. Sidan visar läget per 2026-11-21" in page.text
        (way,) = [link for link in page.links if link.startswith(("validering", "../validering"))][:1]
        assert (path.parent / way).resolve() == (folder / "validering.html").resolve()
    mark_kept(folder, date(2026, 11, 23))
    assert "2026-11-22." not in read(folder / "leveranser.html").text
    assert {path.suffix for path, old in before.items() if path.read_bytes() != old} == {".html"}


def test_a_page_that_has_no_place_for_the_notice_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "validering.html").write_text("<p>x</p>", encoding="utf-8")
    mark_kept(tmp_path, B)
    assert (tmp_path / "validering.html").read_text(encoding="utf-8") == "<p>x</p>"


def test_the_front_page_leads_to_every_organisation_and_shows_no_figure(tmp_path: Path) -> None:
    lines = [
        FrontLine("b", NASTY, B, B, blocked=False, has_page=True),
        FrontLine("a", "A", date(2026, 11, 20), date(2026, 11, 20), blocked=True, has_page=True),
        FrontLine("ny", "Ny", None, None, blocked=True, has_page=False),
        FrontLine("staden", "Hela staden", B, B, blocked=False, has_page=True),
    ]
    write_front(tmp_path, lines, report().run, MADE_AT)
    page = read(tmp_path / "index.html")
    assert_sound(page)
    assert page.rows[1][0].startswith("Hela staden")
    assert {"staden/index.html", "a/index.html", "b/index.html"} <= set(page.links)
    assert "ny/index.html" not in page.links
    assert "Stoppad av valideringen: sidan är från en tidigare körning." in page.text
    assert "Stoppad av valideringen: ingen lägesbild ännu." in page.text
    assert NASTY in page.text
    assert "%" not in page.text
