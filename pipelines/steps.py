"""The steps of a run as plain functions, in the order in which they come; `definitions` makes assets of them.

No step makes what another should have made: one that lacks its input raises MissingInput, which names it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import duckdb
import polars as pl

from assets.alerts.configuration import read_configuration
from assets.alerts.evaluate import decide, state_of
from assets.alerts.send import send
from assets.intake.archive import Archive
from assets.intake.inbox import organisations
from assets.intake.narrative import collect_narratives
from assets.intake.resolve_deliveries import resolve_deliveries
from assets.publication.publish import publish
from assets.registers.contract import CITY, Register, load_registers
from assets.settings import Run, Settings
from assets.validation.draft_audit import check_draft
from assets.validation.page import page
from assets.validation.results import TableResult
from assets.validation.validate import validate
from assets.warehouse.build import (
    MissingInput,
    build_only,
    open_warehouse,
    rebuild,
    renew_catalogue,
    tables_in,
)
from assets.warehouse.history import write_history
from assets.warehouse.kept import copy_kept, keep, kept_night
from assets.warehouse.models import Model, load_models
from pipelines.night_status import PUBLISHED, last_night, record_outcome

VALIDATED = "validation.verdicts"
"""A warehouse that has this table has been validated."""

logger = logging.getLogger("lagesbild.run")


class Steps:
    """The steps of one installation's runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def registers(self) -> dict[str, Register]:
        return load_registers(self.settings.registers)

    @cached_property
    def models(self) -> dict[str, Model]:
        return load_models(self.settings.sql)

    def ingest(self, run: Run) -> None:
        """The inbox is taken in, and the run knows which deliveries it stands on."""
        inbox, archive = self.settings.inbox, Archive(self.settings.archive)
        resolve_deliveries(inbox, archive, self.registers, run.today, run.known_at, run.deliveries_path)
        collect_narratives(inbox, [*organisations(inbox), CITY], run.texts)

    @contextmanager
    def open_warehouse(self, run: Run) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the run's warehouse: a new one where the run has taken in the inbox, else a copy of the
        kept one, which it replaces when the block ends well. Raises MissingInput."""
        on_kept = not run.deliveries_path.exists()
        if on_kept and not run.warehouse.exists():
            self._copy_kept(run)
        with open_warehouse(run, self.settings.data, self.registers, self.models) as con:
            if on_kept:
                renew_catalogue(con, self.registers, self.models)
            yield con
        if on_kept:
            keep(run.warehouse, self.settings.warehouse)

    def _copy_kept(self, run: Run) -> None:
        night = kept_night(self.settings.warehouse)
        if night is None:
            raise MissingInput("No warehouse is kept yet. Materialise intake/deliveries and all upstream with it.")
        if (run.as_of, run.known_at) != (night, night):
            raise MissingInput(
                f"The kept warehouse is of {night}, not of {run.as_of} as known at {run.known_at}. "
                "Materialise intake/deliveries and all upstream with it."
            )
        copy_kept(self.settings.warehouse, run.warehouse)

    def build(self, run: Run) -> None:
        """Every table of the warehouse."""
        with self.open_warehouse(run) as con:
            build_only(con, self.models, self.models)

    def validate(self, run: Run) -> list[TableResult]:
        """What every table that there is was held against. Of a whole warehouse it is written into it, too."""
        with self.open_warehouse(run) as con:
            there = tables_in(con)
            if not self.models.keys() <= there:
                return validate(con, run, self.settings, self.registers, only=there)
            results = validate(con, run, self.settings, self.registers)
            if con.execute("FROM validation.blocked").fetchone():
                rebuild(con, self.models, "validation.blocked")
            return results

    @contextmanager
    def require_valid(self, run: Run) -> Iterator[duckdb.DuckDBPyConnection]:
        """The warehouse, which has been validated. Raises MissingInput where it hasn't: nothing is shown unheld."""
        with self.open_warehouse(run) as con:
            if VALIDATED not in tables_in(con):
                raise MissingInput("The warehouse hasn't been validated: run the checks of its tables too.")
            yield con

    def write_history(self, run: Run) -> None:
        """The figures, and of a night its gaps, are in the history."""
        with self.require_valid(run) as con:
            write_history(con, self.settings.data / "history", run)

    def evaluate_alerts(self, run: Run) -> pl.DataFrame:
        with self.require_valid(run) as con:
            return decide(con, run, self.settings, read_configuration(self.settings.config))

    def publish(self, run: Run) -> Path:
        """The folder that shows the run. A night's warehouse is kept from then on."""
        for path, asset in ((run.texts, "intake/deliveries"), (state_of(run), "alerts/decide")):
            if not path.exists():
                raise MissingInput(f"Publication shows what {asset} has made in the same run: materialise it too.")
        with self.require_valid(run) as con:
            folder = publish(
                con, run, self.settings, self.registers,
                validation_page=lambda organisation: page(con, organisation, self.settings.data / "validation"),
                check_draft=lambda draft, made: check_draft(con, draft, made),
            )  # fmt: skip
        record_outcome(self.settings, run, PUBLISHED)
        if run.kind == "nightly":
            keep(run.warehouse, self.settings.warehouse)
        return folder

    def send_alerts(self, run: Run) -> tuple[int, int]:
        """The digests sent and those still queued. Nothing is sent of what wasn't published."""
        night = last_night(self.settings)
        if (night.get("run"), night.get("outcome")) != (run.id, PUBLISHED):
            return 0, 0
        return send(run, self.settings, read_configuration(self.settings.config))

    def all(self, run: Run) -> Path:
        """A whole run, without Dagster; gives the folder that shows it. Raises where a suite itself is broken:
        nothing is shown unheld."""
        self.ingest(run)
        self.build(run)
        if faults := [f"{table.table}: {fault}" for table in self.validate(run) if (fault := table.fault_of_nobody)]:
            raise RuntimeError("; ".join(faults))
        self.write_history(run)
        self.evaluate_alerts(run)
        folder = self.publish(run)
        self.send_alerts(run)
        return folder
