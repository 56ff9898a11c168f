"""What killed runs left half written anywhere in the data folder goes when the next run begins, and is output by
`lagesbild doctor` until then."""

from functools import partial
from pathlib import Path

import pytest

from assets.settings import Settings
from pipelines import run_context as run_contexts
from pipelines.commands.doctor import examine
from pipelines.run_context import run_context
from pipelines.run_lock import RunInProgress, run_lock
from tests.nights.victim import settings_of

PLACES = {
    ".status.json.1234abcd.tmp": True,
    "alerts/nights/.2026-11-21.parquet.1234abcd.tmp": True,
    "alerts/outbox/.a.json.1234abcd.tmp": True,
    "fetched/.state/borttagen.part": True,
    "history/gaps/.2026-11-21.parquet.1234abcd.tmp": True,
    "keys/.lookup.key.1234abcd.tmp": True,
    "validation/kept/.core.systems.1234abcd.tmp": True,
    "published/.current.1234abcd.tmp": True,
    "published/reviews/.2026-10-31_2026-11-21.1234abcd.tmp": True,
    "published/nightly/20261121T020000-01234567/farsta/.dold.tmp": False,
    "dagster/.dagster.yaml.1234abcd.tmp": False,
    "inbox/farsta/.personal.csv.1234abcd.tmp": False,
    "history/figures/2026-11-20.tmp": False,
}
"""Place → whether it is a run's draft; the others are people's, Dagster's or published."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = settings_of(tmp_path / "data")
    for place in PLACES:
        path = settings.data / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    return settings


def left(settings: Settings) -> set[str]:
    return {place for place in PLACES if (settings.data / place).exists()}


def test_a_run_begins_without_what_a_dead_one_left(settings: Settings) -> None:
    with run_context(settings, None, None, "01234567", publishes=False):
        assert left(settings) == {place for place, goes in PLACES.items() if not goes}


def test_a_run_that_must_wait_removes_nothing_of_the_one_that_writes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_contexts, "run_lock", partial(run_lock, wait=0.1))
    with run_context(settings, None, None, "01234567", publishes=False):
        half = settings.data / "history" / "gaps" / ".2026-11-22.parquet.1234abcd.tmp"
        half.write_bytes(b"half")
        with pytest.raises(RunInProgress), run_context(settings, None, None, "89abcdef", publishes=False):
            pass
        assert half.exists()


def test_doctor_tells_and_removes_them(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    drafts = {place for place, goes in PLACES.items() if goes}
    examine(settings, repair=False)
    output = capsys.readouterr().out
    assert {place for place in PLACES if f"{place} är halvskriven: tas bort" in output} == drafts
    assert left(settings) == PLACES.keys()
    examine(settings, repair=True)
    assert left(settings) == PLACES.keys() - drafts
