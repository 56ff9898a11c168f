"""`make bench`: what nights cost, from one district to all of Sweden, against the floor.

    python -m tests.benchmarks.scale [row district districts city sweden]

For each size: the exports, the floor, what one would write instead for two registers (`peers`), the first night and
the next, with nothing new; each in a process of its own.
The result is added to docs/prestanda.json, where the earlier ones stay, and docs/prestanda.md and its plot are drawn
anew. Seconds on the clock are of a machine that may be busy with other things: CPU seconds are the night's own.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from os import sched_getaffinity
from pathlib import Path
from typing import Any

from assets.registers.read_contracts import load_registers
from tests.benchmarks.scale.exports import DAY, SIZES, write_exports
from tests.benchmarks.scale.report import PEERS, RESULTS, write_report

ROOT = Path(__file__).parents[3]
TOO_LARGE = {("sweden", "pandas_ge")}
"""It holds every row in memory: 1.3 GB for a city's, so some 30 GB."""


def measure(name: str, scratch: Path) -> dict[str, Any]:
    """What one size cost."""
    inbox, data = scratch / "inbox", scratch / "data"
    rows = write_exports(inbox, SIZES[name], load_registers(ROOT / "assets" / "registers"))
    files = [path.stat().st_size for path in inbox.rglob("*.csv")]
    print(f"{name}: {rows:,} rows in {len(files):,} files, {sum(files) / 1e6:,.0f} MB", flush=True)
    floor = json.loads(_run("floor", str(inbox)))
    peers = {peer: json.loads(_run(f"peers.{peer}", str(inbox))) for peer in PEERS if (name, peer) not in TOO_LARGE}
    nights = [_night(inbox, data, number, scratch) for number in (1, 2)]
    return {
        "size": name,
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": _commit(),
        "cores": len(sched_getaffinity(0)),
        "rows": rows,
        "files": len(files),
        "bytes": sum(files),
        "floor": floor,
        "peers": peers,
        "first": nights[0],
        "unchanged": nights[1],
    }


def _night(inbox: Path, data: Path, number: int, scratch: Path) -> list[dict[str, Any]]:
    results = scratch / f"night-{number}.jsonl"
    data.mkdir(exist_ok=True)
    _run("night", str(inbox), str(data), str(DAY + timedelta(days=number)), str(results))
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()  # noqa: S603


def _run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", f"tests.benchmarks.scale.{module}", *arguments]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ).stdout


def main(names: list[str]) -> None:
    (ROOT / "build").mkdir(exist_ok=True)
    for name in names:
        scratch = Path(tempfile.mkdtemp(dir=ROOT / "build"))  # on a disk, as /tmp may not be
        try:
            found = measure(name, scratch)
        finally:
            shutil.rmtree(scratch)
        earlier = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
        RESULTS.write_text(json.dumps([*earlier, found], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_report()


if __name__ == "__main__":
    main(sys.argv[1:] or ["row", "district"])
