"""`make run` where nobody has delivered anything: the demo, and what one can do with it."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from pipelines import first_run
from pipelines.config import read_settings
from pipelines.demo import AS_OF, KNOWN_AT, LATER_AS_OF, LATER_KNOWN_AT
from tests.programs import running

SINCE_THEN = {"AI-01": "1/2", "UTB-08": "6/8", "UTB-10": "3/6", "INC-07": "12/13", "BES-01": "0/2"}
"""What came after the first review, with its figure in the second."""

DONE, FOUND_FAULTS, STALE = 0, 3, 4
NOTHING_SET = dict.fromkeys(("LAGESBILD_DATA", "LAGESBILD_INBOX", "LAGESBILD_CONFIG", "LAGESBILD_TODAY"))


def test_the_demo_is_the_installations_until_something_is_delivered(tmp_path: Path) -> None:
    environment = {"LAGESBILD_DATA": str(tmp_path)}
    assert read_settings(environment).data == tmp_path
    (tmp_path / "demo" / "inbox").mkdir(parents=True)
    settings = read_settings(environment)
    assert (settings.data, settings.inbox) == (tmp_path / "demo", tmp_path / "demo" / "inbox")
    assert settings.config == tmp_path / "config", "what is set up while the demo is tried stays"
    assert read_settings(environment | {"LAGESBILD_INBOX": "/srv/leveranser"}).data == tmp_path


@pytest.mark.parametrize("own", ["inbox", "archive"])
def test_what_has_been_delivered_hides_the_demo(tmp_path: Path, own: str) -> None:
    (tmp_path / "demo" / "inbox").mkdir(parents=True)
    (tmp_path / own).mkdir()
    assert read_settings({"LAGESBILD_DATA": str(tmp_path)}).data == tmp_path


@pytest.mark.long
def test_the_three_commands_that_it_ends_with_work(tmp_path: Path) -> None:
    made = _run(tmp_path, [sys.executable, "-m", "pipelines.first_run"])
    assert made.returncode == DONE, made.stderr
    offered = made.stdout.partition("Pröva sedan:\n")[2].partition("\n\n")[0]
    serve, explain, check = (shlex.split(line) for line in offered.splitlines())
    assert "2026-11-20" in _run(tmp_path, explain).stdout
    checked = _run(tmp_path, check)
    assert (checked.returncode, "kolumnen Gäller till saknas" in checked.stdout) == (FOUND_FAULTS, True)
    assert _address(tmp_path, [*serve, "--port", "0"]).startswith("http://127.0.0.1:")
    status = _run(tmp_path, [explain[0], "status"])
    assert (status.returncode, status.stderr) == (STALE, "")
    assert not (tmp_path / "data" / "archive").exists(), "the demo has a folder of its own"
    _measures_what_came_since(tmp_path / "data" / "demo" / "published" / "reviews")


def _measures_what_came_since(reviews: Path) -> None:
    """The second review measures all that laws have come to ask, and begins with what the first decided."""
    first, second = reviews / f"{AS_OF}_{KNOWN_AT}" / "farsta", reviews / f"{LATER_AS_OF}_{LATER_KNOWN_AT}" / "farsta"
    assert {_figures(first)[name][0] for name in ("AI-01", "UTB-08", "UTB-10")} == {"ej tillämplig"}
    figures = _figures(second)
    assert {name: figures[name][1] for name in SINCE_THEN} == SINCE_THEN
    assert "NIS-2026-7 / Lägesrapport" in (second / "bristlistor" / "INC-07.csv").read_text("utf-8")
    assert (second / "bristlistor" / "BES-01.csv").read_text("utf-8").count(f"beslut_{KNOWN_AT}.docx") == 2


def _figures(folder: Path) -> dict[str, tuple[str, str]]:
    """Indicator → its state and `numerator/denominator`."""
    table = pl.read_csv(folder / "indikatorer.csv", separator=";", infer_schema=False)
    share = pl.concat_str("Täljare", pl.lit("/"), "Nämnare")
    return {name: (state, text) for name, state, text in table.select("Indikator", "Status", share).iter_rows()}


def test_the_demo_beside_deliveries_is_asked_for_by_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    ran: list[Path] = []
    monkeypatch.setattr(first_run, "add_later_deliveries", lambda *_: None)
    monkeypatch.setattr(first_run, "execute", lambda settings, *_: ran.append(settings.data) or DONE)
    own, demo = (CliRunner().invoke(first_run.main, arguments, env=NOTHING_SET) for arguments in ([], ["--demo"]))
    assert (own.exit_code, demo.exit_code) == (DONE, DONE)
    assert ran == [tmp_path / "data", *2 * [tmp_path / "data" / "demo"]]
    assert "Pröva sedan:" not in own.stdout
    assert "\n  LAGESBILD_DATA=data/demo LAGESBILD_INBOX=data/demo/inbox " in demo.stdout


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("LAGESBILD_", "DAGSTER_"))}
    return own | {"PYTHONUNBUFFERED": "1"}


def _run(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 – the commands are the product's own
        command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False, timeout=300
    )


def _address(folder: Path, command: list[str]) -> str:
    with running(command, cwd=folder, env=_environment(), stdout=subprocess.PIPE) as serving:
        assert serving.stdout is not None
        return serving.stdout.readline().split()[3]
