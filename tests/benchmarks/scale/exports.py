"""Exports of any number of organisations, the same bytes every time: one CSV file per organisation and register.

Every cell is worked out from its row's number, its column and its organisation by integer arithmetic in Polars, so
neither a library's random numbers nor the machine have a say, and a hundred million rows take minutes. Columns come
from the contracts: a register that is added gets its exports too. What is drawn is what the night has to do with:
keys are whole, references point at something but for one in two hundred, one cell in five hundred is spoilt, and
three employees in four lack sections of this year, so that there are gaps to list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

import polars as pl

from assets.excel_csv import write_excel_csv
from assets.registers.contract import CITY, Column, Register
from pipelines.demo.names import personal_number

DAY = date(2026, 10, 31)
"""The day of every export."""
SECTIONS = 30
"""Course sections that are mandatory: three courses of ten."""
_FEW = {"enheter": 25, "utbildningskrav": SECTIONS}
_SMALL = 60
"""Rows of a register of which nothing else is known."""
_PROTECTED_IN = 500


@dataclass(frozen=True)
class Size:
    """How many organisations, employees of each, and completions of each employee."""

    organisations: int
    employees: int
    completions: int


SIZES = {
    "row": Size(1, 1, 1),
    "district": Size(1, 900, 90),
    "districts": Size(5, 900, 90),
    "city": Size(50, 900, 90),
    "sweden": Size(350, 3430, 84),
}
"""`row` is what a night costs with hardly anything in it; `sweden` has 1.2 million employees and 100 million
completions."""


def write_exports(inbox: Path, size: Size, registers: dict[str, Register]) -> int:
    """Writes the inbox and gives the number of rows."""
    rows = 0
    for owner in (CITY, *(f"org{number:03}" for number in range(size.organisations))):
        (inbox / owner).mkdir(parents=True)
        for register in registers.values():
            if (register.level == "city") == (owner == CITY):
                for table in _tables(register, owner, size, registers):
                    write_excel_csv(table, inbox / owner / f"{register.name}_{DAY}.csv")
                    rows += table.height
    return rows


def _tables(register: Register, owner: str, size: Size, registers: dict[str, Register]) -> Iterator[pl.DataFrame]:
    """One table; none of a register that the size `row` leaves out."""
    height = _height(register.name, size)
    if not height:
        return
    frame = pl.select(n=pl.int_range(height, dtype=pl.UInt64))
    special = _SPECIAL.get(register.name, {})
    cells = [
        (special[column.name](size) if column.name in special else _cell(column, register, owner, size, registers))
        .cast(pl.String)
        .fill_null("")
        .alias(column.name)
        for column in register.columns
    ]
    yield frame.select(cells)


def _height(register: str, size: Size) -> int:
    if register == "personal":
        return size.employees
    if register == "utbildning":
        return size.employees * size.completions
    if size == SIZES["row"]:
        return 1 if register in _FEW else 0
    return _FEW.get(register, _SMALL)


def _cell(column: Column, register: Register, owner: str, size: Size, registers: dict[str, Register]) -> pl.Expr:
    draw = _mixed(f"{owner}/{register.name}/{column.name}")
    if column.name in register.key and column.type == "code" and not column.ref:
        return _id(register, pl.col("n"))
    if column.targets:
        target = registers[column.targets[0]]
        found = _id(target, draw % max(_height(target.name, size), 1))
        found = pl.when(draw % 200 == 7).then(pl.lit("SAKNAS-1")).otherwise(found)
    else:
        found = _of_type(column, draw)
    spoilt = column.type in ("date", "datetime", "int") and column.name not in register.key
    found = pl.when(draw % 500 == 11).then(pl.lit("oläsligt")).otherwise(found) if spoilt else found
    return found if column.req or column.req_when else pl.when(draw % 12 == 5).then(None).otherwise(found)


def _of_type(column: Column, draw: pl.Expr) -> pl.Expr:
    match column.type:
        case "enum":
            return _one_of(column.values, draw)
        case "int":
            low, high = int(column.min or 0), int(column.max if column.max is not None else 40)
            return draw % (high - low + 1) + low
        case "bool":
            return _one_of(("Nej", "Nej", "Nej", "Ja"), draw)
        case "date":
            return _day(draw % 1500)
        case "datetime":
            return pl.concat_str(_day(draw % 1500), pl.lit(" "), _two(draw // 1500 % 24), pl.lit(":30"))
        case "list":
            return pl.concat_str((draw % 9 + 1).cast(pl.String), pl.lit(", "), (draw // 9 % 9 + 1).cast(pl.String))
        case _:
            return pl.concat_str(pl.lit(f"{column.name} "), (draw % 1000).cast(pl.String))


def _id(register: Register, number: pl.Expr) -> pl.Expr:
    """The key of a register's row; of a key of several columns its first."""
    if register.name == "utbildningskrav":
        return pl.concat_str(pl.lit("KURS-"), (number // 10).cast(pl.String))
    letters = "".join(letter for letter in register.name.upper() if letter.isascii() and letter.isalpha())[:4]
    return pl.concat_str(pl.lit(f"{letters}-"), number.cast(pl.String).str.zfill(6))


def _mixed(seed: str) -> pl.Expr:
    """A number that seems drawn, for each row: MurmurHash3's finaliser of the row's number and the seed."""
    mixed = pl.col("n") + pl.lit(crc32(seed.encode()) << 20, dtype=pl.UInt64)
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        mixed = (mixed ^ (mixed // 2**33)) * pl.lit(factor, dtype=pl.UInt64)
    return mixed ^ (mixed // 2**33)


def _one_of(values: tuple[str, ...], draw: pl.Expr) -> pl.Expr:
    return (draw % len(values)).replace_strict(range(len(values)), values, return_dtype=pl.String)


def _day(ago: pl.Expr) -> pl.Expr:
    return (pl.lit(DAY) - pl.duration(days=ago)).dt.to_string("%Y-%m-%d")


def _two(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.zfill(2)


def _lacking(size: Size) -> pl.Expr:
    """Whether a completion is of the newest year and of an employee who hasn't got so far."""
    person, number = pl.col("n") // size.completions, pl.col("n") % size.completions
    return (person % 4 != 1) & (number < SECTIONS) & (number % 10 == person % 10)


def _clock(second: pl.Expr) -> pl.Expr:
    """A time of day: one of its own for nearly each, or the rows would count as registered in bulk."""
    return pl.concat_str(_two(second // 3600), pl.lit(":"), _two(second // 60 % 60), pl.lit(":"), _two(second % 60))


_SPECIAL = {
    "personal": {
        "Personnummer": lambda size: pl.lit(pl.Series([personal_number(place) for place in range(size.employees)])),
        "E-post": lambda _: pl.concat_str(pl.lit("p"), pl.col("n").cast(pl.String), pl.lit("@exempel.se")),
        "Anställd från": lambda _: _day(400 + pl.col("n") % 4000),
        "Anställd till": lambda _: pl.when(pl.col("n") % 20 == 9).then(_day(pl.col("n") % 600)),
        "Skyddade personuppgifter": lambda _: pl.when(pl.col("n") % _PROTECTED_IN == 8)
        .then(pl.lit("Ja"))
        .otherwise(pl.lit("Nej")),
    },
    "utbildning": {
        "Anställnings-id": lambda size: pl.concat_str(
            pl.lit("PERS-"), (pl.col("n") // size.completions).cast(pl.String).str.zfill(6)
        ),
        "Kurskod": lambda size: pl.concat_str(
            pl.lit("KURS-"), (pl.col("n") % size.completions % SECTIONS // 10).cast(pl.String)
        ),
        "Avsnitt": lambda size: pl.col("n") % size.completions % SECTIONS % 10,
        "Status": lambda size: pl.when(_lacking(size)).then(pl.lit("Påbörjad")).otherwise(pl.lit("Genomförd")),
        "Genomförd": lambda size: pl.when(~_lacking(size)).then(
            pl.concat_str(
                _day(pl.col("n") % size.completions // SECTIONS * 365 + pl.col("n") * 7919 % 300),
                pl.lit(" "),
                _clock(pl.col("n") * 7919 % 86400),
            )
        ),
        "Registrering": lambda _: pl.lit("Självstudie"),
    },
    "utbildningskrav": {
        "Avsnitt": lambda _: pl.col("n") % 10,
        "Ämne": lambda _: _one_of(("Informationssäkerhet", "Dataskydd", "Båda"), pl.col("n") // 10),
        "Målgrupp": lambda _: pl.lit("Alla"),
        "Form": lambda _: pl.lit("Enskild"),
        "Släpps": lambda _: pl.lit((DAY - timedelta(days=1400)).isoformat()),
        "Gäller till": lambda _: pl.lit(None, pl.String),
    },
}  # fmt: skip
"""Register → column → how its cells are made, where a column's type doesn't say enough."""
