"""`make run` where nothing is configured: the demo's two reviews, with a figure for all that the laws ask."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.demo import AS_OF, KNOWN_AT, LATER_AS_OF, LATER_KNOWN_AT
from pipelines.first_run import main

SINCE_THEN = {"AI-01": "1/2", "UTB-08": "6/8", "UTB-10": "3/6", "INC-07": "12/13", "BES-01": "0/2"}
"""What came after the first review, with its figure in the second."""


@pytest.fixture(scope="module")
def reviews(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published reviews of the demo."""
    data = tmp_path_factory.mktemp("first")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAGESBILD_DATA", str(data))
        for name in ("LAGESBILD_INBOX", "LAGESBILD_CONFIG", "LAGESBILD_TODAY"):
            patch.delenv(name, raising=False)
        patch.setattr("sys.argv", ["first_run"])
        assert main() == 0
    return data / "demo" / "published" / "reviews"


def figures(review: Path) -> dict[str, tuple[str, str]]:
    """Indicator → its state and `numerator/denominator`."""
    table = pl.read_csv(review / "farsta" / "indikatorer.csv", separator=";", infer_schema=False)
    share = pl.concat_str("Täljare", pl.lit("/"), "Nämnare")
    return {name: (state, text) for name, state, text in table.select("Indikator", "Status", share).iter_rows()}


@pytest.mark.slow
def test_the_second_review_measures_what_came_since_the_first(reviews: Path) -> None:
    first = figures(reviews / f"{AS_OF}_{KNOWN_AT}")
    second = figures(reviews / f"{LATER_AS_OF}_{LATER_KNOWN_AT}")
    assert {first[name][0] for name in ("AI-01", "UTB-08", "UTB-10")} == {"ej tillämplig"}
    assert {name: second[name][1] for name in SINCE_THEN} == SINCE_THEN
    gaps = (reviews / f"{LATER_AS_OF}_{LATER_KNOWN_AT}" / "farsta" / "bristlistor" / "INC-07.csv").read_text("utf-8")
    assert "NIS-2026-7 / Lägesrapport" in gaps


@pytest.mark.slow
def test_the_second_review_begins_with_what_the_first_decided(reviews: Path) -> None:
    second = reviews / f"{LATER_AS_OF}_{LATER_KNOWN_AT}" / "farsta"
    gaps = (second / "bristlistor" / "BES-01.csv").read_text("utf-8")
    assert gaps.count(f"beslut_{KNOWN_AT}.docx") == 2
    deliveries = (second / "leveranser.csv").read_text("utf-8")
    assert f"farsta;beslut;beslut_{KNOWN_AT}.docx" in deliveries
