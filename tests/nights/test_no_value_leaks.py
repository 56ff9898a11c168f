"""A query that fails on a cell: neither terminal, log, Dagster's event log nor alert says what stands in it."""

import shutil
import traceback
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from assets.settings import Settings
from assets.sql_files import StepFailed
from pipelines import cli
from pipelines.boundary import kind_of, safe_error, without_values
from pipelines.commands.run import FAILED, execute
from tests.nights.conftest import run_steps

MODEL = """/*
about = "A cast that no cell stands."
grain = ["number"]
*/
select
    cast(person.anstallnings_id as integer) as number
from registers.personal as person
"""
ALERT = """/*
about = "One row per employee."
kind = "tidsfrist"
severity = "info"
*/
select person.organisation, cast(cast(person.anstallnings_id as integer) as varchar) as text
from registers.personal as person
"""


def with_file(settings: Settings, place: str, content: str, tmp_path: Path) -> Settings:
    sql = Path(shutil.copytree(settings.sql, tmp_path / "sql"))
    (sql / place).write_text(content, encoding="utf-8")
    return settings.model_copy(update={"sql": sql})


def secrets(settings: Settings) -> set[str]:
    rows = (settings.archive / "read" / "personal").rglob("rows.parquet")
    return {value for path in rows for value in pl.read_parquet(path)["anstallnings_id"].to_list()}


def traceback_of(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


@pytest.mark.long
def test_a_failing_model_is_named_and_no_cell_is_told(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    cells = secrets(settings)
    assert len(cells) > 10
    assert execute(with_file(settings, "core/broken.sql", MODEL, tmp_path), None, None) == FAILED
    outputs = {"terminal": "".join(capsys.readouterr()).encode()}
    for folder in ("logs", "dagster", "alerts", "status.json"):
        top = settings.data / folder
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file():
                outputs[str(path.relative_to(settings.data))] = path.read_bytes()
    assert {"logs/lagesbild.log", "alerts/larm.csv", "alerts/larm.html"} <= outputs.keys()
    assert any(name.startswith("dagster/") and b"STEP_FAILURE" in content for name, content in outputs.items())
    leaked = [(name, cell) for name, content in outputs.items() for cell in cells if cell.encode() in content]
    assert leaked == []
    for name in ("terminal", "logs/lagesbild.log", "alerts/larm.csv", "status.json"):
        assert b"core.broken: Conversion Error, line 6 of sql/core/broken.sql" in outputs[name], name


@pytest.mark.long
def test_a_failing_alert(settings: Settings, tmp_path: Path) -> None:
    broken = with_file(settings, "alerts/broken.sql", ALERT, tmp_path)
    with pytest.raises(StepFailed) as error:
        run_steps(broken)
    assert str(error.value).startswith("alerts.broken: Conversion Error")
    assert not [cell for cell in secrets(settings) if cell in traceback_of(error.value)]


CELL = "hemlig rad"


def fail(error: Exception, because: Exception) -> None:
    try:
        raise because
    except Exception as first:
        raise error from first


@pytest.mark.parametrize(
    "error",
    [ValueError(CELL), KeyError(CELL), pl.exceptions.ComputeError(CELL), RuntimeError(CELL)],
    ids=lambda error: type(error).__name__,
)
def test_no_library_s_message_passes(error: Exception) -> None:
    with pytest.raises(StepFailed) as raised, without_values("publication"):
        fail(RuntimeError(CELL), because=error)
    assert CELL not in traceback_of(raised.value)
    assert "publication: Runtime Error, test_no_value_leaks.py line" in traceback_of(raised.value)


def test_our_own_message_passes_without_what_caused_it() -> None:
    with pytest.raises(StepFailed) as raised, without_values("publication"):
        fail(StepFailed("core.x: Conversion Error"), because=ValueError(CELL))
    assert str(raised.value) == "core.x: Conversion Error"
    assert CELL not in traceback_of(raised.value)
    assert kind_of(raised.value) == "core.x: Conversion Error"


def test_a_failing_disk_is_still_known_by_its_number() -> None:
    error = safe_error(OSError(28, "No space left on device", "/x/anna@exempel.se.csv"))
    assert isinstance(error, OSError)
    assert error.errno == 28
    assert "anna@" not in str(error)


def test_a_command_that_fails_says_the_kind_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> Settings:
        raise ValueError(CELL)

    monkeypatch.setattr(cli, "settings_or_exit", unreadable)
    result = CliRunner().invoke(cli.main, ["status"])
    assert result.exit_code == 1
    assert "Oväntat fel: Value Error, " in result.stderr
    assert CELL not in result.output
