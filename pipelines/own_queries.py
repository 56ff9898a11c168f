"""Queries of an installation's own, tried in a warehouse without a row: what they name must be there."""

import re
from collections.abc import Iterator, Mapping, Sequence

import duckdb

from assets.nearest import nearest
from assets.registers.contract import Register
from assets.sql_files import StepFailed
from assets.warehouse.build import build, create_tables
from assets.warehouse.headers import ANY
from assets.warehouse.load import fill_registers
from assets.warehouse.models import Model, ModelError

Fault = tuple[Model, str]

_ORGANISATION = "prov"
_NO_COLUMN = re.compile(r'(?:Referenced column|does not have a column named) "(?P<name>[^"]+)"')
_CANDIDATES = re.compile(r"^Candidate bindings: (?P<names>.*)$", re.MULTILINE)
_YIELDS = re.compile(r": yields (?P<names>.*), which no item has$")
_FILE_LINE = re.compile(r", line (?P<line>\d+) of \S+$")
_LACKS = re.compile(r": yields no (?P<names>.*)$")


def trial_faults(
    own: Sequence[Model], registers: Mapping[str, Register], models: Mapping[str, Model]
) -> Iterator[Fault]:
    """What is wrong, as the end of a Swedish sentence, with the first of one's own models that can't be made of the
    registers and models that there are. No row is read, so a message of DuckDB's holds no value."""
    if not own:
        return
    with duckdb.connect() as con:
        con.execute("SET VARIABLE as_of = DATE '2026-01-01'")
        con.execute("SET VARIABLE nightly = true")
        create_tables(con, registers, models)
        con.execute("INSERT INTO intake.organisations VALUES (?)", [_ORGANISATION])
        fill_registers(con, registers)
        for model in (model for model in models.values() if model in own):
            try:
                build(con, models, [model.table])
            except ModelError as fault:
                yield model, _item_fault(str(fault))
                return
            except StepFailed as fault:
                yield model, _query_fault(fault)
                return
            yield from ((model, fault) for fault in _grain_faults(con, model))
        build(con, models, ["core.reach"])
        measures = [name for (name,) in con.execute("SELECT DISTINCT measure FROM core.reach").fetchall()]
    for model in own:
        yield from ((model, fault) for fault in _reach_faults(model, measures))


def _item_fault(message: str) -> str:
    """Of an indicator whose columns aren't those of an item."""
    if found := _YIELDS.search(message):
        return f"ger kolumnen {found['names']}, som ingen post har"
    if found := _LACKS.search(message):
        return f"ger inte kolumnen {found['names']}, som varje post har"
    return message


def _query_fault(fault: StepFailed) -> str:
    message, line = str(fault.__context__ or fault), _FILE_LINE.search(str(fault))
    where = f" på rad {line['line']}" if line else ""
    if found := _NO_COLUMN.search(message):
        candidates = _CANDIDATES.search(message)
        names = re.findall(r'[^",\s]+', candidates["names"]) if candidates else []
        return f"kolumnen {found['name']}{where} finns inte{nearest(found['name'], names)}"
    return f"frågan går inte att ställa{where}: {message.splitlines()[0]}"


def _grain_faults(con: duckdb.DuckDBPyConnection, model: Model) -> Iterator[str]:
    columns = [name for name, *_ in con.execute(f"DESCRIBE {model.table}").fetchall()]
    for name in model.grain:
        if name not in columns:
            yield f"grain nämner {name}, som frågan inte ger{nearest(name, columns)}"


def _reach_faults(model: Model, measures: Sequence[str]) -> Iterator[str]:
    header = model.indicator
    for effect, items in header.reach if header else ():
        for register, reached in items.items():
            if isinstance(reached, str) and reached != ANY and reached not in measures:
                yield (
                    f"reach.{effect}.{register} ska vara ett tal, any eller ett mått av core.reach, inte {reached}"
                    f"{nearest(reached, measures)}"
                )
