"""History over nights and reviews: earlier values, the age of gaps, what was closed; reruns change nothing."""

from datetime import date
from pathlib import Path

import pytest

from assets.settings import Settings
from tests.nights.conftest import read_csv, run_steps

pytestmark = pytest.mark.long

AUDIT = "Rekommendations-id;År;Rekommendation;Status;Sekretess\n"


@pytest.fixture
def settings(empty: Settings) -> Settings:
    """One organisation, which delivers an audit register and nothing else."""
    (empty.inbox / "farsta").mkdir(parents=True)
    return empty


def deliver(settings: Settings, day: int, *open_recommendations: str) -> None:
    """An audit register of that day in November 2023, with these recommendations open."""
    rows = "".join(f"{name};2023;Gör {name};Ny;Nej\n" for name in open_recommendations)
    file = settings.inbox / "farsta" / f"revision_2023-11-{day:02}.csv"
    file.write_text(AUDIT + "R0;2023;Klart;Åtgärdad;Nej\n" + rows, encoding="utf-8")


def night(settings: Settings, day: int, *open_recommendations: str) -> Path:
    """The night after it came."""
    deliver(settings, day, *open_recommendations)
    return run_steps(settings.model_copy(update={"today": date(2023, 11, day)})) / "farsta"


def gaps(folder: Path, name: str = "REV-01") -> dict[str, tuple[str, ...]]:
    headings = ("Öppen sedan", "Ålder dagar", *(("Stängd",) if name == "stangda" else ()))
    rows = read_csv(folder / "bristlistor" / f"{name}.csv")
    return {
        row["Objekt"]: tuple(row[heading] for heading in headings) for row in rows if row["Indikator"] == "REV-01"
    }


def figure(folder: Path) -> dict[str, str]:
    return next(row for row in read_csv(folder / "indikatorer.csv") if row["Indikator"] == "REV-01")


def test_gaps_open_grow_old_close_and_open_again(settings: Settings) -> None:
    first = night(settings, 21, "R1", "R2")
    assert gaps(first) == {"R1": ("2023-11-21", "0"), "R2": ("2023-11-21", "0")}
    assert figure(first)["Föregående värde"] == ""
    second = night(settings, 24, "R2", "R3")
    assert gaps(second) == {"R2": ("2023-11-21", "3"), "R3": ("2023-11-24", "0")}
    assert gaps(second, "stangda") == {"R1": ("2023-11-21", "3", "2023-11-24")}
    assert figure(second)["Föregående värde"] == "2"
    third = night(settings, 26, "R1")
    assert gaps(third)["R1"] == ("2023-11-26", "0"), "open again: since then, not since the first time"
    assert set(gaps(third, "stangda")) == {"R2", "R3"}


def test_the_same_night_again_writes_the_same_history(settings: Settings) -> None:
    night(settings, 21, "R1")
    night(settings, 22, "R1", "R2")
    history = {path: path.read_bytes() for path in (settings.data / "history").rglob("*.parquet")}
    assert len(history) == 4
    night(settings, 22, "R1", "R2")
    assert {path: path.read_bytes() for path in (settings.data / "history").rglob("*.parquet")} == history


def test_a_review_knows_the_nights_and_leaves_them_alone(settings: Settings) -> None:
    night(settings, 21, "R1")
    night(settings, 23, "R1", "R2")
    lives = {path: path.read_bytes() for path in (settings.data / "history" / "gaps").iterdir()}
    review = run_steps(settings, date(2023, 11, 24), date(2023, 11, 23)) / "farsta"
    assert gaps(review) == {"R1": ("2023-11-21", "3"), "R2": ("2023-11-23", "1")}
    assert figure(review)["Föregående värde"] == "2"
    assert {path: path.read_bytes() for path in (settings.data / "history" / "gaps").iterdir()} == lives


def test_as_known_then_and_as_known_now(settings: Settings) -> None:
    deliver(settings, 21, "R1")
    deliver(settings, 23, "R1", "R2")
    then = run_steps(settings, date(2023, 11, 21), date(2023, 11, 21)) / "farsta"
    now = run_steps(settings, date(2023, 11, 21), date(2023, 11, 23)) / "farsta"
    assert (figure(then)["Värde"], figure(now)["Värde"]) == ("1", "2")
    assert {path.name for path in (settings.published / "reviews").iterdir()} == {
        ".kept", "2023-11-21_2023-11-21", "2023-11-21_2023-11-23",
    }  # fmt: skip


def test_the_way_to_green_goes_by_what_the_nights_have_closed(settings: Settings) -> None:
    """Eleven of fifteen closed in the 45 days since the first night: the four left take seventeen."""
    every = [f"R{number}" for number in range(1, 16)]
    rows = "".join(f"{name};2023;Gör {name};Ny;Nej\n" for name in every)
    (settings.inbox / "farsta" / "revision_2023-10-10.csv").write_text(AUDIT + rows, encoding="utf-8")
    run_steps(settings.model_copy(update={"today": date(2023, 10, 10)}))
    folder = night(settings, 24, *every[:4])
    way = next(row for row in read_csv(folder / "vagen_till_gront.csv") if row["Indikator"] == "REV-01")
    assert (way["Öppna brister"], way["Att stänga"]) == ("4", "4")
    assert (way["Följd i dagar"], way["Stängda"], way["Tillkomna"]) == ("45", "11", "0")
    assert (way["Grön i samma takt"], way["Ingen prognos"]) == ("2023-12-11", "")
    page = (folder / "indikatorer" / "REV-01.html").read_text(encoding="utf-8")
    assert (
        "I samma takt som de senaste 45 dagarna, 11 stängda och 0 tillkomna brister, är den grön 2023-12-11." in page
    )
    listed = [row["Objekt"] for row in read_csv(folder / "brister.csv") if row["Indikator"] == "REV-01"]
    assert sorted(listed) == every[:4]
