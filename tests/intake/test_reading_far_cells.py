"""A stray cell far out in a small workbook costs at most its own delivery, never the process that reads the night."""

import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from tests.intake.books import xlsx

pytestmark = pytest.mark.long

READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
from pathlib import Path
from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from assets.registers.read_contracts import load_registers
register = load_registers(Path("assets/registers"))["vor_indikatorer"]
try:
    print(read_delivery(Path(sys.argv[1]), ".xlsx", register)[1].valid.height)
except Refused as refused:
    print(refused)
"""
ROOT = Path(__file__).parents[2]
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by Linux's own means")
@pytest.mark.parametrize(
    ("strays", "expected"),
    [
        ([], {"1"}),
        ([(LAST_ROW, 0)], {"1"}),
        ([(LAST_ROW, LAST_COLUMN)], {"1", "filen går inte att läsa"}),
        ([(0, 2_000), (LAST_ROW, 0)], {"1", "filen går inte att läsa"}),
    ],
    ids=["none", "the last row", "the last corner", "far right and far down"],
)
def test_a_stray_cell_is_read_past_or_refuses_its_delivery(
    tmp_path: Path, strays: list[tuple[int, int]], expected: set[str]
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Indikator", "År", "Bedömning"])
        sheet.write_row(1, 0, ["A", 2023, "Delvis"])
        for row, column in strays:
            sheet.write(row, column, "x")

    path = tmp_path / "far.xlsx"
    path.write_bytes(xlsx(fill))
    process = subprocess.run(  # noqa: S603
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert process.returncode == 0, process.stderr[:200]
    assert process.stdout.strip() in expected
