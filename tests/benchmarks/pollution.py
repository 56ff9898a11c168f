"""What becomes of a text file in which one thing is wrong, at every place where it can be. Run it by hand:

.venv/bin/python -m tests.benchmarks.pollution

The kinds, and how many files of each, are those of the public benchmark of polluted CSV files (Pollock, VLDB 2023, as
its README and weights list them): 2,268 files with one line that is wrong, of 84 lines and 9 columns (a quote before
a cell's text, a separator too many, one too few, a line with blanks for separators), and 22 that are another whole
file. The table and the files are our own.
"""

import csv
import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
RIGHT, REPORTED, NOTE, SILENT = "read right", "reported", "counted as a note", "wrong without a word"

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
        yield "a line with blanks for separators", row, _file(cells, row, " ".join(line))


def polluted_files(rows: Table) -> Iterator[tuple[str, str, int, Table]]:
    """The kind, the text, the line of the first row, and the rows of each file that is another as a whole."""
    (head, *lines), texts = [",".join(line) for line in lines_of(rows)], rows[1:]
    text = _ended([head, *lines])
    other = [",".join(f"Annan{number}" for number in range(COLUMNS)), ",".join("x" * COLUMNS)]
    yield "as it came", text, 2, texts
    yield "nothing in it", "", 2, []
    yield "no line end at the end", text.removesuffix("\r\n"), 2, texts
    yield "two line ends at the end", text + "\r\n", 2, texts
    yield "no headings", _ended(lines), 1, texts
    yield "headings twice", _ended([head, head, *lines]), 3, texts
    yield "headings three times", _ended([head, head, head, *lines]), 4, texts
    yield "a title above", _ended(["Rubrik", "", head, *lines]), 4, texts
    yield "a second table as wide", _ended([head, *lines, "", *other]), 2, texts
    yield "a second table, wider", _ended([head, *lines, "", *(f"{line},x,x" for line in other)]), 2, texts
    yield (
        "a second table, narrower",
        _ended([head, *lines, "", *(line[: line.rindex(",")] for line in other)]),
        2,
        texts,
    )
    yield "headings alone", _ended([head]), 2, []
    yield "one row", _ended([head, lines[0]]), 2, texts[:1]
    yield "CR for line ends", text.replace("\r\n", "\r"), 2, texts
    yield "LF for line ends", text.replace("\r\n", "\n"), 2, texts
    yield "tab for separators", _written(rows, delimiter="\t"), 2, texts
    yield "semicolon for separators", _written(rows, delimiter=";"), 2, texts
    yield "blank for separators", _written(rows, delimiter=" "), 2, texts
    yield "comma and blank for separators", _ended([", ".join(line) for line in lines_of(rows)]), 2, texts
    yield "apostrophes for quotes", _written(rows, quotechar="'"), 2, texts
    yield "quotes escaped by a backslash", text.replace('""', '\\"'), 2, texts
    yield "quotes escaped by U+0000", text.replace('""', '\0"'), 2, texts


def _ended(lines: list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def _written(rows: Table, **dialect: Any) -> str:
    target = io.StringIO()
    csv.writer(target, **dialect).writerows(rows)
    return target.getvalue()


def _file(cells: list[list[str]], row: int, instead: str) -> str:
    return "\r\n".join(instead if place == row else ",".join(line) for place, line in enumerate(cells)) + "\r\n"


def outcome(path: Path, register: Register, texts: Table, first: int = 2) -> str:
    """What became of a file whose rows' texts these are, the first of them in line `first`."""
    try:
        parsed, found = read_delivery(path, ".csv", register)
    except Refused:
        return REPORTED
    reported = set(found.quarantined["row"]) | set(found.failures["row"])
    names = [column.slug for column in register.columns]
    read = {row: values for row, *values in found.valid.select("row", *names).iter_rows()}
    wrong = {
        number
        for number, row in enumerate(texts, start=first)
        if not all(
            cell in (text, f'"{text}') for cell, text in zip(read.get(number, [""] * COLUMNS), row, strict=True)
        )
    }
    wrong |= read.keys() - set(range(first, first + len(texts)))
    unreported = wrong - reported
    if not unreported:
        return REPORTED if wrong else RIGHT
    return NOTE if len(unreported) == parsed.notes and not unreported & read.keys() else SILENT


def main() -> None:
    rows = table()
    counts: dict[str, Counter[str]] = {}
    silent: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        contract = Path(name) / "prov.toml"
        contract.write_text(CONTRACT, encoding="utf-8")
        register, path = read_register(contract), Path(name) / "prov.csv"
        for kind, text, first, texts in polluted_files(rows):
            path.write_text(text, encoding="utf-8", newline="")
            print(f"{kind}: {outcome(path, register, texts, first)}", flush=True)
        for kind, row, text in polluted(lines_of(rows)):
            path.write_text(text, encoding="utf-8", newline="")
            found = outcome(path, register, rows[1:])
            counts.setdefault(kind, Counter())[found] += 1
            if found == SILENT:
                silent[kind, "headings" if row == 0 else "last line" if row == ROWS - 1 else "line"] += 1
    for kind, of_kind in counts.items():
        print(f"{kind}: {of_kind.total()} files, {dict(of_kind)}")
    print("silent:", dict(silent))


if __name__ == "__main__":
    main()
