"""The pages in real Chromium: accessible, narrow, without a script, by keyboard alone, and on paper."""

import io
import time
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.publication.page.browsing import opened
from tests.publication.page.handmade import MADE_AT

pytestmark = pytest.mark.long


def test_a_file_name_is_broken_between_its_parts_alone(browser: Browser, site: Path) -> None:
    with opened(browser, site / "farsta/leveranser.html") as page:
        names = page.locator("td.fil")
        assert names.count() > 20
        parts = names.evaluate_all(
            """all => all.flatMap(own => [...own.childNodes].filter(node => node.nodeType === 3).map(node => {
                const text = document.createRange(); text.selectNodeContents(node);
                return [node.textContent, text.getClientRects().length]; }))"""
        )
        assert [part for part, lines in parts if lines > 1 and " " not in part] == []


def test_a_long_list_begins_with_ten_rows_and_shows_all_when_asked(browser: Browser, site: Path) -> None:
    with opened(browser, site / "natt/indikatorer/UTB-01.html") as page:
        rows = page.locator("table:has(#brister) tbody tr:visible")
        assert rows.count() == 10
        page.get_by_role("button", name="Visa alla 40 rader").click()
        assert rows.count() == 40
        assert page.evaluate(
            "document.activeElement === document.querySelectorAll('table:has(#brister) tbody tr')[10]"
        )
        assert page.locator(".fler").count() == 0


def test_a_month_leads_to_its_days(browser: Browser, site: Path) -> None:
    with opened(browser, site / "farsta/arshjul.html") as page:
        months = page.locator("table:has(#hjulets-tal) a")
        assert months.count() > 3
        assert months.evaluate_all("all => all.every(own => document.querySelector(own.hash))")


@pytest.mark.parametrize("place", ["farsta/larm.html", "farsta/validering.html"])
def test_what_is_told_of_tonight_looks_like_the_rest_and_leads_back(browser: Browser, site: Path, place: str) -> None:
    with opened(browser, site / place) as page:
        font = page.locator("h1").evaluate("own => getComputedStyle(own).fontFamily")
        page.locator("main").get_by_role("link", name="Översikt").click()
        assert page.url.endswith("farsta/index.html")
        assert page.locator("h1").evaluate("own => getComputedStyle(own).fontFamily") == font


def test_printed_headings_stand_on_every_page(browser: Browser, site: Path) -> None:
    with opened(browser, site / "farsta/indikatorer/REG-01.html") as page:
        printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    words = [" ".join(sheet.extract_text().split()) for sheet in printed.pages]
    listed = [sheet for sheet in words if sheet.count("varken enhetens eller") > 2]
    assert len(listed) > 3
    assert [sheet[:200] for sheet in listed if "Benämning" not in sheet] == []


@pytest.mark.parametrize("organisation", ["farsta", "staden"])
def test_the_summary_is_one_sheet_of_paper(browser: Browser, site: Path, organisation: str) -> None:
    with opened(browser, site / organisation / "sammanfattning.html") as page:
        printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(printed.pages) == 1
    assert "lagkrav" in printed.pages[0].extract_text()


def test_a_name_is_never_broken_inside_a_word(browser: Browser, site: Path) -> None:
    with opened(browser, site / "natt/indikatorer/UTB-01.html", {"width": 1280, "height": 800}) as page:
        cell = page.locator("table:has(#brister) tbody td:nth-child(3)").first
        cell.evaluate("own => { own.textContent = 'Informationssäkerhetssamordnare'; }")
        height = cell.evaluate(
            "own => { const text = document.createRange(); text.selectNodeContents(own);"
            " return text.getClientRects().length; }"
        )
        assert height == 1


def test_details_open_without_a_script(browser: Browser, site: Path) -> None:
    with opened(browser, site / "farsta/indikatorer/INC-03.html", java_script_enabled=False) as page:
        figures = page.locator("#historik")
        assert figures.is_hidden()
        page.locator("summary").first.click()
        assert figures.is_visible()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, site: Path) -> None:
    with opened(browser, site / "natt/indikatorer/UTB-01.html") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "hoppa"
        assert page.locator(".hoppa").bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "innehall"
        page.reload()
        wanted = page.evaluate(
            """() => {
                const all = document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]');
                const seen = [...all].filter((element) => element.checkVisibility());
                seen.forEach((element, at) => { element.dataset.nr = at; });
                return seen.length;
            }"""
        )
        reached = []
        for _ in range(wanted):
            page.keyboard.press("Tab")
            number, outline = page.evaluate(
                "[document.activeElement.dataset.nr, getComputedStyle(document.activeElement).outlineStyle]"
            )
            reached.append(int(number))
            assert outline != "none", number
        assert reached == list(range(wanted))


def test_a_list_is_filtered_by_text_and_by_unit_and_says_how_many_rows_are_left(browser: Browser, site: Path) -> None:
    with opened(browser, site / "natt/indikatorer/UTB-01.html") as page:
        tools = page.locator('[role="search"]').last
        tools.get_by_label("Sök").fill("A00001")
        assert tools.locator('[role="status"]').inner_text() == "10 av 40 rader visas"
        tools.get_by_label("Enhet").select_option("E3")
        assert tools.locator('[role="status"]').inner_text() == "2 av 40 rader visas"
        assert page.locator("tbody tr:visible", has_text="A0000").count() == 2


def test_indicators_are_filtered_by_state_and_area(browser: Browser, site: Path) -> None:
    with opened(browser, site / "farsta/index.html") as page:
        tools = page.locator('[data-grupper] [role="search"]')
        tools.get_by_label("Område").select_option("Incidenter")
        assert page.locator("[data-grupp]:visible").count() == 1
        assert tools.locator('[role="status"]').inner_text() == "11 av 64 indikatorer visas"
        tools.get_by_label("Status").select_option("Information")
        assert {row.split("\t")[0] for row in page.locator("[data-grupp] tbody tr:visible").all_inner_texts()} == {
            "INC-01", "INC-02", "INC-10",
        }  # fmt: skip


def test_indicators_are_filtered_by_each_letter_of_the_standard(browser: Browser, site: Path) -> None:
    with opened(browser, site / "farsta/index.html") as page:
        letters = page.locator('[data-grupper] [role="search"]').get_by_label("9.3.2")
        assert letters.locator("option").all_inner_texts() == ["Alla", "a", "d1", "d2", "d3", "e", "f", "g"]
        letters.select_option("g")
        assert {row.split("\t")[0] for row in page.locator("[data-grupp] tbody tr:visible").all_inner_texts()} == {
            "BES-01", "PLAN-03",
        }  # fmt: skip


def test_deliveries_are_filtered_by_their_status(browser: Browser, site: Path) -> None:
    with opened(browser, site / "farsta/leveranser.html") as page:
        tools = page.locator('[role="search"]').first
        tools.get_by_label("Status").select_option("i kraft")
        headings = [text.strip() for text in page.locator("table:has(#leveranser) thead th").all_inner_texts()]
        place = headings.index("Status") + 1
        statuses = page.locator(f"table:has(#leveranser) tbody tr:visible td:nth-child({place})").all_inner_texts()
        assert set(statuses) == {"i kraft"}


def test_a_column_sorts_both_ways_with_what_has_no_value_last(browser: Browser, site: Path) -> None:
    def values(page: Page) -> list[str]:
        return page.locator("[data-grupp='Utbildning'] tbody td:nth-child(3)").all_inner_texts()

    with opened(browser, site / "farsta/index.html") as page:
        heading = page.locator("[data-grupp='Utbildning'] thead th").nth(2)
        for direction, is_reversed in (("ascending", False), ("descending", True)):
            heading.locator("button").click()
            assert heading.get_attribute("aria-sort") == direction
            texts = [value.split("\n")[0].replace("\u00a0%", "").replace(",", ".") for value in values(page)]
            numbers = [float(value) for value in texts if value != "–"]
            assert numbers == sorted(numbers, reverse=is_reversed)
            assert texts[len(numbers) :] == ["–"] * (len(texts) - len(numbers))
            assert len(numbers) > 1


def test_a_picture_older_than_26_hours_is_marked(browser: Browser, site: Path) -> None:
    for hours, is_old in ((25, False), (27, True)):
        with browser.new_context() as own:
            page = own.new_page()
            page.clock.set_fixed_time(MADE_AT + timedelta(hours=hours))
            page.goto((site / "natt/index.html").as_uri())
            assert page.locator("#gammal").is_visible() is is_old


def test_printed_it_keeps_its_figures_and_leaves_its_controls(browser: Browser, site: Path) -> None:
    with opened(browser, site / "natt/indikatorer/UTB-01.html") as page:
        printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    words = " ".join(sheet.extract_text() for sheet in printed.pages)
    assert "87,5" in words
    assert "A000039" in words
    assert "Sök" not in words
    assert "Hämta" not in words


def test_folded_figures_are_printed(browser: Browser, site: Path) -> None:
    with opened(browser, site / "farsta/indikatorer/INC-03.html") as page:
        printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert "bakom kurvan, nyast först" in " ".join(sheet.extract_text() for sheet in printed.pages)


def test_it_is_painted_within_a_second(browser: Browser, site: Path) -> None:
    started = time.perf_counter()
    with opened(browser, site / "farsta/index.html") as page:
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 1000
    assert time.perf_counter() - started < 5
