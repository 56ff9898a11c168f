"""The benchmark's exports: the same bytes every time, and such that a night has something of everything to do."""

import hashlib
import json
from pathlib import Path

import pytest

from assets.intake.read_delivery import read_delivery
from assets.registers.read_contracts import load_registers
from tests.benchmarks.scale.exports import DAY, SIZES, Size, write_exports
from tests.benchmarks.scale.report import RESULTS, newest

REGISTERS = load_registers(Path(__file__).parents[2] / "assets" / "registers")


def test_exports_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    digest = hashlib.sha256()
    rows = write_exports(tmp_path, Size(2, 40, 30), REGISTERS)
    for path in sorted(tmp_path.rglob("*.csv")):
        digest.update(path.read_bytes())
    assert (rows, len(list(tmp_path.rglob("*.csv")))) == (5080, 49)
    assert digest.hexdigest()[:16] == "b143424e45512438"


@pytest.mark.slow
def test_contracts_read_them_and_find_some_faults(tmp_path: Path) -> None:
    write_exports(tmp_path, Size(1, 600, 30), REGISTERS)
    read = loaded = 0
    for name, register in REGISTERS.items():
        (path,) = tmp_path.glob(f"*/{name}_{DAY}.csv")
        parsed, result = read_delivery(path, ".csv", register)
        assert (parsed.missing, parsed.unknown) == ([], []), name
        assert result.read == result.valid.height + result.quarantined.height + result.duplicates, name
        read, loaded = read + result.read, loaded + result.valid.height
    assert 0.98 < loaded / read < 1


def test_the_smallest_size_is_hardly_anything(tmp_path: Path) -> None:
    assert write_exports(tmp_path, SIZES["row"], REGISTERS) == 4


def test_of_each_size_the_last_result_is_shown() -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    newest_results = newest(results)
    assert [measured["size"] for measured in newest_results] == [
        name for name in SIZES if any(r["size"] == name for r in results)
    ]
    assert all(
        measured is [result for result in results if result["size"] == measured["size"]][-1]
        for measured in newest_results
    )
