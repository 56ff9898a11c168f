"""Employment ids are kept where a figure needs them; others go when their delivery is purged."""

import re
from pathlib import Path

from assets.registers.read_contracts import load_registers

ROOT = Path(__file__).parents[2]
REGISTERS = load_registers(ROOT / "assets" / "registers")
QUERIES = [path.read_text(encoding="utf-8").partition("*/")[2] for path in (ROOT / "sql").rglob("*.sql")]


def test_an_employment_id_that_no_figure_reads_expires() -> None:
    columns = {
        (register.name, column.slug): column.expires
        for register in REGISTERS.values()
        for column in register.columns
        if column.ref == "personal" or column.slug in ("anstallnings_id", "person_id", "deltagare")
    }
    assert len(columns) >= 8
    unread = {
        (register, column)
        for register, column in columns
        if not any(f"registers.{register}" in query and re.search(rf"\b{column}\b", query) for query in QUERIES)
    }
    assert unread == {place for place, expires in columns.items() if expires}
    assert len(unread) >= 2
