"""What becomes of a text file in which one thing is wrong, at every place where it can be. Run it by hand:

.venv/bin/python -m tests.benchmarks.pollution

The four kinds, and how often, are those of the public benchmark of polluted CSV files (Pollock, VLDB 2023), which has
2,268 such files among its 2,290: a quote before a cell's text, a separator too many, one too few, and a line with
another separator, in a table of 84 lines and 9 columns. The table and the files are our own.
"""

import csv
import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from assets.registers.contract import Register
from assets.registers.read_contracts import read_register

ROWS, COLUMNS = 84, 9
CONTRACT = (
    'about = "x"\nmode = "snapshot"\nkey = ["Kod"]\n[columns]\nKod = { type = "code", req = true }\n'
    + "".join(
        f'Text{column} = {{ type = "text"{", req = true" if column < 4 else ""} }}\n' for column in range(1, COLUMNS)
    )
)
RIGHT, REPORTED, SILENT = "read right", "reported", "wrong without a word"

Table = list[list[str]]


def table() -> Table:
    """Headings and rows; a third of the texts hold separators, and some quotes, as free texts do."""
    draw = random.Random(7)
    words = ["skola", "larm", 'den "nya" rutinen', "Ja, delvis", "2026-03-01", "12", "information om, och av, elever"]
    rows = [[f"K{row}", *(" ".join(draw.choices(words, k=2)) for _ in range(COLUMNS - 1))] for row in range(1, ROWS)]
    return [["Kod", *(f"Text{column}" for column in range(1, COLUMNS))], *rows]


def lines_of(rows: Table) -> list[list[str]]:
    """Each cell as a CSV writer spells it."""
    return [[_spelled(cell) for cell in row] for row in rows]


def _spelled(cell: str) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="").writerow([cell])
    return target.getvalue()


def polluted(cells: list[list[str]]) -> Iterator[tuple[str, int, str]]:
    """The kind, the line (0: the headings) and the whole text of each file."""
    for row in range(ROWS):
        line = cells[row]
        for column in range(COLUMNS):
            before, own, after = line[:column], line[column], line[column + 1 :]
            quoted = f'"{own}' if not own.startswith('"') else f'""{own[1:]}'
            yield "a quote too many", row, _file(cells, row, ",".join([*before, quoted, *after]))
            yield "a separator too many", row, _file(cells, row, ",".join([*before, f",{own}", *after]))
            if column:
                joined = ",".join([*line[: column - 1], line[column - 1] + own, *after])
                yield "a separator too few", row, _file(cells, row, joined)
        yield "a line with another separator", row, _file(cells, row, ";".join(line))


def _file(cells: list[list[str]], row: int, instead: str) -> str:
    return "\r\n".join(instead if place == row else ",".join(line) for place, line in enumerate(cells)) + "\r\n"


def outcome(path: Path, register: Register, rows: Table) -> str:
    try:
        _, found = read_delivery(path, ".csv", register)
    except Refused:
        return REPORTED
    reported = set(found.quarantined["row"]) | set(found.failures["row"])
    names = [column.slug for column in register.columns]
    read = {row: values for row, *values in found.valid.select("row", *names).iter_rows()}
    wrong = {
        number
        for number, row in enumerate(rows[1:], start=2)
        if not all(
            cell in (text, f'"{text}') for cell, text in zip(read.get(number, [""] * COLUMNS), row, strict=True)
        )
    }
    wrong |= read.keys() - set(range(2, len(rows) + 1))
    return SILENT if wrong - reported else REPORTED if wrong else RIGHT


def main() -> None:
    rows = table()
    counts: dict[str, Counter[str]] = {}
    silent: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        contract = Path(name) / "prov.toml"
        contract.write_text(CONTRACT, encoding="utf-8")
        register, path = read_register(contract), Path(name) / "prov.csv"
        for kind, row, text in polluted(lines_of(rows)):
            path.write_text(text, encoding="utf-8", newline="")
            found = outcome(path, register, rows)
            counts.setdefault(kind, Counter())[found] += 1
            if found == SILENT:
                silent[kind, "headings" if row == 0 else "last line" if row == ROWS - 1 else "line"] += 1
    for kind, of_kind in counts.items():
        print(f"{kind}: {of_kind.total()} files, {dict(of_kind)}")
    print("silent:", dict(silent))


if __name__ == "__main__":
    main()
