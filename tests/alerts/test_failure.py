"""A night that fails: it is told, once, into <data>/alerts/ and to the city's readers; the next one closes it."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from assets.alerts.send import alert_failed_night
from assets.settings import Settings
from pipelines import failed_night
from pipelines.failed_night import tell_failed_night
from pipelines.jobs import NIGHT as NIGHT_JOB
from pipelines.night_status import PUBLISHED, record_outcome
from pipelines.run_context import run_context
from pipelines.run_lock import run_lock
from pipelines.sensors import night_failed
from tests.alerts.conftest import DAY, Installation, Post, missing, recipients

pytestmark = pytest.mark.slow

NIGHT = date(2026, 3, 3)


def fail(installation: Installation, night: date) -> None:
    alert_failed_night(
        installation.settings, installation.configuration, night, "warehouse", installation.environment,
        fault="ConversionException",
    )  # fmt: skip


def larm(folder: Path) -> list[tuple[str, str, str]]:
    with (folder / "larm.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["Slag"], row["Sedan"], row["Tillstånd"]) for row in csv.DictReader(file, delimiter=";")]


def test_a_failed_night_is_notified_and_the_next_one_closes_it(
    installation: Installation, post: Post, port: int
) -> None:
    installation.configure("recipients.toml", recipients(port, organisations='["farsta", "staden"]'))
    step = {"organisation": "farsta", "arende_id": "I-7", "step": "Anmäld IMY", "law": "GDPR"}
    rows = {
        "marts.deliveries": [missing()],
        "core.incident_steps": [step],
        "core.incident_deadlines": [step | {"verdict": "unknown"}],
    }
    installation.night(NIGHT, rows)
    for night in (NIGHT + DAY, NIGHT + DAY, NIGHT + 2 * DAY):
        fail(installation, night)
    assert larm(installation.alerts) == [("körning misslyckad", "2026-03-04", "kvarstår")]
    assert (installation.alerts / "larm.html").exists()
    after = installation.night(NIGHT + 3 * DAY, rows)
    assert post.subjects == [
        "Lägesbild 2026-03-03: 1 öppen tidsfrist, 2 nya larm",
        "Lägesbild 2026-03-04: körningen misslyckades i steget warehouse (ConversionException), 1 öppen tidsfrist",
        "Lägesbild 2026-03-05: körningen misslyckades i steget warehouse (ConversionException), 1 öppen tidsfrist",
        "Lägesbild 2026-03-06: 1 öppen tidsfrist, 1 stängt",
    ]
    assert "i steget warehouse" in post.texts()[1]
    assert after.filter(register="personal")["since"].to_list() == [NIGHT], "a failed night closes nothing"
    assert not (installation.alerts / "larm.csv").exists()


def test_a_rerun_that_succeeds_the_same_night_closes_it(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port, organisations='["*"]'))
    fail(installation, NIGHT)
    installation.night(NIGHT, {})
    installation.night(NIGHT, {})
    installation.night(NIGHT + DAY, {})
    assert post.subjects == [
        "Lägesbild 2026-03-03: körningen misslyckades i steget warehouse (ConversionException)",
        "Lägesbild 2026-03-03: 1 stängt",
    ]


def test_an_organisations_reader_is_not_bothered(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    fail(installation, NIGHT)
    assert post.mails == []


def test_an_organisations_reader_hears_of_clocks_alone(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    step = {"organisation": "farsta", "arende_id": "I-7", "step": "Anmäld IMY", "law": "GDPR"}
    installation.night(NIGHT, {"core.incident_steps": [step], "core.incident_deadlines": [step]})
    fail(installation, NIGHT + DAY)
    assert post.subjects[1:] == ["Lägesbild 2026-03-04: 1 öppen tidsfrist"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", inbox=tmp_path / "inbox", config=tmp_path / "config", today=NIGHT)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


def failing_job(settings: Settings) -> dg.JobDefinition:
    """A job of the night's name and resource that goes wrong on the way."""

    @dg.resource(config_schema={"as_of": dg.Field(str, is_required=False)})
    def run(context: dg.InitResourceContext) -> Iterator[object]:
        assert context.run
        as_of = context.resource_config.get("as_of")
        day = date.fromisoformat(as_of) if as_of else None
        with run_context(settings, day, day, context.run.run_id[:8]) as current:
            yield current

    @dg.op(required_resource_keys={"run"})
    def warehouse() -> None:
        raise ValueError("Anna Andersson 19121212-1212")

    @dg.job(name=NIGHT_JOB, resource_defs={"run": run}, executor_def=dg.in_process_executor)
    def night() -> None:
        warehouse()

    return night


def evaluate(settings: Settings, instance: dg.DagsterInstance, run_config: dict[str, object]) -> object:
    loggers = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    ended = failing_job(settings).execute_in_process(
        instance=instance, run_config=run_config | loggers, raise_on_error=False
    )
    assert not ended.success
    context = dg.build_run_status_sensor_context(
        sensor_name="night_failed",
        dagster_instance=instance,
        dagster_run=ended.dagster_run,
        dagster_event=ended.get_run_failure_event(),
    ).for_run_failure()
    return night_failed(settings)(context)


def test_the_sensor_tells_of_a_failed_night_and_not_why_in_the_data(
    settings: Settings, instance: dg.DagsterInstance
) -> None:
    assert evaluate(settings, instance, {}) is None
    folder = settings.data / "alerts"
    assert larm(folder) == [("körning misslyckad", "2026-03-03", "nytt")]
    page = (folder / "larm.html").read_text(encoding="utf-8")
    assert "Nattens körning misslyckades i steget warehouse. Felets slag: ValueError." in page
    assert "index.html" not in page, "beside a failed night's larm.html there is no page"
    assert "Anna" not in page
    assert night_failed(settings).default_status == dg.DefaultSensorStatus.RUNNING


def test_the_sensor_leaves_a_review_alone(settings: Settings, instance: dg.DagsterInstance) -> None:
    config = {"resources": {"run": {"config": {"as_of": "2026-02-01"}}}}
    assert isinstance(evaluate(settings, instance, config), dg.SkipReason)
    assert not (settings.data / "alerts").exists()


def test_readers_that_cannot_be_read_do_not_keep_it_from_the_files(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.config.mkdir()
    (settings.config / "recipients.toml").write_text("recipients = 1", encoding="utf-8")
    assert tell_failed_night(settings)
    assert larm(settings.data / "alerts") == [("körning misslyckad", "2026-03-03", "nytt")]
    assert "recipients har ett värde som inte går att använda" in caplog.text


def test_a_run_that_had_to_give_way_is_no_failed_night(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failed_night, "run_lock", lambda data, doing: run_lock(data, doing, wait=0.1))
    with run_lock(settings.data, "nattlig körning"):
        assert not tell_failed_night(settings, "abcd1234")


def test_a_run_that_another_has_made_up_for_is_no_failed_night(settings: Settings) -> None:
    started = datetime.now(UTC) - timedelta(minutes=1)
    with run_context(settings, None, None, "other000") as other:
        record_outcome(settings, other, PUBLISHED)
    assert not tell_failed_night(settings, "abcd1234", started)
    assert tell_failed_night(settings, "other000", started), "it failed after it had published"
    assert tell_failed_night(settings, "abcd1234", datetime.now(UTC) + timedelta(minutes=1))
