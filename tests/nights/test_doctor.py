"""`lagesbild doctor`: what is damaged is told by name, with what would be done; --repair does it."""

import shutil
from pathlib import Path

import pytest

from assets.settings import Settings
from pipelines.commands.doctor import examine
from pipelines.data_folder import UnusableDataFolder
from pipelines.run_lock import RunInProgress, run_lock
from tests.nights.conftest import copied, run_steps
from tests.nights.test_cli import lagesbild
from tests.nights.victim import settings_of

pytestmark = pytest.mark.long


@pytest.fixture
def settings(first_night: Path, tmp_path: Path) -> Settings:
    """The morning after."""
    return settings_of(copied(first_night, tmp_path))


def tear(path: Path) -> str:
    path.write_bytes(path.read_bytes()[:-9])
    return path.name


def test_a_night_leaves_nothing_damaged(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert examine(settings, repair=False)
    assert capsys.readouterr().out == "Allt i datamappen är som det skrevs.\n"


def test_everything_that_is_torn_is_named_and_mended(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    data = settings.data
    torn = [
        next((data / "archive" / "raw").glob("??/*")),
        next((data / "archive" / "read").glob("personal/*/*/rows.parquet")),
        data / "history" / "figures" / "2023-11-21_2023-11-21.parquet",
        data / "history" / "gaps" / "2023-11-21.parquet",
        data / "alerts" / "nights" / "2023-11-21.parquet",
        next((data / "validation" / "kept").iterdir()),
        data / "validation" / "nights" / "2023-11-21.parquet",
        data / "status.json",
    ]
    names = [tear(path) for path in torn]
    settings.warehouse.write_bytes(b"no database")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.parent != data / "logs"}
    assert not examine(settings, repair=False)
    output = capsys.readouterr().out
    assert [name for name in names if name not in output and name != "rows.parquet"] == []
    assert f"{len(torn) + 1} fel. Laga det som går: lagesbild doctor --repair" in output
    after = {path: path.read_bytes() for path in before if path.exists()}
    assert after == before, "without --repair nothing is changed"
    assert examine(settings, repair=True), capsys.readouterr().out
    capsys.readouterr()
    assert examine(settings, repair=False)
    output = capsys.readouterr().out
    assert output.count("Undanlagt: ") == 4, output
    run_steps(settings)
    assert examine(settings, repair=False)


def test_receipts_are_taken_from_the_inbox_or_left_to_be_restored(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    receipts = settings.archive / "receipts" / "farsta.jsonl"
    kept = receipts.read_bytes()
    receipts.unlink()
    hidden = settings.data / "hidden"
    settings.inbox.rename(hidden)
    settings.inbox.mkdir()
    (settings.inbox / "farsta").mkdir()
    assert not examine(settings, repair=True)
    output = capsys.readouterr().out
    assert "archive/receipts/farsta.jsonl är skadad eller borta" in output
    assert "går inte att laga härifrån. Kvittona archive/receipts/farsta.jsonl" in output
    shutil.rmtree(settings.inbox)
    hidden.rename(settings.inbox)
    assert examine(settings, repair=True)
    assert receipts.read_bytes().count(b"\n") == kept.count(b"\n")


def test_what_is_published_is_held_against_its_manifest(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    current = settings.published / "current"
    tear(current / "farsta" / "indikatorer.csv")
    assert not examine(settings, repair=True)
    assert (
        "published/current/farsta/indikatorer.csv är inte det som publicerades: nästa natt" in capsys.readouterr().out
    )
    shutil.rmtree(current.resolve())
    assert examine(settings, repair=True)
    assert not current.is_symlink(), "there is no other night to point at"


def test_it_waits_for_no_run_and_needs_a_folder(settings: Settings) -> None:
    with run_lock(settings.data, "nattlig körning"), pytest.raises(RunInProgress):
        examine(settings, repair=False)
    (settings.data / "published" / "current").unlink()
    (settings.data / "published" / "current").mkdir()
    with pytest.raises(UnusableDataFolder):
        examine(settings, repair=False)


def test_its_exit_codes(settings: Settings) -> None:
    fine = lagesbild(settings, "doctor")
    assert (fine.returncode, fine.stdout) == (0, "Allt i datamappen är som det skrevs.\n")
    (settings.data / "status.json").write_text("{", encoding="utf-8")
    assert lagesbild(settings, "doctor").returncode == 3
    assert lagesbild(settings, "doctor", "--repair").returncode == 0
    assert not (settings.data / "status.json").exists()
