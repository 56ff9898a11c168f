"""The floor: DuckDB merely reads the same files as text, and keeps nothing. By hand:

    python -m tests.benchmarks.scale.floor <inbox>

Writes a JSON line: seconds on the clock, CPU seconds and peak bytes of the process, its imports included, and rows.
"""

import json
import sys
from pathlib import Path

import duckdb

from tests.benchmarks.scale.process_tree import Meter

_COUNTED = "SELECT count(*), count(COLUMNS(*)) FROM read_csv(?, delim = ';', all_varchar = true, header = true)"


def main(inbox: Path) -> None:
    with Meter() as meter, duckdb.connect() as con:
        rows = 0
        for file in sorted({path.name for path in inbox.glob("*/*.csv")}):
            # one scan per register, whose columns are its own; counting the cells reads every one
            counts = con.execute(_COUNTED, [str(inbox / "*" / file)]).fetchone()
            assert counts is not None
            rows += counts[0]
        line = {"seconds": round(meter.seconds(), 2), "cpu": round(meter.cpu(), 2), "peak": meter.take_peak()}
        print(json.dumps(line | {"rows": rows}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
