"""Where organisations' folders are written: in this process, or at several desks, one to a process.

A desk has the run's warehouse open for reading and makes once what is the same for everybody. It is sent one
organisation's share of the run's tables at a time, so no desk holds a city's gaps, and a folder is the same whoever
writes it.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial

import duckdb
import polars as pl

from assets.publication.document.rows import Rows, rows_of
from assets.publication.folder_outcome import Written, write_or_keep
from assets.publication.output import OrganisationFolder, Publication
from assets.publication.release import draft_path, release_path
from assets.publication.report import Tables, reader_of
from assets.publication.sv import calling_registers
from assets.registers.contract import Register
from assets.settings import WAREHOUSE_NAME, Run, Settings
from assets.workers import cluster, let_go, processes, run_tasks, start_ahead, when_done

ValidationPages = Callable[[duckdb.DuckDBPyConnection], Callable[[str], str]]

FEW_GAPS = 1_500
"""So many gaps are published, with all that stands beside them, about as soon as another process has started."""

_IMPORTED = (__name__, "docxtpl", "icalendar", "pandas", "typst", "xlsxwriter")
"""What every desk imports sooner or later; DuckDB imports pandas at its first query with parameters."""

_TO_WRITE = "SELECT (SELECT count(*) FROM intake.organisations) + 1, (SELECT count(*) FROM marts.gaps)"


@dataclass(frozen=True)
class Order:
    """What every desk of a run is told. Pickled."""

    run: Run
    settings: Settings
    registers: Mapping[str, Register]
    made_at: datetime
    validation_pages: ValidationPages


@dataclass(frozen=True)
class Share:
    """One organisation's part of what is published. `blocked`: its validation stops it."""

    organisation: str
    tables: Tables
    rows: Rows
    blocked: bool


def shares(organisations: Sequence[str], tables: Tables, rows: Rows, blocked: set[str]) -> list[Share]:
    """Every organisation's share. Each table is gone through once, however many they are."""
    parts = {field.name: _parted(getattr(tables, field.name)) for field in fields(Tables)}
    empty = {field.name: getattr(tables, field.name).clear() for field in fields(Tables)}
    return [
        Share(
            name,
            Tables(**{table: parts[table].get(name, empty[table]) for table in parts}),
            rows_of(rows, name),
            name in blocked,
        )
        for name in organisations
    ]


def _parted(table: pl.DataFrame) -> dict[str, pl.DataFrame]:
    parts = table.partition_by(reader_of(table), as_dict=True, maintain_order=True)
    return {str(organisation): part for (organisation,), part in parts.items()}


def open_ahead(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Lets what several desks import be imported while the run does something else, where there will be several."""
    folders, gaps = con.execute(_TO_WRITE).fetchone() or (0, 0)
    if not settings.dask and workers_for(settings.workers, folders, gaps) > 1:
        start_ahead(*_IMPORTED)


def write_folders(con: duckdb.DuckDBPyConnection, order: Order, parts: Sequence[Share]) -> list[Written]:
    """Writes every organisation's folder into the run's draft. `con` is closed where several processes write, for
    DuckDB lets no other read what one has open for writing."""
    settings, write = order.settings, partial(_write_at_own_desk, order)
    if settings.dask:
        con.close()
        with cluster(settings.dask, settings.data) as (executor, _):
            return list(run_tasks(executor, write, parts))
    workers = workers_for(settings.workers, len(parts), sum(part.tables.gaps.height for part in parts))
    if workers == 1:
        desk = Desk(con, order)
        return [desk.write(part) for part in parts]
    con.close()
    with processes(workers, *_IMPORTED) as executor:
        return list(run_tasks(executor, write, parts))


def workers_for(cores: int, folders: int, gaps: int) -> int:
    """How many processes so many folders with so many gaps are worth, at least one."""
    return max(1, min(cores, folders, gaps // FEW_GAPS))


class Desk:
    """`con`: open on the run's warehouse."""

    def __init__(self, con: duckdb.DuckDBPyConnection, order: Order) -> None:
        published, self.order = order.settings.published, order
        self._before, self._draft = release_path(published, order.run), draft_path(published, order.run.id)
        self._publication = Publication(
            con, order.run, order.settings, _NOTHING, _NO_ROWS, order.made_at, order.validation_pages(con),
            order.registers,
        )  # fmt: skip

    def write(self, part: Share) -> Written:
        """Writes one organisation's folder, or keeps the one that it has."""
        name, own = part.organisation, self._publication.of(part.tables, part.rows)
        with calling_registers(self.order.registers):
            return write_or_keep(OrganisationFolder(own, name, self._draft / name, self._before / name), part.blocked)


_NOTHING = Tables(**{field.name: pl.DataFrame() for field in fields(Tables)})
_NO_ROWS = Rows(*(pl.DataFrame() for _ in fields(Rows)))

_own: dict[Run, Desk] = {}
"""The desk of this process, where it is a worker's: it stays open until the run is done with it."""


def _write_at_own_desk(order: Order, part: Share) -> Written:
    if order.run not in _own:
        let_go()
        con = _open_to_read(order.run)
        _own[order.run] = Desk(con, order)
        when_done(_own.clear)
        when_done(con.close)
    # a worker that has died may have begun it
    shutil.rmtree(draft_path(order.settings.published, order.run.id) / part.organisation, ignore_errors=True)
    return _own[order.run].write(part)


def _open_to_read(run: Run) -> duckdb.DuckDBPyConnection:
    """The run's warehouse, with a database of its own beside it, so that copies can be attached and written."""
    con, path = duckdb.connect(), str(run.warehouse).replace("'", "''")
    con.execute(f"ATTACH '{path}' AS {WAREHOUSE_NAME} (READ_ONLY)")
    con.execute(f"USE {WAREHOUSE_NAME}")
    return con
