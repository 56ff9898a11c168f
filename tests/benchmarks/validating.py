"""How long validating four million completion rows of fifty organisations takes. Run it by hand:

.venv/bin/python tests/benchmarks/validating.py

Prints the seconds that importing Great Expectations takes, then those of the suite of registers.utbildning: asked,
and kept from the night before. Nothing is asserted: a machine that is busy with something else is no fault of the
code.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from assets.registers.contract import Register
from assets.registers.read_contracts import load_registers
from assets.settings import Run, Settings
from assets.validation import suites, validate
from assets.warehouse.build import build, create_tables
from assets.warehouse.models import grains, load_models

ROOT = Path(__file__).parents[2]
ROWS, ORGANISATIONS, PER_PERSON = 4_000_000, 50, 80
B = date(2026, 10, 31)


def fill(con: duckdb.DuckDBPyConnection) -> None:
    """Deliveries of a year each, the newest with some of what the suite is there to find."""
    con.execute(f"""
        INSERT INTO intake.organisations SELECT 'org' || n FROM range({ORGANISATIONS}) AS each (n);
        INSERT INTO registers.utbildning
        SELECT
            'org' || n % {ORGANISATIONS} AS organisation,
            'utbildning_' || (2022 + n // {ORGANISATIONS} % 5) || '-12-31.csv' AS delivery,
            n // {ORGANISATIONS} AS row,
            'A' || n // {PER_PERSON * ORGANISATIONS} AS anstallnings_id,
            'KURS-' || n // {ORGANISATIONS} % 8 AS kurskod,
            if(n % 1000 = 7, 100, n // {8 * ORGANISATIONS} % 10) AS avsnitt,
            'Genomförd' AS status,
            TIMESTAMP '2022-01-10 08:00:00' + to_seconds(n) AS genomford,
            genomford AS genomford_last, CAST(genomford AS DATE) AS genomford_day, 'Självstudie' AS registrering
        FROM range({ROWS}) AS each (n);
        INSERT INTO intake.deliveries BY NAME
        SELECT organisation, 'utbildning' AS register, delivery AS name, delivery AS sha256,
            CAST(delivery[12:21] AS DATE) AS delivered, count(*) AS read, count(*) AS loaded, 0 AS quarantined,
            0 AS duplicates, 0 AS dropped_cells, 'i kraft' AS status, delivery AS folder,
            row_number() OVER (ORDER BY organisation, delivery) AS position
        FROM registers.utbildning GROUP BY organisation, delivery;
        INSERT INTO registers.utbildningskrav BY NAME
        SELECT DISTINCT kurskod, avsnitt, kurskod AS kurs, DATE '2022-01-01' AS slapps FROM registers.utbildning;
    """)


def timed(con: duckdb.DuckDBPyConnection, run: Run, settings: Settings, registers: dict[str, Register]) -> str:
    start = time.perf_counter()
    outcomes = validate.validate(con, run, settings, registers, grains(load_models(ROOT / "sql")))
    seconds = time.perf_counter() - start
    broken = [outcome.broken for outcome in outcomes if outcome.broken]
    assert not broken, broken
    failed = sum(outcome.results.filter(~outcome.results["ok"]).height for outcome in outcomes)
    fresh = [outcome.table for outcome in outcomes if not outcome.kept]
    return f"{seconds:.2f} s ({', '.join(fresh) or 'kept'}; {failed} results not ok)"


def main() -> None:
    registers, models = load_registers(ROOT / "assets" / "registers"), load_models(ROOT / "sql")
    start = time.perf_counter()
    import assets.validation.validate_table  # noqa: F401

    print(f"import of Great Expectations: {time.perf_counter() - start:.2f} s", file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect(Path(scratch) / "warehouse.duckdb") as con:
        settings = Settings(data=Path(scratch), inbox=Path(scratch), config=Path(scratch))
        run = Run("bench", "nightly", B, B, B, settings.data)
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [B])
        create_tables(con, registers, models)
        fill(con)
        build(con, models, ["core.protected_persons", "core.completions"])
        suites.tables = lambda *_: ["registers.utbildning"]
        print(f"{ROWS:,} completions: {timed(con, run, settings, registers)}", file=sys.stderr)
        print(f"the next night: {timed(con, run, settings, registers)}", file=sys.stderr)
        suites.tables = lambda *_: ["core.completions"]
        print(f"their core table: {timed(con, run, settings, registers)}", file=sys.stderr)
        print(f"the next night: {timed(con, run, settings, registers)}", file=sys.stderr)


if __name__ == "__main__":
    main()
