"""The run's warehouse takes no more memory than it may, whatever is asked of it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.settings import Run
from assets.warehouse import build
from assets.warehouse.build import open_warehouse

DAY = date(2026, 10, 31)
MUCH = """
    SELECT max(place), count(*)
    FROM (SELECT hash(range) AS key, row_number() OVER (ORDER BY key) AS place FROM range(3_000_000))
"""
"""It takes some hundred megabytes at once."""


@pytest.mark.slow
def test_what_needs_more_memory_than_there_may_be_goes_by_way_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "MEMORY", 60_000_000)
    run = Run("test", "review", DAY, DAY, DAY, tmp_path / "run")
    run.folder.mkdir()
    duckdb.connect(run.warehouse).close()
    with open_warehouse(run, tmp_path, {}, {}) as con:
        con.execute("SET threads = 1")
        assert con.execute(MUCH).fetchone() == (3_000_000, 3_000_000)
        assert con.execute("SELECT current_setting('memory_limit')").fetchone() == ("57.2 MiB",)
    assert [path.name for path in run.folder.iterdir()] == ["warehouse.duckdb"], "what lay on the disk is gone"
