"""A page in a real browser, as people meet it: wide and narrow, light and dark, with everything unfolded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

WCAG = {
    "preload": False,  # axe would fetch the style sheet, which a page from a file share may not
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}


@contextmanager
def opened(browser: Browser, path: Path, viewport: dict[str, int] = WIDE, **context: Any) -> Iterator[Page]:
    """The page, and a promise that it asked for nothing outside its folder and met no error."""
    faults: list[str] = []
    with browser.new_context(viewport=viewport, **context) as own:
        page = own.new_page()
        page.on("request", lambda request: None if request.url.startswith("file://") else faults.append(request.url))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(path.as_uri())
        yield page
        assert [fault for fault in faults if not fault.startswith("data:")] == []


def unfold(page: Page) -> None:
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")


def violations(page: Page) -> str:
    """What axe says is wrong with the page, everything unfolded; empty where nothing is."""
    unfold(page)
    found = Axe().run(page, options=WCAG)
    return str(found.generate_report()) if found.violations_count else ""
