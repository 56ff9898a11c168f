"""The catalogue: what the headers of indicators and the contracts of registers say, as tables that models read."""

import json
from collections.abc import Iterator, Mapping

import duckdb

from assets.registers.contract import Register
from assets.registers.landed import belongs
from assets.registers.shapes import CATALOGUE, REGISTERS
from assets.warehouse.deciding import deciding_fields
from assets.warehouse.headers import ANY
from assets.warehouse.insert_rows import insert_rows
from assets.warehouse.load import fill_registers
from assets.warehouse.models import Model, indicators, registers_read


def create_catalogue(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> None:
    """What the headers say of the indicators, and the tables in which their items meet."""
    for shape in CATALOGUE:
        con.execute(shape.ddl)
    _fill_indicators(con, models)


def renew_catalogue(
    con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register], models: Mapping[str, Model]
) -> None:
    """What contracts, headers and the installation say today, in a warehouse of an earlier day."""
    con.execute(f"DROP TABLE IF EXISTS {REGISTERS.table}")
    con.execute(REGISTERS.ddl)
    fill_registers(con, registers)
    for shape in CATALOGUE:
        if shape.table not in ("catalogue.items", "catalogue.obstacles"):
            con.execute(f"DROP TABLE IF EXISTS {shape.table}")
            con.execute(shape.ddl)
    _fill_indicators(con, models)
    fill_sources(con, registers, models)


def fill_sources(
    con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register], models: Mapping[str, Model]
) -> None:
    sources = [
        [model.indicator_id, register]
        for model in indicators(models)
        for register in registers_read(models, model, registers)
    ]
    insert_rows(con, "catalogue.sources", sources)
    insert_rows(con, "catalogue.reach", list(_reach(models)))
    insert_rows(con, "catalogue.deciding_columns", list(map(list, deciding_columns(registers, models))))


def _reach(models: Mapping[str, Model]) -> Iterator[list[object]]:
    for model in indicators(models):
        header = model.indicator
        assert header is not None
        for register in header.needs:
            effect, items = header.reach.of(register)
            number = items if isinstance(items, int) else None
            measure = items if isinstance(items, str) and items != ANY else None
            yield [model.indicator_id, register, effect, number, measure]


def deciding_columns(
    registers: Mapping[str, Register], models: Mapping[str, Model]
) -> Iterator[tuple[str, str, str, int]]:
    """The columns that each indicator's figure hangs on, of the registers that it needs: the indicator's id,
    register, column and its place in the contract."""
    for model in indicators(models):
        header = model.indicator
        assert header is not None
        fields = deciding_fields(models, model)
        for name in header.needs:
            for place, column in enumerate(registers[name].columns if name in registers else ()):
                if any(f"registers.{name}" == table and belongs(field, column) for table, field in fields):
                    yield model.indicator_id, name, column.name, place


def _fill_indicators(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> None:
    lines = [
        [
            position, model.indicator_id, header.title, header.title_en, header.area, header.kind, header.target,
            header.law, header.first_day, list(header.needs), header.has_gap_list, header.motive, header.question,
            header.mend, model.query, header.chapter, list(map(str, header.iso)),
            header.sentence.model_dump_json() if header.sentence else None, model.setting.get("reason"),
            json.dumps(model.setting, ensure_ascii=False) if model.setting else None,
        ]
        for position, model in enumerate(indicators(models))
        for header in [model.indicator]
        if header
    ]  # fmt: skip
    insert_rows(con, "catalogue.indicators", lines)
