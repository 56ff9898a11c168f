"""How long landing takes: a city's thousand small files, and one of four million rows. Run it by hand:

.venv/bin/python tests/benchmarks/landing.py [small|large]

Prints seconds and, for the large one, the most memory that the process used. Nothing is asserted: a machine that
is busy with something else is no fault of the code.
"""

import random
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from assets.intake.archive import Archive
from assets.intake.ingest import ingest
from assets.registers.column import Column
from assets.registers.contract import Register
from assets.registers.read_contracts import load_registers

REGISTERS = load_registers(Path(__file__).parents[2] / "assets" / "registers")
SMALL_FILES, SMALL_ROWS, LARGE_ROWS = 1_000, 100, 4_000_000


def cell(column: Column, number: int, draw: random.Random) -> str:
    day = f"20{draw.randint(20, 26)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    match column.type:
        case "enum":
            return draw.choice(column.values)
        case "int":
            return str(draw.randint(0, 4))
        case "bool":
            return draw.choice(("Ja", "Nej"))
        case "date":
            return day
        case "datetime":
            return f"{day} {draw.randint(0, 23):02}:{draw.randint(0, 59):02}"
        case "list":
            return f"SYS-{draw.randint(1, 50)}, SYS-{draw.randint(1, 50)}"
        case _:
            return f"{column.name[:3]}-{number}"


def write_small(folder: Path, register: Register, draw: random.Random, name: str) -> None:
    lines = [";".join(column.name for column in register.columns)]
    lines += [";".join(cell(column, n, draw) for column in register.columns) for n in range(SMALL_ROWS)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\r\n".join(lines), encoding="utf-8-sig")


def small(root: Path) -> None:
    draw = random.Random(1)
    of_organisations = [register for register in REGISTERS.values() if register.level == "organisation"]
    for number in range(SMALL_FILES):
        register = of_organisations[number % len(of_organisations)]
        write_small(root / "inbox" / f"org{number % 50}", register, draw, f"{register.name}_{number}_2026-10-31.csv")
    timed(root, f"{SMALL_FILES} files of {SMALL_ROWS} rows")


def large(root: Path) -> None:
    folder = root / "inbox" / "farsta"
    folder.mkdir(parents=True)
    with (folder / "utbildning_2026-10-31.csv").open("w", encoding="utf-8") as file:
        file.write("Anställnings-id;Kurskod;Avsnitt;Status;Genomförd;Registrering\r\n")
        for number in range(LARGE_ROWS):
            person, day = number // 20, f"202{number % 7}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            file.write(
                f"A{person:06};KURS-{number % 20:02};{number % 9};Genomförd;"
                f"{day} {number % 24:02}:{number % 60:02}:00;Självstudie\r\n"
            )
    timed(root, f"one file of {LARGE_ROWS:,} rows")


def timed(root: Path, what: str) -> None:
    archive = Archive(root / "archive")
    start = time.perf_counter()
    ingest(root / "inbox", archive, REGISTERS, date(2026, 11, 1))
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    ingest(root / "inbox", archive, REGISTERS, date(2026, 11, 2))
    again = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{what}: {seconds:.1f} s, the next night {again:.2f} s, at most {memory:.2f} GB", file=sys.stderr)


if __name__ == "__main__":
    for name, benchmark in (("small", small), ("large", large)):
        if name in (sys.argv[1:] or ["small", "large"]):
            with tempfile.TemporaryDirectory() as scratch:
                benchmark(Path(scratch))
