"""A night that fetches: one source that can be reached and one that can't."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest
from tenacity import wait_none

from assets.intake.fetching import all_sources, fetch
from assets.intake.fetching.state import read_state
from assets.settings import Settings
from pipelines import sensors
from pipelines.commands.status import tell_status
from pipelines.definitions import build_defs
from pipelines.jobs import NIGHT, REVIEW
from pipelines.run_context import run_context
from pipelines.sensors import inbox_settled
from pipelines.steps import Steps
from tests.nights.conftest import QUIET, read_csv

pytestmark = pytest.mark.long

SECRET = "Hemligt_9f3b"  # noqa: S105 – of nothing
UNITS = "Enhet;Enhetsnamn;Verksamhet\n{};Ekens förskola;Förskola\n"


def write_source(config: Path, name: str, register: str, fetch: str) -> None:
    (config / "sources").mkdir(parents=True, exist_ok=True)
    (config / "sources" / f"{name}.toml").write_text(
        f'register = "{register}"\nfiles = "{register}*"\nin = "farsta"\n[fetch]\n{fetch}\n', encoding="utf-8"
    )


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "enheter_2026-11-20.csv").write_text(UNITS.format(1), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("FETCH_SECRET", SECRET)
    config = tmp_path / "config"
    write_source(config, "hr", "enheter", f'url = "file:{export}"')
    write_source(config, "moodle", "utbildning", 'url = "https://localhost:1/utbildning.csv"\n'
                 'auth = { token = "env:FETCH_SECRET" }')  # fmt: skip
    (tmp_path / "inbox").mkdir()
    return Settings(data=tmp_path / "data", inbox=tmp_path / "inbox", config=config, today=date(2026, 11, 21))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources are fetched in this process, at once."""
    monkeypatch.setattr(all_sources, "run_limited", lambda do, *args, **_: do(*args))
    monkeypatch.setattr(fetch, "WAIT", wait_none())


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as of_the_test:
        yield of_the_test


def fetch_job(settings: Settings, instance: dg.DagsterInstance, *names: str) -> dg.ExecuteInProcessResult:
    job = build_defs(settings).resolve_job_def(NIGHT)
    keys = [dg.AssetKey(["fetch", name]) for name in names]
    return job.execute_in_process(instance=instance, run_config={"loggers": QUIET}, asset_selection=keys)


def everything_below(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return "".join(path.read_bytes().decode("latin-1") for path in files)


def test_each_source_is_an_asset_upstream_of_the_deliveries(settings: Settings) -> None:
    graph = build_defs(settings).resolve_asset_graph()
    keys = {dg.AssetKey(["fetch", "hr"]), dg.AssetKey(["fetch", "moodle"])}
    assert keys <= set(graph.get_all_asset_keys())
    assert keys <= graph.get(dg.AssetKey(["intake", "deliveries"])).parent_keys
    for key in keys:
        assert graph.get(key).description
        assert graph.get(key).owners
        assert graph.get(key).group_name == "fetch"
    review = build_defs(settings).resolve_job_def(REVIEW)
    assert not keys & set(review.asset_layer.executable_asset_keys), "a review computes anew what has come"


def test_one_that_cannot_be_reached_fails_its_check_and_nothing_else(
    settings: Settings, instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    done = fetch_job(settings, instance, "hr", "moodle")
    assert done.success
    metadata = {
        event.asset_key.path[-1]: event.step_materialization_data.materialization.metadata
        for event in done.get_asset_materialization_events()
        if event.asset_key
    }
    assert metadata["hr"]["fetched_files"].value == 1
    assert "fault" not in metadata["hr"]
    assert metadata["moodle"]["fault"].value == "servern svarar inte"
    checks = {
        check.asset_key.path[-1]: (check.passed, check.severity) for check in done.get_asset_check_evaluations()
    }
    assert checks == {"hr": (True, dg.AssetCheckSeverity.WARN), "moodle": (False, dg.AssetCheckSeverity.WARN)}
    assert SECRET not in str(done.all_events)
    assert SECRET not in everything_below(tmp_path)
    assert (settings.data / "fetched" / "farsta" / "enheter_2026-11-20.csv").stat().st_mode & 0o777 == 0o600


def test_one_source_alone(settings: Settings, instance: dg.DagsterInstance) -> None:
    assert fetch_job(settings, instance, "hr").success
    assert read_state(settings.fetched, "hr")
    assert read_state(settings.fetched, "moodle") is None


@pytest.mark.usefixtures("here")
def test_what_is_fetched_is_taken_in_and_what_is_not_is_told(settings: Settings) -> None:
    with run_context(settings, None, None, "01234567") as run:
        steps = Steps(settings)
        steps.fetch()
        steps.ingest(run)
        deliveries = pl.read_parquet(run.deliveries_path).filter(status="i kraft")
        assert deliveries.select("organisation", "register", "name").rows() == [
            ("farsta", "enheter", "enheter_2026-11-20.csv")
        ]
        rows = pl.read_parquet(run.fetches).select("organisation", "register", "source", "reached", "fault").rows()
        assert [row[2:] for row in rows if row[2] == "moodle"] == [("moodle", None, "servern svarar inte")]
        assert [row[4] for row in rows if row[2] == "hr"] == [None]


@pytest.mark.usefixtures("here")
def test_status_tells_how_fetching_went(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    Steps(settings).fetch()
    capsys.readouterr()
    tell_status(settings)
    output = capsys.readouterr().out
    assert "Källan hr hämtades senast 2" in output
    assert "Källan moodle gick inte att nå 2" in output
    assert ": servern svarar inte. Det har inte gått någon gång." in output
    (settings.fetched / ".state" / "hr.json").unlink()
    (settings.fetched / ".state" / "hr.json").mkdir()
    tell_status(settings)
    assert "Det som är noterat om hämtningen går inte att läsa." in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_a_nights_own_fetching_starts_no_other(
    settings: Settings, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sensor, clock, cursor = inbox_settled(settings), [1_000_000.0], ""
    monkeypatch.setattr(sensors.time, "time", lambda: clock[0])

    def starts() -> bool:
        """Whether a run is asked for, now or when all has been still."""
        nonlocal cursor
        requests = 0
        for _ in range(2):
            clock[0] += sensors.STILL_SECONDS
            with dg.DagsterInstance.ephemeral() as instance:
                context = dg.build_sensor_context(instance=instance, cursor=cursor or None)
                tick: Any = sensor.evaluate_tick(context)
            requests += len(tick.run_requests or [])
            cursor = tick.cursor or context.cursor or ""
        return bool(requests)

    def night() -> None:
        with run_context(settings, None, None, "01234567") as run:
            Steps(settings).fetch()
            assert not starts(), "a run is going on"
            Steps(settings).ingest(run)

    assert starts(), "the first time"
    night()
    assert not starts()
    (export / "enheter_2026-11-20.csv").write_text(UNITS.format(2), encoding="utf-8")
    night()
    assert not starts(), "a later night fetched something new"
    (settings.inbox / "farsta").mkdir()
    (settings.inbox / "farsta" / "personal.csv").write_text("x", encoding="utf-8")
    assert starts(), "a person delivered"
    (export / "enheter_2026-11-21.csv").write_text(UNITS.format(3), encoding="utf-8")
    Steps(settings).fetch()
    assert starts(), "somebody fetched by day"
    night()
    assert not starts(), "what was fetched by day has been taken in"
    assert set(json.loads(cursor)) == {"seen", "since", "started"}


def test_a_whole_night_with_a_source_that_is_down(settings: Settings, instance: dg.DagsterInstance) -> None:
    job = build_defs(settings).resolve_job_def(NIGHT)
    assert job.execute_in_process(instance=instance, run_config={"loggers": QUIET}).success
    farsta = settings.published / "current" / "farsta"
    alerts = {line["Slag"]: line for line in read_csv(farsta / "larm.csv") if line["Slag"].startswith("källan")}
    assert alerts["källan går inte att nå"]["Text"] == (
        "Källan moodle går inte att nå: servern svarar inte. Det har inte gått någon gång."
    )
    assert alerts["källan går inte att nå"]["Register"] == "utbildning"
    in_force = [line["Källfil"] for line in read_csv(farsta / "leveranser.csv") if line["Status"] == "i kraft"]
    assert in_force == ["enheter_2026-11-20.csv"]
    assert SECRET not in everything_below(settings.data)
