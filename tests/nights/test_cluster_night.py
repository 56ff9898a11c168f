"""A whole night on a cluster, one of whose two workers dies in it: every published file is that of one machine."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assets.settings import Settings
from tests.dask_cluster import dask_cluster
from tests.nights.conftest import csv_files, run_steps

pytestmark = pytest.mark.long


def night(data: Path, inbox: Path, dask: str | None = None) -> Path:
    data.mkdir()
    settings = Settings(data=data, inbox=inbox, config=data / "config", today=date(2023, 11, 21), dask=dask)
    return run_steps(settings)


def test_a_night_on_a_cluster_publishes_what_one_machine_does(demo_inbox: Path, tmp_path: Path) -> None:
    one = night(tmp_path / "one", demo_inbox)
    with dask_cluster(tmp_path / "dask") as cluster:
        readings = tmp_path / "several" / "archive" / "read"
        killer = cluster.kill_one_when(lambda: any(readings.rglob("rows.parquet")))
        several = night(tmp_path / "several", demo_inbox, cluster.address)
        killer.join()
        assert len(cluster.workers) == 1
    assert csv_files(one) == csv_files(several)
    items = [pl.read_parquet(folder / "farsta" / "underlag.parquet") for folder in (one, several)]
    assert items[0].equals(items[1])
    files = [{path.relative_to(folder) for path in folder.rglob("*")} for folder in (one, several)]
    assert files[0] == files[1]
