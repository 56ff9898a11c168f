"""Makes the demo inbox: some 35 files in less than a second, the same bytes each time."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from assets.registers import contract
from assets.registers.contract import CITY
from assets.registers.read_contracts import load_registers
from pipelines.demo import KNOWN_AT
from pipelines.demo.delivery import Delivery
from pipelines.demo.export_format import grid
from pipelines.demo.faults import spoil
from pipelines.demo.generated_deliveries import generated_deliveries
from pipelines.demo.seed_deliveries import seed_deliveries
from pipelines.demo.signature import sign
from pipelines.demo.three_years_on import later_deliveries, moved
from pipelines.demo.write import Text, write_text, write_workbook

ORGANISATION = "farsta"
CONTRACTS = Path(contract.__file__).parent
TEXTS = Path(__file__).parent / "texts"

STRAY_FILES = {
    "läsmig.txt": "Uttagen görs den första vardagen varje månad. Frågor: samordnare@exempel.se\r\n",
}
"""Files that fit no register: reported, never ignored silently."""

LAID_DOWN = datetime(2024, 1, 16, 6, 0, tzinfo=UTC).timestamp()
"""When every file was last written, as the file system tells it: made again, none looks new to the intake."""


def make_inbox(folder: Path) -> None:
    """Writes `<folder>/farsta/…` and `<folder>/staden/…`. What lies there under other names stays."""
    for name in (ORGANISATION, CITY):
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = [_write(folder, delivery) for delivery in (*generated_deliveries(), *seed_deliveries())]
    for name, text in STRAY_FILES.items():
        written.append(folder / ORGANISATION / name)
        written[-1].write_bytes(text.encode())
    written += _write_texts(folder, lambda text: text)
    for path in written:
        os.utime(path, (LAID_DOWN, LAID_DOWN))


def add_later_deliveries(folder: Path, first_review: Path) -> None:
    """Adds what comes after the first review: its signed document and the deliveries of the three years on.
    `first_review`: its published folder."""
    sign(first_review / ORGANISATION / "ledningens_genomgang.docx", folder / ORGANISATION / f"beslut_{KNOWN_AT}.docx")
    for delivery in later_deliveries(CONTRACTS):
        _write(folder, delivery)
    _write_texts(folder, moved)


def _write_texts(folder: Path, change: Callable[[str], str]) -> list[Path]:
    """What the administration itself has written to its document."""
    target = folder / ORGANISATION / "texter"
    target.mkdir(exist_ok=True)
    written = []
    for path in sorted(TEXTS.glob("*.md")):
        written.append(target / path.name)
        written[-1].write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return written


def _write(folder: Path, delivery: Delivery) -> Path:
    register = load_registers(CONTRACTS)[delivery.register]
    path = folder / (CITY if register.level == "city" else ORGANISATION) / delivery.file
    cells = grid(register, spoil(register, delivery.rows), delivery.profile.spelling, delivery.frame)
    form = delivery.profile.form
    if isinstance(form, Text):
        write_text(path, cells, form)
    else:
        write_workbook(path, cells, form)
    return path
