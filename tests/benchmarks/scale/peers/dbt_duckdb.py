"""What one would write instead with dbt and DuckDB, for the same two registers and the same figure. By hand:

    python -m tests.benchmarks.scale.peers.dbt_duckdb <inbox>

The project lies in `dbt/`: a model for each register over every organisation's files, the tests that a first version
has, and the figure. No archive, quarantine, history, list, page or document. dbt gets an environment of its own in
build/, for it pins other libraries than the product does. Writes a JSON line as `pandas_ge` does: seconds, CPU
seconds, peak bytes, the figure and how many tests failed.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from tests.benchmarks.scale.process_tree import Meter

ROOT = Path(__file__).parents[4]
ENVIRONMENT, PROJECT = ROOT / "build" / "dbt", Path(__file__).with_name("dbt")
PACKAGES = ("dbt-core==1.11.16", "dbt-duckdb==1.11.1", "duckdb>=1.5,<1.6")
"""dbt-core 1.12 asks for a program that isn't on the package index; DuckDB is of the product's own version."""


def main(inbox: Path) -> None:
    dbt = _installed()
    with tempfile.TemporaryDirectory() as name:
        places = {"PEER_INBOX": str(inbox), "PEER_DATABASE": f"{name}/peer.duckdb"}
        with Meter() as meter:
            began = meter.seconds(), meter.cpu()
            build = [str(dbt), "--no-send-anonymous-usage-stats", "build", "--quiet", "--project-dir", str(PROJECT)]
            more = ["--profiles-dir", str(PROJECT), "--target-path", name, "--log-path", name]
            done = subprocess.run([*build, *more], env=os.environ | places, stdout=sys.stderr, check=False)  # noqa: S603
            seconds, cpu = meter.seconds() - began[0], meter.cpu() - began[1]
        if done.returncode not in (0, 1):  # 1: tests failed
            raise RuntimeError(f"dbt ended with {done.returncode}")
        results = json.loads(Path(name, "run_results.json").read_text(encoding="utf-8"))["results"]
        with duckdb.connect(places["PEER_DATABASE"], read_only=True) as con:
            (figure,) = con.execute("FROM complete").fetchone() or (None,)
        failed = sum(result["status"] in ("fail", "error") for result in results)
        line = {"seconds": round(seconds, 2), "cpu": round(cpu, 2), "peak": meter.take_peak()}
        print(json.dumps(line | {"figure": figure, "failed": failed}))


def _installed() -> Path:
    """dbt's program, installed where it wasn't."""
    if not (dbt := ENVIRONMENT / "bin" / "dbt").exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)  # noqa: S603
        pip = [str(ENVIRONMENT / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        subprocess.run(pip, check=True, stdout=sys.stderr)  # noqa: S603
    return dbt


if __name__ == "__main__":
    main(Path(sys.argv[1]))
