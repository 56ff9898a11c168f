"""Nothing is lost: the archive alone gives the same, and a run that is killed leaves what was published whole."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from assets.settings import Settings
from tests.nights.conftest import csv_files, run_steps, with_demo_read

B, K = date(2023, 10, 31), date(2023, 11, 21)
LAGESBILD = Path(sys.executable).with_name("lagesbild")


def test_the_archive_alone_gives_the_same(settings: Settings) -> None:
    before = all_but_alerts(run_steps(settings, B, K))
    shutil.rmtree(settings.inbox)
    (settings.inbox / "farsta").mkdir(parents=True)  # nothing new; an inbox without folders would be refused
    shutil.rmtree(settings.archive / "read")
    receipts = settings.archive / "receipts"
    for path in receipts.iterdir():  # as after a change of every contract: no reading holds
        path.write_text(path.read_text(encoding="utf-8").replace('"reading":"', '"reading":"old-'), encoding="utf-8")
    assert all_but_alerts(run_steps(settings, B, K)) == before


def all_but_alerts(published: Path) -> dict[str, bytes]:
    """Alerts tell which refused files still lie in the inbox, so they depend on it."""
    return {place: content for place, content in csv_files(published).items() if not place.endswith("larm.csv")}


def test_raw_bytes_are_their_owners_alone(settings: Settings) -> None:
    run_steps(settings, B, K)
    raw = [path for path in (settings.archive / "raw").rglob("*") if path.is_file()]
    assert raw
    assert {oct(path.stat().st_mode & 0o777) for path in raw} == {"0o600"}


@pytest.fixture(scope="module")
def first_night(demo_inbox: Path, read_before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one published night, and one more delivery waiting in its inbox."""
    data = with_demo_read(read_before, tmp_path_factory.mktemp("night") / "data")
    inbox = Path(shutil.copytree(demo_inbox, data / "inbox"))
    run_steps(settings_of(data))
    new = inbox / "farsta" / "revision_2023-11-20.csv"
    new.write_text("Rekommendations-id;År;Rekommendation;Status;Sekretess\nR1;2023;Allt;Ny;Nej\n", encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def undisturbed(first_night: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the next night publishes when nothing happens to it."""
    data = copied(first_night, tmp_path_factory.mktemp("undisturbed"))
    return csv_files(run_steps(settings_of(data)))


MOMENTS = {
    "with the figures computed": "runs/*/validation_results.parquet",
    "in the midst of a folder": "published/.draft-*/farsta/ledningens_genomgang.xlsx",
    "with the draft whole": "published/.draft-*/manifest.json",
}
"""When the night is killed: as soon as this is there."""


@pytest.mark.slow
@pytest.mark.parametrize("sign", MOMENTS.values(), ids=MOMENTS)
def test_a_killed_night_leaves_the_last_one_standing(
    first_night: Path, undisturbed: dict[str, bytes], tmp_path: Path, sign: str
) -> None:
    data = copied(first_night, tmp_path)
    current = data / "published" / "current"
    whole, before = csv_files(current), current.resolve()
    environment = os.environ | {
        "LAGESBILD_DATA": str(data), "LAGESBILD_INBOX": str(data / "inbox"), "LAGESBILD_TODAY": "2023-11-21",
    }  # fmt: skip
    night = subprocess.Popen(  # noqa: S603
        [LAGESBILD, "run"], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    while next(data.glob(sign), None) is None and night.poll() is None:
        time.sleep(0.005)
    night.send_signal(signal.SIGKILL)
    night.wait()
    assert_whole(current)
    assert csv_files(current) == (whole if current.resolve() == before else undisturbed)
    assert csv_files(run_steps(settings_of(data))) == undisturbed
    assert list((data / "published").glob(".draft-*")) == []


def settings_of(data: Path) -> Settings:
    return Settings(data=data, inbox=data / "inbox", config=data / "config", today=date(2023, 11, 21))


def copied(data: Path, folder: Path) -> Path:
    return Path(shutil.copytree(data, folder / "data", symlinks=True))


def assert_whole(folder: Path) -> None:
    outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    for place, digest in outputs.items():
        assert hashlib.sha256((folder / place).read_bytes()).hexdigest() == digest, place
