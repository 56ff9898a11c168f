"""What holds for every test, and the browser."""

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How many examples a property is tried on: some at every change, many by `make test-long`. A slow machine is no
# fault: speed is measured in benchmarks.
settings.register_profile("suite", max_examples=20, deadline=None)
settings.register_profile("long", max_examples=300, deadline=None)
settings.load_profile("suite")

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

_MARK_OF_MODULE = re.compile(r"^pytestmark = pytest\.mark\.(slow|long)$", re.MULTILINE)


def pytest_configure() -> None:
    """Lets SIGINT be heard, which a shell has its background jobs ignore: Dagster leaves SIGTERM as it finds SIGINT,
    and a program that a test starts would then not be stopped by it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A module whose tests are all left out by `-m "not slow"` isn't imported: half of collecting is such imports."""
    if collection_path.suffix != ".py":
        return None
    mark = _MARK_OF_MODULE.search(collection_path.read_text(encoding="utf-8"))
    return True if mark and f"not {mark[1]}" in config.option.markexpr else None


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium. Closed with its module: while it is open, no other test of the process can run an event loop
    of its own."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()
