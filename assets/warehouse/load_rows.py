"""The registers' rows as they stand for K: what is in force of each, with references by another name resolved."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from assets.registers.contract import Register
from assets.registers.landed import key_fields, landed_fields
from assets.warehouse import staged
from assets.warehouse.lookups import Lookup, lookups_in_force, targets_first
from assets.warehouse.resolve_lookups import resolve
from assets.warehouse.staged import IN_FORCE

Staged = Mapping[str, Register]
"""The registers of which rows are staged, by name."""


def load_rows(con: duckdb.DuckDBPyConnection, read: Path, registers: Mapping[str, Register]) -> list[Lookup]:
    """Fills the registers' tables, and of intake.* what only their rows tell. Gives the lookups that were resolved.
    Raises RunRefused."""
    lookups = lookups_in_force(con, registers)
    to_stage = {lookup.register.name for lookup in lookups} | _of_several(con, registers)
    waiting: dict[str, Register] = {}
    staged.create_staging(con)
    for register in registers.values():
        files = reading_files(con, read, "rows.parquet", f"{IN_FORCE} AND delivery.register = '{register.name}'")
        if not files:
            continue
        if register.name in to_stage:
            both = {
                lookup.looked_up.slug: lookup.looked_up for lookup in lookups if lookup.target.name == register.name
            }
            staged.stage(con, read, register, files, [column for column in both.values() if not column.pii])
            waiting[register.name] = register
        else:
            _load(con, read, register, files)
    lookups = [lookup for lookup in lookups if lookup.register.name in waiting]
    _settle_keys(con, waiting, lookups)
    for lookup in lookups:
        if not lookup.is_of_key:
            resolve(con, lookup)
    for register in waiting.values():
        staged.load_staged(con, register)
    return lookups


def reading_files(con: duckdb.DuckDBPyConnection, read: Path, file: str, which: str) -> list[str]:
    """The paths of one file of the readings that are to be loaded."""
    query = f"SELECT DISTINCT folder FROM intake.deliveries AS delivery WHERE folder IS NOT NULL AND {which}"
    paths = (read / folder / file for (folder,) in con.execute(query).fetchall())
    return sorted(str(path) for path in paths if path.exists())


def _of_several(con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]) -> set[str]:
    """The registers of which an organisation has rows of several sources in force, or several sequences."""
    snapshots = [register.name for register in registers.values() if register.mode == "snapshot"]
    found = con.execute(
        f"""SELECT DISTINCT register FROM intake.deliveries AS delivery WHERE {IN_FORCE}
        GROUP BY register, organisation
        HAVING count(DISTINCT coalesce(source, '')) > 1 OR count(*) > 1 AND register IN $snapshots""",
        {"snapshots": snapshots},
    )
    return {register for (register,) in found.fetchall()}


def _settle_keys(con: duckdb.DuckDBPyConnection, waiting: Staged, lookups: Sequence[Lookup]) -> None:
    """Makes the keys of staged rows final: those that others' keys are looked up in before those."""
    of_keys = targets_first(lookups)
    hanging = dict.fromkeys(lookup.register.name for lookup in of_keys)
    for name in waiting.keys() - hanging.keys():
        staged.drop_doubles(con, waiting[name])
    for name in hanging:
        for lookup in of_keys:
            if lookup.register.name == name:
                resolve(con, lookup)
        staged.drop_repeated(con, waiting[name])
        staged.drop_doubles(con, waiting[name])


def _load(con: duckdb.DuckDBPyConnection, read: Path, register: Register, files: Sequence[str]) -> None:
    """Of an accumulating register the newest delivery's row wins where a key comes again. Of millions of rows few
    come again, and only those are sorted: keys that are equal have equal hashes."""
    owner = [] if register.level == "city" else ["delivery.organisation"]
    columns = ", ".join(
        [
            *owner,
            f"{staged.delivery_of(con, files)} AS delivery",
            "file.row",
            *(f"file.{name}" for name in landed_fields(register)),
        ]
    )
    source = f"""
        FROM read_parquet($files, filename = true, union_by_name = true) AS file
        JOIN intake.deliveries AS delivery ON $read || delivery.folder || '/rows.parquet' = file.filename
        WHERE {IN_FORCE}"""
    own: dict[str, object] = {"files": list(files), "read": f"{read}/"}
    insert = f"INSERT INTO registers.{register.name} BY NAME SELECT {columns} {source}"
    if register.mode != "accumulate" or len(files) == 1:
        con.execute(insert, own)
        return
    keys = ", ".join([*owner, *(f"file.{name}" for name in key_fields(register))])
    con.execute(
        f"CREATE TEMP TABLE again AS SELECT hash({keys}) AS hashed {source} GROUP BY hashed HAVING count(*) > 1", own
    )
    con.execute(f"{insert} AND hash({keys}) NOT IN (FROM again)", own)
    con.execute(
        f"""{insert} AND hash({keys}) IN (FROM again)
        QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY delivery.position DESC) = 1""",
        own,
    )
    con.execute("DROP TABLE again")
