"""Whole nights on exports as real systems give them: each becomes the rows that its source file says, and no secret
gets further than the archived bytes.

The case of the repository's own runs everywhere; the others lie in ../shared/samples-sources.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assets.settings import Settings
from pipelines.run_context import run_context
from pipelines.steps import Steps
from tests.nights.source_case import Night, differences, parts
from tests.nights.test_samples import said_in

OWN = Path(__file__).parents[1] / "golden" / "sources"
SHARED = Path(__file__).parents[3] / "shared" / "samples-sources"
CASES = [OWN, *sorted(path.parent for path in SHARED.glob("*/expected"))]
TODAY = date(2026, 11, 10)


@pytest.fixture(scope="module")
def validated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the cases before have validated: of most registers all are alike, for they have none of them."""
    return tmp_path_factory.mktemp("validated")


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case(case: Path, validated: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", inbox=case / "inbox", config=case / "config", today=TODAY)
    steps = Steps(settings)
    kept = shutil.copytree(validated, settings.data / "validation" / "kept")
    with run_context(settings, None, None, "01234567") as run:
        steps.all(run)
    shutil.copytree(kept, validated, dirs_exist_ok=True)
    night = Night(case, settings.data, steps.registers)
    assert {part.name: found for part in parts(night) if (found := differences(part))} == {}
    assert blocked(night) == []
    assert told_secrets(night) == []


def blocked(night: Night) -> list[str]:
    """The organisations whose tables don't hold together, and why."""
    return [
        f"{row['organisation']} {row['table']}: {row['expectation']}"
        for row in night.query("FROM validation.results WHERE severity = 'kritisk' AND NOT ok")
    ]


def told_secrets(night: Night) -> list[tuple[str, list[str]]]:
    """Files that say what they must not: names, logins and addresses anywhere but in the archived bytes, keyed hashes
    and some strings more in what is published."""
    path = night.case / "expected" / "secrets.json"
    anywhere: list[str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    unpublished = [*anywhere, "hash:", *(text for part in parts(night) for text in part.expected.get("secrets", []))]
    files = [file for file in night.data.rglob("*") if file.is_file() and file.suffix != ".zip"]
    shown = {file for file in files if file.is_relative_to(night.data / "published")}
    kept = {file for file in files if not file.is_relative_to(night.data / "archive" / "raw")} - shown
    found = []
    for places, forbidden in ((shown, unpublished), (kept, anywhere)):
        if forbidden:
            told = pl.DataFrame({"place": [str(place) for place in places], "said": map(said_in, places)})
            matches = told.select("place", pl.col("said").str.extract_many(forbidden).list.unique().alias("secrets"))
            found += matches.filter(pl.col("secrets").list.len() > 0).rows()
    return found
