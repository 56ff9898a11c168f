"""Worlds to try bounds on: registers in order, the same with cells spoiled, and ways in which those may come right.

All rows are texts as a delivery writes them; they pass the real contract and the real SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import duckdb
import polars as pl

from assets.intake.apply_contract import apply_contract
from assets.intake.parsing import null_if_blank
from assets.registers.column import Column
from assets.registers.contract import CITY, Register
from assets.warehouse.build import build, create_tables
from assets.warehouse.load import fill_registers
from assets.warehouse.models import Model
from assets.warehouse.references import load_contested, load_references
from tests.warehouse.conftest import MODELS, REGISTERS

AS_OF = date(2026, 6, 30)
Row = dict[str, str]
World = dict[str, list[Row]]
UNREADABLE = "oläsligt"


@dataclass(frozen=True)
class Figure:
    """An indicator's row of marts.bounds; NULL where there is no figure. `in_city`: whether the city's figure counts
    this one."""

    value: float | None
    lowest: float | None
    highest: float | None
    certain: bool | None
    quarantined: int
    incomplete: int
    unmatched: int
    in_city: bool


def figure_of(indicator: str, world: Mapping[str, Sequence[Row]], folder: Path) -> Figure:
    """What the real contracts and SQL make of the world, in an organisation of its own. `folder`: for its files."""
    return figures_of(indicator, by_owner({"farsta": world}), folder)["farsta"]


def by_owner(worlds: Mapping[str, Mapping[str, Sequence[Row]]]) -> dict[str, World]:
    """The organisations' worlds with the registers that are the city's own in one of its own, those of the first."""
    of_city = [name for name, register in REGISTERS.items() if register.level == "city"]
    owned = {
        organisation: {name: list(rows) for name, rows in world.items() if name not in of_city}
        for organisation, world in worlds.items()
    }
    first = next(iter(worlds.values()))
    return owned | {CITY: {name: list(first[name]) for name in of_city if name in first}}


def figures_of(indicator: str, worlds: Mapping[str, Mapping[str, Sequence[Row]]], folder: Path) -> dict[str, Figure]:
    """The same of several organisations, each with its own world, and of the city. `worlds`: those of `by_owner`."""
    models = _models_of(indicator)
    con = _tables_of(indicator)
    con.begin()
    try:
        for organisation in worlds.keys() - {CITY}:
            con.execute("INSERT INTO intake.organisations VALUES (?)", [organisation])
        for owner, world in worlds.items():
            for name, rows in world.items():
                _deliver(con, owner, REGISTERS[name], rows, folder / "rows.parquet")
        for name in dict.fromkeys(name for world in worlds.values() for name in world):
            load_references(con, REGISTERS[name], REGISTERS)
        load_contested(con, REGISTERS)
        build(con, models, ["marts.bounds"])
        found = con.execute(
            """SELECT bound.organisation, CAST(value AS DOUBLE), CAST(lowest AS DOUBLE), CAST(highest AS DOUBLE),
            certain, quarantined, incomplete, unmatched, totals.state IS NULL
            FROM marts.bounds AS bound
            JOIN marts.indicator_totals AS totals USING (organisation, indicator)
            WHERE totals.level != 'unit'"""
        )
        return {organisation: Figure(*row) for organisation, *row in found.fetchall()}
    finally:
        con.rollback()


def _models_of(indicator: str) -> dict[str, Model]:
    own = f"indicators.{indicator}"
    return {table: model for table, model in MODELS.items() if model.indicator is None or table == own}


@cache
def _tables_of(indicator: str) -> duckdb.DuckDBPyConnection:
    """What every world of the indicator begins with, made once; a world is taken back."""
    con = duckdb.connect()
    con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [AS_OF])
    create_tables(con, REGISTERS, _models_of(indicator))
    fill_registers(con, REGISTERS)
    return con


def _deliver(con: duckdb.DuckDBPyConnection, owner: str, register: Register, rows: Sequence[Row], file: Path) -> None:
    texts = {column.name: [row.get(column.name, "") for row in rows] for column in register.columns}
    frame = pl.DataFrame(
        {"row": range(1, len(rows) + 1)} | texts,
        schema_overrides={"row": pl.UInt32} | dict.fromkeys(texts, pl.String),
    )
    frame = frame.with_columns(null_if_blank(pl.col(column.name), column.type) for column in register.columns)
    read = apply_contract(register, frame)
    place = f"'{owner}' AS organisation, '{register.name}' AS register, '{register.name}.csv' AS delivery"
    whose = "true" if owner == CITY else f"organisation = '{owner}'"
    con.execute(
        f"INSERT INTO intake.coverage SELECT organisation, ?, ? FROM intake.organisations WHERE {whose}",
        [register.name, AS_OF],
    )
    for kind, side in (("rejected", read.quarantined), ("faults", read.failures)):
        side.write_parquet(file)
        con.execute(f"INSERT INTO intake.{kind} BY NAME SELECT {place}, * FROM read_parquet(?)", [str(file)])
    read.valid.write_parquet(file)
    columns = f"'{register.name}.csv' AS delivery" + ("" if owner == CITY else f", '{owner}' AS organisation")
    con.execute(
        f"INSERT INTO registers.{register.name} BY NAME SELECT {columns}, * FROM read_parquet(?)", [str(file)]
    )


@dataclass(frozen=True)
class Spoiled:
    """A world some of whose cells can't be read, are empty or point at nothing. `places` are (register, row, columns)
    in `rows`."""

    rows: World
    places: list[tuple[str, int, list[str]]]


def spoil(world: World, draw: Random, share: float, columns: Mapping[str, Sequence[str]]) -> Spoiled:
    """`columns`: register → the columns that may be spoiled; `share`: of its rows how many are."""
    rows = {name: [dict(row) for row in own] for name, own in world.items()}
    places = []
    for name, spoilable in columns.items():
        for at, row in enumerate(rows[name]):
            if draw.random() < share:
                hit = draw.sample(list(spoilable), k=draw.choice([1, 1, 2]) if len(spoilable) > 1 else 1)
                for column in hit:
                    row[column] = _bad_text(REGISTERS[name].by_name[column], draw)
                places.append((name, at, hit))
    return Spoiled(rows, places)


def _bad_text(column: Column, draw: Random) -> str:
    choices = [""] if column.req else []
    if column.type in ("date", "datetime", "bool", "enum", "int"):
        choices.append(UNREADABLE)
    if column.type in ("code", "list"):
        choices.append(f"finns-inte-{draw.randint(1, 9)}" if column.targets else "8,5E+11")
    return draw.choice(choices or [""])


def mend(spoiled: Spoiled, world: World, draw: Random, fresh: Mapping[str, Sequence[Row]]) -> World:
    """The world with its bad cells come right, some as they were, some as those of any `fresh` row, some not at all,
    and some rows gone whole."""
    rows = {name: [dict(row) for row in own] for name, own in spoiled.rows.items()}
    gone = set()
    for name, at, columns in spoiled.places:
        how = draw.choice(["as it was", "anyhow", "anyhow", "not at all", "gone"])
        if how == "gone" and any(REGISTERS[name].by_name[column].req for column in columns):
            required_is_bad = any(
                REGISTERS[name].by_name[column].req and not spoiled.rows[name][at][column].startswith("finns-inte")
                for column in columns
            )
            if required_is_bad:
                gone.add((name, at))
            continue
        source = world[name][at] if how == "as it was" else draw.choice(fresh[name])
        if how in ("as it was", "anyhow"):
            for column in columns:
                rows[name][at][column] = source.get(column, "")
    return {name: [row for at, row in enumerate(own) if (name, at) not in gone] for name, own in rows.items()}
