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
from tests.nights.conftest import read_csv
from tests.nights.source_case import Night, differences, parts
from tests.nights.test_samples import readable_text

pytestmark = pytest.mark.long

OWN = Path(__file__).parents[1] / "golden" / "sources"
SHARED = Path(__file__).parents[3] / "shared" / "samples-sources"
CASES = [OWN, *sorted(path.parent for path in SHARED.glob("*/expected"))]
TODAY = date(2026, 11, 10)
NEW_WORD = "Pausad av Prov Person"


@pytest.fixture(scope="module")
def validated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the cases before have validated: of most registers all are alike, for they have none of them."""
    return tmp_path_factory.mktemp("validated")


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
    assert leaked_secrets(night) == []


def test_what_a_source_newly_has_is_an_alert_once(tmp_path: Path) -> None:
    case = Path(shutil.copytree(OWN, tmp_path / "case"))
    first = case / "inbox" / "staden" / "kursintyg_2026-11-03.csv"
    head, *rows = first.read_text(encoding="utf-8-sig").splitlines()
    changed = [f"{head};Betyg", *(f"{row};0" for row in rows)]
    changed += [f"Farsta SDF;prov.ett@kommun.example;K2;{word};;0" for word in (NEW_WORD, "Vilande", "vilande ")]
    words = (
        "Källan kursintyg har 2 nya ord i kolumnen Status som inget läser, i kursintyg_2026-11-11.csv. "
        "Skriv in vad de betyder under [values] i sources/kursintyg.toml."
    )
    heading = (
        "Källan kursintyg har en ny rubrik som inget tar emot, i kursintyg_2026-11-11.csv: Betyg. "
        "Det som behövs skrivs in under [columns] i sources/kursintyg.toml, resten under ignore."
    )
    expected = [("farsta", words), ("farsta", heading), ("jarva", heading)]
    assert changed_sources(case, tmp_path / "data", TODAY) == []
    for day, more, state in ((11, [], "nytt"), (12, [f"{rows[0]};0"], "stängt")):
        delivery = first.with_name(f"kursintyg_2026-11-{day}.csv")
        delivery.write_text("\n".join([*changed, *more]), encoding="utf-8")
        found = changed_sources(case, tmp_path / "data", date(2026, 11, day))
        assert found == [(owner, "varning", text, state) for owner, text in expected]
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file() and "raw" not in path.parts]
    assert [str(path) for path in kept if path.suffix != ".zip" and NEW_WORD in readable_text(path)] == []


def changed_sources(case: Path, data: Path, today: date) -> list[tuple[str, str, str, str]]:
    """Whose, how grave, what and how they stand, of the alerts of one night."""
    settings = Settings(data=data, inbox=case / "inbox", config=case / "config", today=today)
    steps = Steps(settings)
    with run_context(settings, None, None, f"{today:%Y%m%d}") as run:
        steps.all(run)
    return sorted(
        (folder.name, row["Allvar"], row["Text"], row["Tillstånd"])
        for folder in Night(case, data, steps.registers).organisations
        if (folder / "larm.csv").exists()
        for row in read_csv(folder / "larm.csv")
        if row["Slag"] == "källan har ändrats"
    )


def blocked(night: Night) -> list[str]:
    """The organisations whose tables don't hold together, and why."""
    return [
        f"{row['organisation']} {row['table']}: {row['expectation']}"
        for row in night.query("FROM validation.results WHERE severity = 'kritisk' AND NOT ok")
    ]


def leaked_secrets(night: Night) -> list[tuple[str, list[str]]]:
    """Files that say what they must not: names, logins and addresses anywhere but in the archived bytes, keyed hashes
    and some strings more in what is published."""
    path = night.case / "expected" / "secrets.json"
    anywhere: list[str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    unpublished = [*anywhere, "hash:", *(text for part in parts(night) for text in part.expected.get("secrets", []))]
    files = [file for file in night.data.rglob("*") if file.is_file() and file.suffix != ".zip"]
    published = {file for file in files if file.is_relative_to(night.data / "published")}
    kept = {file for file in files if not file.is_relative_to(night.data / "archive" / "raw")} - published
    found = []
    for places, forbidden in ((published, unpublished), (kept, anywhere)):
        if forbidden:
            texts = pl.DataFrame({"place": [str(place) for place in places], "text": map(readable_text, places)})
            matches = texts.select("place", pl.col("text").str.extract_many(forbidden).list.unique().alias("secrets"))
            found += matches.filter(pl.col("secrets").list.len() > 0).rows()
    return found
