"""A whole night on a cluster, one of whose two workers dies in it: every published file is that of one machine."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.dask_cluster import dask_cluster
from tests.nights.conftest import csv_files, run_steps
from tests.nights.victim import settings_of

pytestmark = pytest.mark.long


def test_a_night_on_a_cluster_publishes_what_one_machine_does(first_night: Path, tmp_path: Path) -> None:
    one, data = first_night / "published" / "current", tmp_path / "several"
    shutil.copytree(first_night / "inbox", data / "inbox")
    with dask_cluster(tmp_path / "dask") as cluster:
        readings = data / "archive" / "read"
        killer = cluster.kill_one_when(lambda: any(readings.rglob("rows.parquet")))
        several = run_steps(settings_of(data).model_copy(update={"dask": cluster.address}))
        killer.join()
        assert len(cluster.workers) == 1
    assert csv_files(one) == csv_files(several)
    items = [pl.read_parquet(folder / "farsta" / "underlag.parquet") for folder in (one, several)]
    assert items[0].equals(items[1])
    files = [{path.relative_to(folder) for path in folder.rglob("*")} for folder in (one, several)]
    assert files[0] == files[1]
