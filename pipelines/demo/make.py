"""Makes the demo inbox: some 35 files in less than a second, the same bytes each time."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from assets.registers import contract
from assets.registers.contract import CITY, load_registers
from pipelines.demo.delivery import Delivery
from pipelines.demo.export_format import grid
from pipelines.demo.faults import spoil
from pipelines.demo.generated_deliveries import generated_deliveries
from pipelines.demo.seed_deliveries import seed_deliveries
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
    for text_file in sorted(TEXTS.glob("*.md")):
        written.append(folder / ORGANISATION / "texter" / text_file.name)
        written[-1].parent.mkdir(exist_ok=True)
        shutil.copyfile(text_file, written[-1])
    for path in written:
        os.utime(path, (LAID_DOWN, LAID_DOWN))


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
