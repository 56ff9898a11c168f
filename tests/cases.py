"""Given rows → found items: reads the cases in `indicators/<indicator>.txt` and runs them on the real intake and SQL.

A file holds named cases, and may begin with what they all share:

    always
        as of: 2026-06-30
    case: what it shows
        personal
            Anställnings-id | Enhet | Roll | Anställd från
            A1              | E1    | Chef | 2020-01-01
        items
            key | ok
            A1  | no

- A register's rows stand under its own headings, as a delivery writes them, and pass the real intake. What is left
  out is empty. They belong to `farsta` unless a column `organisation` says otherwise; `row` counts from 1.
- `personal, earlier` is a delivery that has been replaced: only its protected persons are known.
- `intake.coverage`, `history.series` and the like are filled as they stand. `none` instead of a table takes back what
  was always given.
- A model such as `core.adequacy` holds the rows given instead of what its SQL would yield; an empty cell is NULL.
- A cell `50 x left-{n}` makes fifty rows: left-1, left-2 …
- `items`: exactly these keys, and of each the columns shown (those of warehouse.build.ITEM, and `obstacle`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from assets.intake.apply_contract import apply_contract
from assets.intake.parsing import null_if_blank
from assets.registers.contract import CITY, Register
from assets.registers.read_contracts import load_registers
from assets.warehouse.build import ITEM, build
from assets.warehouse.catalogue import create_catalogue
from assets.warehouse.history import create_history_tables
from assets.warehouse.load import create_base_tables
from assets.warehouse.models import load_models

ROOT = Path(__file__).parents[1]
REGISTERS = load_registers(ROOT / "assets" / "registers")
MODELS = load_models(ROOT / "sql")
DEFAULT = "farsta"
_REPEATED = re.compile(r"(\d+) x (.*\{n\}.*)")

Rows = list[dict[str, str]]


@dataclass
class Case:
    """One case: the tables given, and the items expected of the indicator."""

    indicator: str
    name: str
    as_of: date | None = None
    tables: dict[str, Rows] = field(default_factory=dict)

    @property
    def organisations(self) -> list[str]:
        rows = (row for table in self.tables.values() for row in table)
        return sorted({DEFAULT, *(row["organisation"] for row in rows if row.get("organisation"))})


def read_cases(path: Path) -> list[Case]:
    always = case = Case(path.stem, "always")
    cases: list[Case] = []
    table = ""
    headings: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text, depth = line.strip(), len(line) - len(line.lstrip())
        if not text or text.startswith("#"):
            continue
        if text.startswith("case:"):
            shared = {name: list(rows) for name, rows in always.tables.items()}
            case = Case(path.stem, text.removeprefix("case:").strip(), always.as_of, shared)
            cases.append(case)
        elif text.startswith("as of:"):
            case.as_of = date.fromisoformat(text.removeprefix("as of:").strip())
        elif depth == 4:
            table, headings = text, []
            case.tables.setdefault(table, [])
        elif text == "none":
            case.tables[table] = []
        elif depth >= 8 and not headings:
            headings = _cells(line)
        elif depth >= 8:
            case.tables[table] += _repeat(dict(zip(headings, _cells(line), strict=False)))
        else:
            assert text == "always", f"{path.name}: what is {text!r}?"
    return cases


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _repeat(row: dict[str, str]) -> Rows:
    for heading, cell in row.items():
        if match := _REPEATED.fullmatch(cell):
            return [row | {heading: match[2].format(n=n)} for n in range(1, int(match[1]) + 1)]
    return [row]


@contextmanager
def warehouse(case: Case, table: str, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The base tables with the rows given, and the table that is asked for with all that it reads; taken back after
    the case."""
    assert case.as_of, f"{case.indicator}, {case.name}: as of which day?"
    con = _base_tables()
    con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [case.as_of])
    con.begin()
    try:
        create_catalogue(con, {table: MODELS[table]})
        _insert(con, "intake.organisations", [{"organisation": name} for name in case.organisations])
        for name, rows in case.tables.items():
            if name.startswith(("intake.", "history.")):
                _insert(con, name, rows)
            elif name != "items" and name not in MODELS:
                _deliver(con, name, rows, folder)
        for name in case.tables.keys() & MODELS.keys():  # last: what such a model reads is made of the rows above
            build(con, MODELS, [name])
            con.execute(f"DELETE FROM {name}")
            _insert(con, name, [{column: cell or None for column, cell in row.items()} for row in case.tables[name]])
        build(con, MODELS, [table])
        yield con
    finally:
        con.rollback()


@cache
def _base_tables() -> duckdb.DuckDBPyConnection:
    """A warehouse of the tables that every case begins with, made once."""
    con = duckdb.connect()
    create_base_tables(con, REGISTERS)
    create_history_tables(con)
    levels = [{"register": register.name, "level": register.level} for register in REGISTERS.values()]
    _insert(con, "intake.registers", levels)
    return con


def run(case: Case, folder: Path) -> list[dict[str, object]]:
    """The indicator's items, and a row for each obstacle, on the rows given."""
    with warehouse(case, f"indicators.{case.indicator}", folder) as con:
        found = con.execute(f"""
            SELECT {", ".join(ITEM)}, NULL AS obstacle FROM catalogue.items
            UNION ALL BY NAME
            SELECT organisation, obstacle FROM catalogue.obstacles
        """)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _deliver(con: duckdb.DuckDBPyConnection, name: str, rows: Rows, folder: Path) -> None:
    """One delivery an organisation of the rows under a register's name."""
    register = REGISTERS[name.removesuffix(", earlier")]
    whose = [CITY if register.level == "city" else row.get("organisation") or DEFAULT for row in rows]
    for owner in sorted(set(whose)):
        own = [row for row, who in zip(rows, whose, strict=True) if who == owner]
        read = apply_contract(register, _delivered(register, own))
        place: dict[str, object] = {"organisation": owner, "register": register.name, "delivery": name}
        _insert(con, "intake.protected", [place | {"key": key} for key in read.protected["key"]])
        if name == register.name:
            _insert(con, "intake.rejected", [place | rejected for rejected in read.quarantined.iter_rows(named=True)])
            _land(con, register, read.valid.with_columns(delivery=pl.lit(name), organisation=pl.lit(owner)), folder)


def _delivered(register: Register, rows: Rows) -> pl.DataFrame:
    headings = {heading for row in rows for heading in row}
    assert headings <= {*register.by_name, "organisation"}, f"{register.name} hasn't all of {headings}"
    texts = {column: [row.get(column, "") for row in rows] for column in register.by_name}
    frame = pl.DataFrame({"row": range(1, len(rows) + 1)} | texts, schema_overrides={"row": pl.UInt32})
    return frame.with_columns(null_if_blank(pl.col(column.name), column.type) for column in register.columns)


def _land(con: duckdb.DuckDBPyConnection, register: Register, rows: pl.DataFrame, folder: Path) -> None:
    file = folder / "rows.parquet"
    (rows.drop("organisation") if register.level == "city" else rows).write_parquet(file)
    con.execute(f"INSERT INTO registers.{register.name} BY NAME SELECT * FROM read_parquet(?)", [str(file)])
