"""The steps of a run as plain functions, in the order in which they come; `definitions` makes assets of them.

Each step makes first what it needs and the run hasn't made yet, so a run may begin at any of them.
"""

import logging
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path

import duckdb
import polars as pl

from assets.alerts.configuration import read_configuration
from assets.alerts.evaluate import evaluate, state_of
from assets.alerts.send import send
from assets.intake.archive import Archive
from assets.intake.inbox import organisations
from assets.intake.narrative import collect_narratives
from assets.intake.resolve_deliveries import resolve_deliveries
from assets.publication.draft import Draft, build_draft, read_draft
from assets.publication.release import release, shown_at
from assets.registers.contract import CITY, Register, load_registers, with_late_days
from assets.settings import Run, Settings
from assets.validation.draft_audit import audit_draft
from assets.validation.page import page
from assets.validation.results import TableResult
from assets.validation.validate import RESULTS, validate
from assets.warehouse.build import build, open_warehouse, rebuild
from assets.warehouse.history import write_history
from assets.warehouse.models import Model, grains, load_models
from pipelines.run_context import PUBLISHED, last_outcome, note

logger = logging.getLogger("lagesbild.run")


class Steps:
    """The steps of one installation's runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def registers(self) -> dict[str, Register]:
        return with_late_days(load_registers(self.settings.registers), self.settings.late_days)

    @cached_property
    def models(self) -> dict[str, Model]:
        return load_models(self.settings.sql)

    def ingest(self, run: Run) -> None:
        """The inbox is taken in, and the run knows which deliveries it stands on."""
        inbox, archive = self.settings.inbox, Archive(self.settings.archive)
        resolve_deliveries(inbox, archive, self.registers, run.today, run.known_at, run.deliveries_path)
        collect_narratives(inbox, [*organisations(inbox), CITY], run.texts)

    def open_warehouse(self, run: Run) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """The run's warehouse; its models are built as they are asked for."""
        self.ingest(run)
        return open_warehouse(run, self.settings.data, self.registers, self.models)

    def validate(self, run: Run) -> list[TableResult]:
        with self.open_warehouse(run) as con:
            build(con, self.models, self.models)
            outcomes = validate(con, run, self.settings, self.registers, grains(self.models))
            if con.execute("FROM validation.blocked").fetchone():
                rebuild(con, self.models, "validation.blocked")
            return outcomes

    def require_valid(self, run: Run) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """The warehouse whole and validated. Raises where a suite itself is broken: nothing is shown unheld."""
        if not (run.folder / RESULTS).exists():
            faults = [outcome.pipeline_fault for outcome in self.validate(run) if outcome.pipeline_fault]
            if faults:
                raise RuntimeError("; ".join(faults))
        return self.open_warehouse(run)

    def write_history(self, run: Run) -> None:
        """The figures, and of a night its gaps, are in the history."""
        with self.require_valid(run) as con:
            write_history(con, self.settings.data / "history", run)

    def evaluate_alerts(self, run: Run) -> pl.DataFrame:
        with self.require_valid(run) as con:
            return evaluate(con, run, self.settings, read_configuration(self.settings.config))

    def build_draft(self, run: Run) -> Draft:
        if not state_of(run).exists():
            self.evaluate_alerts(run)
        with self.require_valid(run) as con:
            return build_draft(
                con, run, self.settings, self.registers,
                validation_page=lambda organisation: self._validation_page(con, run, organisation),
            )  # fmt: skip

    def audit_draft(self, run: Run) -> None:
        """The draft is what was computed. Raises where it isn't: it is shown to nobody."""
        draft = read_draft(self.settings.published, run)
        with self.open_warehouse(run) as con:
            audit_draft(con, draft.folder, draft.made)

    def release(self, run: Run) -> Path:
        """The audited draft is shown; gives the folder that shows it."""
        folder = release(self.settings.published, run, self.settings.keep_nights)
        note(self.settings, run, PUBLISHED)
        return folder

    def _validation_page(self, con: duckdb.DuckDBPyConnection, run: Run, organisation: str) -> str:
        """A blocked organisation's page stands beside an earlier lägesbild, where there is one."""
        is_blocked = con.execute("FROM validation.blocked WHERE organisation = ?", [organisation]).fetchone()
        earlier = shown_at(self.settings.published, run) / organisation / "index.html"
        return page(con, organisation, self.settings.data / "validation", has_page=not is_blocked or earlier.exists())

    def send_alerts(self, run: Run) -> tuple[int, int]:
        """Nothing is sent of what wasn't published."""
        noted = last_outcome(self.settings)
        if (noted.get("run"), noted.get("outcome")) != (run.id, PUBLISHED):
            return 0, 0
        return send(run, self.settings, read_configuration(self.settings.config))

    def all(self, run: Run) -> Path:
        """A whole run, without Dagster; gives the folder that shows it."""
        self.write_history(run)
        self.build_draft(run)
        self.audit_draft(run)
        folder = self.release(run)
        self.send_alerts(run)
        return folder
