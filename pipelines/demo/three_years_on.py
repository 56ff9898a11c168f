"""The same administration three years on: what the laws of 2024 to 2026 ask shows there.

Every year in every cell and file name moves three years; `later/` holds the rows, and the cells by key, that are new.
The register of decisions isn't among them: the signed document of the first review is (`signature.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from assets.registers.read_contracts import load_registers
from pipelines.demo import LATER_KNOWN_AT
from pipelines.demo.delivery import Delivery
from pipelines.demo.generated_deliveries import generated_deliveries
from pipelines.demo.rows import HERE, Row, read_plain
from pipelines.demo.seed_deliveries import seed_deliveries

YEARS = 3
_YEAR = re.compile(r"(?<!\d)(20[0-2]\d)(-02-29)?(?!\d)")
_NEW_SINCE = date(2026, 10, 1)
"""Deliveries from this day on hold what `later/` says; those before were made without."""


def later_deliveries(contracts: Path) -> Iterator[Delivery]:
    """The files of the second review, those that came after it left out. `contracts`: where the registers' keys are
    said."""
    registers = load_registers(contracts)
    for delivery in (*generated_deliveries(), *seed_deliveries()):
        file = moved(delivery.file)
        day = date.fromisoformat(re.findall(r"\d{4}-\d\d-\d\d", file)[0])
        if delivery.register == "beslut" or day > LATER_KNOWN_AT:
            continue
        rows = [{column: moved(text) for column, text in row.items()} for row in delivery.rows]
        if day >= _NEW_SINCE:
            rows = _with_what_is_new(rows, delivery.register, registers[delivery.register].key)
        yield replace(delivery, file=file, rows=rows)


def moved(text: str) -> str:
    """The text with every year in it three years later; the 29th of February is the 28th where there is none."""
    return _YEAR.sub(lambda found: f"{int(found[1]) + YEARS}{'-02-28' if found[2] else ''}", text)


def _with_what_is_new(rows: list[Row], register: str, key: tuple[str, ...]) -> list[Row]:
    path = HERE / "later" / f"{register}.csv"
    new = {_key(row, key): row for row in read_plain(path)} if path.exists() else {}
    changed = [row | new.pop(_key(row, key), {}) for row in rows]
    return [*changed, *new.values()]


def _key(row: Row, key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in key)
