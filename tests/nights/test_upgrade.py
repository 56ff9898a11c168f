"""An upgrade: what the version before left in its data folder is read, and nothing of it begins anew."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from assets.settings import Settings
from pipelines.commands.doctor import examine
from pipelines.commands.status import tell_status
from pipelines.night_status import last_night
from tests.nights.conftest import read_csv, run_steps

pytestmark = pytest.mark.long

BEFORE = Path(__file__).with_name("data_0_1")
RECIPIENTS = """
[smtp]
host = "127.0.0.1"
port = 9
security = "ingen"
sender = "lagesbild@exempel.se"

[[recipients]]
name = "Samordnaren"
organisations = ["farsta"]
mail = ["samordnare@exempel.se"]
"""


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The first night after the upgrade; its inbox has been emptied since."""
    root = tmp_path_factory.mktemp("upgrade")
    data = Path(shutil.copytree(BEFORE, root / "data"))
    settings = Settings(data=data, inbox=root / "inbox", config=root / "config", today=date(2023, 11, 22))
    (settings.inbox / "farsta").mkdir(parents=True)
    settings.config.mkdir()
    (settings.config / "recipients.toml").write_text(RECIPIENTS, encoding="utf-8")
    assert last_night(settings)["as_of"] == "2023-11-21"
    run_steps(settings)
    return settings


def test_figures_and_gaps_go_on(upgraded: Settings) -> None:
    folder = upgraded.published / "current" / "farsta"
    figures = {row["Indikator"]: row for row in read_csv(folder / "indikatorer.csv")}
    assert figures["REV-01"]["Föregående värde"] == figures["REV-01"]["Värde"] != ""
    gaps = read_csv(folder / "bristlistor" / "REV-01.csv")
    assert {(row["Öppen sedan"], row["Ålder dagar"]) for row in gaps} == {("2023-11-20", "2")}
    history = {row["Per datum"] for row in read_csv(folder / "historik.csv") if row["Indikator"] == "REV-01"}
    assert {"2023-11-20", "2023-11-21"} <= history


def test_alerts_go_on_and_nobody_is_notified_again(upgraded: Settings) -> None:
    alerts = read_csv(upgraded.published / "current" / "farsta" / "larm.csv")
    since = {row["Sedan"] for row in alerts if row["Slag"] == "leverans saknas" and row["Register"] == "enheter"}
    assert since == {"2023-11-20"}
    kept = upgraded.data / "alerts"
    assert not (kept / "told.json").exists()
    before = json.loads((BEFORE / "alerts" / "told.json").read_text("utf-8"))["Samordnaren"]["open"]
    after = json.loads((kept / "notified.json").read_text("utf-8"))["Samordnaren"]["open"]
    assert set(before) & set(after), "what the reader knows is known"
    waiting = {path.name for path in (kept / "outbox").iterdir()}
    assert {path.name for path in (BEFORE / "alerts" / "outbox").iterdir()} <= waiting


def test_readings_are_made_anew_from_the_bytes(upgraded: Settings) -> None:
    deliveries = read_csv(upgraded.published / "current" / "farsta" / "leveranser.csv")
    assert {row["Register"] for row in deliveries if row["Status"] == "i kraft"} == {"revision", "vor_indikatorer"}


def test_nothing_is_damaged(upgraded: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert examine(upgraded, repair=False), capsys.readouterr().out
    assert tell_status(upgraded)
    assert not list(upgraded.data.rglob("*.trasig"))
    assert not (upgraded.data / "last_night.json").exists()
