"""Nothing is lost: the archive alone gives the same, and a run that is killed leaves what was published whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from assets.intake.archive import Archive
from assets.intake.lookup_key import LookupKey
from assets.refusal import RunRefused
from pipelines.commands.doctor import examine
from tests.nights.conftest import B, K, copied, csv_files, review_of, run_steps
from tests.nights.victim import assert_intact, night, night_with_power, settings_of, start

LAGESBILD = Path(sys.executable).with_name("lagesbild")


@pytest.mark.long
def test_the_archive_alone_gives_the_same(first_review: Path, tmp_path: Path) -> None:
    settings = settings_of(copied(first_review, tmp_path))
    before = all_but_alerts(review_of(settings.data))
    shutil.rmtree(settings.inbox)
    (settings.inbox / "farsta").mkdir(parents=True)  # nothing new; an inbox without folders would be refused
    shutil.rmtree(settings.archive / "read")
    archive = Archive(settings.archive)
    for organisation in archive.organisations():  # as after a change of every contract: no reading holds
        receipts = archive.receipts(organisation)
        archive.write_receipts(organisation, receipts.with_columns(reading=pl.lit("old-") + pl.col("reading")))
    assert all_but_alerts(run_steps(settings, B, K)) == before


def all_but_alerts(published: Path) -> dict[str, bytes]:
    """Alerts tell which refused files still lie in the inbox, so they depend on it."""
    return {place: content for place, content in csv_files(published).items() if not place.endswith("larm.csv")}


@pytest.mark.long
def test_raw_bytes_are_their_owners_alone(first_review: Path) -> None:
    raw = [path for path in (first_review / "archive" / "raw").rglob("*") if path.is_file()]
    assert raw
    assert {oct(path.stat().st_mode & 0o777) for path in raw} == {"0o600"}


@pytest.fixture(scope="module")
def evening(first_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after a published night, one more delivery waiting in its inbox."""
    data = copied(first_night, tmp_path_factory.mktemp("evening"))
    new = data / "inbox" / "farsta" / "revision_2023-11-20.csv"
    new.write_text("Rekommendations-id;År;Rekommendation;Status;Sekretess\nR1;2023;Allt;Ny;Nej\n", encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def undisturbed(evening: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the next night publishes when nothing happens to it."""
    data = copied(evening, tmp_path_factory.mktemp("undisturbed"))
    return csv_files(run_steps(settings_of(data)))


MOMENTS = {
    "with the figures computed": "runs/*/validation_results.parquet",
    "in the midst of a folder": "published/.draft-*/farsta/ledningens_genomgang.xlsx",
    "with the draft whole": "published/.draft-*/manifest.json",
}
"""When the night is killed: as soon as this is there."""


@pytest.mark.long
@pytest.mark.parametrize("sign", MOMENTS.values(), ids=MOMENTS)
def test_a_killed_night_leaves_the_last_one_standing(
    evening: Path, undisturbed: dict[str, bytes], tmp_path: Path, sign: str
) -> None:
    data = copied(evening, tmp_path)
    current = data / "published" / "current"
    undamaged, before = csv_files(current), current.resolve()
    environment = os.environ | {
        "LAGESBILD_DATA": str(data), "LAGESBILD_INBOX": str(data / "inbox"), "LAGESBILD_TODAY": "2023-11-21",
    }  # fmt: skip
    killed = subprocess.Popen(  # noqa: S603
        [LAGESBILD, "run"], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    while next(data.glob(sign), None) is None and killed.poll() is None:
        time.sleep(0.005)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert_intact(current)
    assert csv_files(current) == (undamaged if current.resolve() == before else undisturbed)
    assert csv_files(run_steps(settings_of(data))) == undisturbed
    assert list((data / "published").glob(".draft-*")) == []


@pytest.mark.long
def test_twenty_nights_killed_at_random_moments_leave_a_whole_picture(
    evening: Path, undisturbed: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, draw = copied(evening, tmp_path), random.Random(20)
    settings, current = settings_of(data), data / "published" / "current"
    allowed = [csv_files(current), undisturbed]
    started = time.monotonic()
    start(night, settings_of(copied(evening, tmp_path / "measured"))).join()
    seconds = time.monotonic() - started
    for _ in range(20):
        process = start(night, settings)
        process.join(draw.uniform(0, seconds))
        process.kill()
        process.join()
        assert_intact(current)
        assert csv_files(current) in allowed
    assert csv_files(run_steps(settings)) == undisturbed
    assert list((data / "published").glob(".draft-*")) == []
    assert examine(settings, repair=False), capsys.readouterr().out


@pytest.mark.long
def test_nights_that_lose_their_power_leave_a_whole_picture(
    evening: Path, undisturbed: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What hadn't reached the disk is gone: early in the archive, in the midst of the publication, and just after the
    switch. tests/benchmarks/kills.py does it at random, and more often."""
    data = copied(evening, tmp_path)
    settings, current = settings_of(data), data / "published" / "current"
    before = csv_files(current)
    for cut, expected in ((4, before), (60, before), ("published/current", undisturbed)):
        process = start(night_with_power, settings, cut, tmp_path / "events")
        process.join()
        assert process.exitcode == 9, f"the night was over before {cut}"
        assert_intact(current)
        assert csv_files(current) == expected
    assert csv_files(run_steps(settings)) == undisturbed
    assert examine(settings, repair=False), capsys.readouterr().out


def test_the_lookup_key_is_never_taken_for_another(tmp_path: Path) -> None:
    key = LookupKey(tmp_path / "lookup.key")
    key.digest("a@exempel.se")
    key.path.write_bytes(b"")  # type: ignore[union-attr]
    with pytest.raises(RunRefused, match=r"Nyckeln .*lookup\.key är skadad: återställ den ur säkerhetskopian"):
        LookupKey(tmp_path / "lookup.key").digest("a@exempel.se")
