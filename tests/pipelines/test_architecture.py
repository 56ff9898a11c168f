"""The architecture picture is what the asset graph says."""

import re
from pathlib import Path

from assets.settings import Settings
from pipelines.architecture import PICTURE, architecture

SETTINGS = Settings(data=Path("x"), inbox=Path("x"), config=Path("x"))


def test_the_picture_is_as_the_graph_says() -> None:
    """Draw it anew with `python -m pipelines.architecture`."""
    assert PICTURE.read_text(encoding="utf-8") == architecture(SETTINGS)


def test_every_wing_has_a_box() -> None:
    words = set(re.findall(r">([^<>]+)</text>", PICTURE.read_text(encoding="utf-8")))
    assert {"intake", "registers", "core", "indicators", "marts", "history", "publication"} <= words
    assert {"alerts/evaluate", "alerts/send"} <= words, "before and after the publication"
