"""LAGESBILD_DASK: two workers on loopback read what one machine reads, also where one of them dies."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assets.intake.archive import Archive
from assets.intake.ingest import ingest
from assets.refusal import RunRefused
from assets.workers import cluster
from pipelines.config import read_settings
from pipelines.environment import ConfigurationError
from tests.dask_cluster import Cluster, dask_cluster
from tests.intake.delivered import REGISTERS

DAY = date(2026, 11, 21)


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    with dask_cluster(tmp_path / "dask") as cluster:
        yield cluster


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_readings_are_the_same_though_a_worker_dies(dask: Cluster, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for name in (f"org{number}" for number in range(8)):
        (inbox / name).mkdir(parents=True)
        for day in range(1, 6):
            rows = "".join(f"E{number};Enhet {name} {day};Drift\n" for number in range(2000))
            (inbox / name / f"enheter_2026-10-0{day}.csv").write_text(
                f"Enhet;Enhetsnamn;Verksamhet\n{rows}", encoding="utf-8"
            )
    one, several = Archive(tmp_path / "one" / "archive"), Archive(tmp_path / "several" / "archive")
    for archive in (one, several):
        archive.root.parent.mkdir()
    ingest(inbox, one, REGISTERS, DAY, workers=1)
    killer = dask.kill_one_when(lambda: any((several.root / "read").rglob("rows.parquet")))
    ingest(inbox, several, REGISTERS, DAY, dask=dask.address)
    killer.join()
    assert len(dask.workers) == 1
    several.tidy()  # as the next run does first: the worker that died may have left a draft
    assert files(several.root / "read") == files(one.root / "read")
    assert len(list((one.root / "read").rglob("rows.parquet"))) == 40


@pytest.mark.long
def test_a_cluster_that_wont_do_is_told(dask: Cluster, tmp_path: Path) -> None:
    with (
        pytest.raises(RunRefused, match=r"kan inte skriva i .*mappen ska delas"),
        cluster(dask.address, tmp_path / "elsewhere"),
    ):
        pass


def test_an_address_that_is_none_is_wrong_configuration(tmp_path: Path) -> None:
    environment = {"LAGESBILD_DATA": str(tmp_path), "LAGESBILD_DASK": "scheduler"}
    with pytest.raises(ConfigurationError, match="LAGESBILD_DASK ska vara en adress"):
        read_settings(environment)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "assets.cluster", None)
    with pytest.raises(RunRefused, match=r"pip install 'lagesbild\[dask\]'"), cluster("tcp://x:1", tmp_path):
        pass
