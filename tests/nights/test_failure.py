"""A night that fails: nothing is published, what was stays, and whoever asks is told."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from assets.settings import Settings
from pipelines import run_context as pipelines_run
from pipelines.commands.run import DONE, FAILED, execute
from pipelines.commands.status import tell_status
from pipelines.night_status import PUBLISHED, last_night
from pipelines.run_lock import run_lock
from pipelines.steps import Steps
from tests.nights.conftest import copied, csv_files
from tests.nights.victim import settings_of

BROKEN = """/*
about = "A row that can't be."
grain = ["no_such_column"]
*/
select review.no_such_column from core.review as review
"""


@pytest.mark.long
def test_a_failed_night_leaves_the_last_one_and_says_so(
    first_night: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_of(copied(first_night, tmp_path))
    before = csv_files(settings.published / "current")
    sql = Path(shutil.copytree(settings.sql, tmp_path / "sql"))
    (sql / "core" / "broken.sql").write_text(BROKEN, encoding="utf-8")
    assert execute(settings.model_copy(update={"sql": sql}), None, None) == FAILED
    error = capsys.readouterr().err
    assert "Körningen misslyckades i steget warehouse; ingenting publicerades." in error
    assert "core.broken: Binder Error, line 5 of sql/core/broken.sql" in error
    assert csv_files(settings.published / "current") == before
    assert last_night(settings)["outcome"] == "publicerade inget"
    assert tell_status(settings), "the picture itself is still fresh"
    out = capsys.readouterr().out
    assert "Senaste nattliga körning: publicerade inget" in out
    assert "steget warehouse misslyckades (core.broken: Binder Error, line 5 of sql/core/broken.sql)" in out
    assert execute(settings, None, None) == DONE


@pytest.mark.long
def test_what_fails_after_the_release_is_told_as_that(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`ingenting publicerades` is said only where it is so."""

    def fails(*_: object) -> None:
        raise RuntimeError("x")

    monkeypatch.setattr(Steps, "send_alerts", fails)
    assert execute(settings, None, None) == FAILED
    output = " ".join(capsys.readouterr().err.split())
    assert "nattens lägesbild är publicerad, men det som skulle följa på den (larmen) är inte klart." in output
    assert "ingenting publicerades" not in output
    assert (settings.published / "current" / "farsta" / "index.html").exists()
    assert last_night(settings)["outcome"] == PUBLISHED


@pytest.mark.slow
def test_two_at_once_the_second_says_who_is_first_and_fails(
    empty: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipelines_run, "run_lock", lambda data, doing: run_lock(data, doing, wait=0.1))
    with run_lock(empty.data, "nattlig körning"):
        assert execute(empty, None, None) == FAILED
    error = " ".join(capsys.readouterr().err.split())
    assert "En annan körning pågår: nattlig körning (process" in error
    assert "Traceback" not in error
    assert not empty.published.exists()


@pytest.mark.long
def test_another_installations_inbox_refuses_the_night_and_changes_nothing(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = settings.inbox / "farsta" / "texter"
    texts.mkdir(exist_ok=True)
    (texts / "2.2.1.md").write_text("En text som står kvar.\n", encoding="utf-8")
    assert execute(settings, None, None) == DONE
    before, archived = csv_files(settings.published / "current"), files_of(settings.archive)
    [state] = (settings.data / "alerts" / "nights").glob("*.parquet")
    alerts = pl.read_parquet(state)
    for folder in ("nacka", "tyreso"):
        (tmp_path / "other" / folder).mkdir(parents=True)
        (tmp_path / "other" / folder / "personal_2023-11-01.csv").write_text(
            "Anställnings-id\nA1\n", encoding="utf-8"
        )
    assert execute(settings.model_copy(update={"inbox": tmp_path / "other"}), None, None) == FAILED
    error = " ".join(capsys.readouterr().err.split())
    assert "mappar för nacka, tyreso och ingen för farsta, som har levererat hit" in error
    assert "Traceback" not in error
    assert csv_files(settings.published / "current") == before
    assert files_of(settings.archive) == archived
    of_night = pl.read_parquet(state)
    assert_frame_equal(of_night.filter(pl.col("kind") != "körning misslyckad"), alerts, check_row_order=False)
    assert of_night.height == alerts.height + 1, "no alert is closed"
    assert "körning misslyckad" in (settings.data / "alerts" / "larm.csv").read_text(encoding="utf-8-sig")
    assert execute(settings, None, None) == DONE
    assert csv_files(settings.published / "current").keys() == before.keys()


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
