"""How 1,500 nights of history and alerts weigh on a night. Run it by hand, on a data folder with one published night:

.venv/bin/python -m tests.benchmarks.long_history <data folder> [nights]

The night's history and alerts are copied, day by day, into the past of a scratch folder. Prints the seconds of
reading and thinning, on the clock and of CPU, and the size on disk. Nothing is asserted.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl

from assets.alerts.state import keep_state, state_before
from assets.registers.read_contracts import load_registers
from assets.settings import Run
from assets.warehouse.build import create_tables
from assets.warehouse.history import load_history, thin_history
from assets.warehouse.history_files import files_of, write_file
from assets.warehouse.models import load_models

ROOT = Path(__file__).parents[2]


def fill(data: Path, scratch: Path, nights: int) -> date:
    """Copies the newest night into so many days before it, with their checksums; gives its day."""
    newest = files_of(data / "history" / "gaps")[-1]
    night = date.fromisoformat(newest.stem)
    gaps = pl.read_parquet(newest)
    figures = pl.read_parquet(data / "history" / "figures" / f"{night}_{night}.parquet")
    for number in range(1, nights + 1):
        day = night - timedelta(days=number)
        dated = figures.with_columns(as_of=pl.lit(day), known_at=pl.lit(day))
        write_file(scratch / "history" / "figures" / f"{day}_{day}.parquet", dated)
        write_file(scratch / "history" / "gaps" / f"{day}.parquet", gaps)
        (scratch / "alerts" / "nights").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(
            data / "alerts" / "nights" / f"{night}.parquet", scratch / "alerts" / "nights" / f"{day}.parquet"
        )
    return night


def timed(what: str, function: Callable[[], object]) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    function()
    print(f"{what}: {time.perf_counter() - start:.2f} s, CPU {time.process_time() - cpu:.2f} s", flush=True)


def main(data: Path, nights: int) -> None:
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as con:
        scratch = Path(name)
        timed(f"{nights} nights written", lambda: fill(data, scratch, nights))
        night = date.fromisoformat(files_of(data / "history" / "gaps")[-1].stem)
        run = Run("x", "nightly", night, night, night, scratch)
        create_tables(con, load_registers(ROOT / "assets" / "registers"), load_models(ROOT / "sql"))
        con.execute("INSERT INTO intake.organisations VALUES ('an organisation without a past')")
        state = state_before(scratch / "alerts", night)
        timed("alerts: the first thinning", lambda: keep_state(scratch / "alerts", night, state))
        timed(
            "alerts: any night",
            lambda: keep_state(scratch / "alerts", night, state_before(scratch / "alerts", night)),
        )
        timed("history: the first thinning", lambda: thin_history(scratch / "history", night, None))
        timed("history: thinning on any night", lambda: thin_history(scratch / "history", night, None))
        timed(
            "history: read, with an organisation that has none", lambda: load_history(con, scratch / "history", run)
        )
        for kind in ("history/figures", "history/gaps", "alerts/nights"):
            files = [path.stat().st_size for path in (scratch / kind).glob("*.parquet")]
            print(f"{kind}: {len(files)} files, {sum(files) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1500)
