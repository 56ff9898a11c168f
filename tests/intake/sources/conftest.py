"""A source of one's own for each test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake.sources.sourced import Sourced


@pytest.fixture
def sourced(tmp_path: Path) -> Callable[..., Sourced]:
    """Gives a configured source of the text and SQL that are given."""

    def make(text: str, sql: str | None = None, name: str = "prov") -> Sourced:
        return Sourced(tmp_path, text, sql, name)

    return make
