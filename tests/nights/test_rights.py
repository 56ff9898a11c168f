"""Who may read what a night writes: the owner alone, and of what is published the readers' group."""

import grp
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.permissions import close_data, owner_only, share_once
from assets.settings import Settings
from pipelines.commands.run import DONE, FAILED, execute
from pipelines.config import read_settings
from pipelines.environment import ConfigurationError
from tests.nights.conftest import run_steps
from tests.nights.test_failure import BROKEN

FOR_GROUP = {"published", "status.json", "heartbeat.json"}
BY_PEOPLE = {"inbox", "config"}


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def own_dagster(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    return settings


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def wrong(data: Path) -> dict[str, str]:
    """Every path below the data folder whose mode isn't the promised one, and its mode."""
    found = {}
    for path in data.rglob("*"):
        top = path.relative_to(data).parts[0]
        if path.is_symlink() or top in BY_PEOPLE:
            continue
        folder, file = (0o750, 0o640) if top in FOR_GROUP else (0o700, 0o600)
        if mode(path) != (folder if path.is_dir() else file):
            found[str(path.relative_to(data))] = oct(mode(path))
    return found


@pytest.mark.long
def test_every_path_after_a_night(own_dagster: Settings) -> None:
    data = own_dagster.data
    assert execute(own_dagster, None, None) == DONE
    assert wrong(data) == {}
    assert mode(data) == 0o750
    names = {path.name for path in data.iterdir()}
    assert names >= {"archive", "warehouse", "history", "alerts", "validation", "dagster", "logs", "published"}
    assert os.umask(0o022) == 0o022, "the process has its own umask again"


@pytest.mark.long
def test_every_path_after_a_review_and_a_failed_night(own_dagster: Settings, tmp_path: Path) -> None:
    data = own_dagster.data
    review = own_dagster.today
    assert execute(own_dagster, review, review) == DONE
    sql = Path(shutil.copytree(own_dagster.sql, tmp_path / "sql"))
    (sql / "core" / "broken.sql").write_text(BROKEN, encoding="utf-8")
    assert execute(own_dagster.model_copy(update={"sql": sql}), None, None) == FAILED
    assert wrong(data) == {}
    assert (data / "alerts" / "larm.csv").exists()


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    open_folder = data / "archive" / "read"
    open_folder.mkdir(parents=True)
    (data / "archive").chmod(0o755)
    open_folder.chmod(0o755)
    left = open_folder / "old.parquet"
    left.write_text("x")
    left.chmod(0o644)
    (data / "program").mkdir(mode=0o755)
    (data / "lock").write_text("x")
    (data / "lock").chmod(0o644)
    elsewhere = data.parent / "elsewhere"
    elsewhere.write_text("x")
    elsewhere.chmod(0o644)
    (data / "archive" / "link").symlink_to(elsewhere)
    close_data(data)
    assert (mode(data / "archive"), mode(open_folder), mode(left)) == (0o700, 0o700, 0o600)
    assert mode(data / "lock") == 0o600
    assert mode(data / "program") == 0o755, "people's own is left alone"
    assert mode(elsewhere) == 0o644, "a link is not followed"


def test_an_earlier_night_that_was_open_to_all_is_the_group_s(tmp_path: Path) -> None:
    earlier = tmp_path / "published" / "nightly" / "1" / "larm.csv"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("x")
    share_once(tmp_path / "published", None)
    assert {mode(path) for path in (earlier.parent, tmp_path / "published")} == {0o750}
    assert mode(earlier) == 0o640
    earlier.chmod(0o644)
    share_once(tmp_path / "published", None)
    assert mode(earlier) == 0o644, "once"


def test_what_a_child_process_makes_is_the_owner_s_alone(tmp_path: Path) -> None:
    with owner_only():
        subprocess.run(["touch", tmp_path / "file"], check=True)  # noqa: S603, S607
    assert mode(tmp_path / "file") == 0o600


@pytest.mark.long
def test_the_group_is_given_what_is_published(own_dagster: Settings) -> None:
    others = [number for number in os.getgroups() if number != os.getegid()]
    if os.geteuid() == 0:
        others = [group.gr_gid for group in grp.getgrall() if group.gr_gid != os.getegid()]
    if not others:
        pytest.skip("this account is in one group alone")
    group = grp.getgrgid(others[0])
    run_steps(own_dagster.model_copy(update={"published_group": group.gr_name}))
    published = [path for path in own_dagster.published.rglob("*") if not path.is_symlink()]
    assert {path.stat().st_gid for path in [own_dagster.data, *published]} == {group.gr_gid}
    archived = (path for path in (own_dagster.data / "archive").rglob("*"))
    assert group.gr_gid not in {path.stat().st_gid for path in archived}
    assert wrong(own_dagster.data) == {}


def test_a_group_that_is_none_is_a_fault_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "lagesbild.toml").write_text('published_group = "no-such-group"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="no-such-group, som inte är någon grupp"):
        read_settings({"LAGESBILD_DATA": str(tmp_path), "LAGESBILD_CONFIG": str(tmp_path)})
