"""Every kind of page in real Chromium: accessible, narrow, without a script, and nothing wider than its place."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.publication.page.browsing import NARROW, WIDE, opened, unfold, violations

pytestmark = pytest.mark.long

KINDS = [
    "index.html", "farsta/index.html", "natt/indikatorer/UTB-01.html", "farsta/indikatorer/INC-03.html",
    "farsta/indikatorer/UTB-01.html", "farsta/leveranser.html", "staden/indikatorer/KLA-04.html",
    "staden/matris.html", "farsta/arshjul.html", "farsta/register.html", "farsta/larm.html",
    "farsta/validering.html", "farsta/indikatorer/REG-01.html", "farsta/sammanfattning.html", "staden/index.html",
    "farsta/atgarder.html", "farsta/enheter/3203.html", "farsta/system/index.html", "farsta/system/SYS-04.html",
]  # fmt: skip


@pytest.mark.parametrize("place", KINDS)
def test_axe_finds_nothing_in_light_or_dark_or_narrow(browser: Browser, site: Path, place: str) -> None:
    for scheme, viewport in (("light", WIDE), ("dark", NARROW)):
        with opened(browser, site / place, viewport, color_scheme=scheme) as page:
            assert violations(page) == ""


@pytest.mark.parametrize("place", KINDS)
def test_a_narrow_window_never_scrolls_sideways(browser: Browser, site: Path, place: str) -> None:
    with opened(browser, site / place, NARROW) as page:
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("place", KINDS)
def test_no_table_is_wider_than_the_page_at_1280(browser: Browser, site: Path, place: str) -> None:
    with opened(browser, site / place, WIDE) as page:
        unfold(page)
        wide = "all => all.filter(own => own.scrollWidth > own.clientWidth).map(own => own.innerText.slice(0, 60))"
        assert page.locator(".rulla:not(.matris *)").evaluate_all(wide) == []


@pytest.mark.parametrize("place", KINDS)
def test_without_a_script_all_is_readable_and_nothing_is_dead(browser: Browser, site: Path, place: str) -> None:
    with opened(browser, site / place, java_script_enabled=False) as page:
        assert page.locator("button, input, select, [aria-sort], [role='status']").count() == 0
        for element in page.locator("h1, h2, main table, main svg, main .hamta").all():
            folded = element.locator("xpath=ancestor::details[not(@open)]").count()
            assert element.is_visible() or folded, element.text_content()
        assert page.locator("[hidden]:not(#gammal)").count() == 0


@pytest.mark.parametrize("width", [400, 700, 1100, 1280, 1600])
@pytest.mark.parametrize("place", ["farsta/index.html", "farsta/arshjul.html", "farsta/leveranser.html"])
def test_a_chart_is_whole_in_its_column(browser: Browser, site: Path, width: int, place: str) -> None:
    with opened(browser, site / place, {"width": width, "height": 800}) as page:
        for chart in page.locator(".rulla.bild").all():
            assert chart.evaluate("own => own.scrollWidth <= own.clientWidth")


@pytest.mark.parametrize("place", ["farsta/arshjul.html", "farsta/indikatorer/REG-01.html", "farsta/leveranser.html"])
def test_a_long_page_is_no_roll(browser: Browser, site: Path, place: str) -> None:
    with opened(browser, site / place, WIDE) as page:
        assert page.evaluate("document.documentElement.scrollHeight") < 9000
