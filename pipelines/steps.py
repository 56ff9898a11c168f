"""The steps of a run as plain functions, in the order in which they come; `definitions` makes assets of them.
No exception that leaves one holds the value of a cell.

No step makes what another should have made: one that lacks its input raises MissingInput, which names it.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path

import duckdb
import polars as pl

from assets.alerts.configuration import read_configuration
from assets.alerts.evaluate import evaluate, state_of
from assets.alerts.send import send
from assets.intake.archive import Archive
from assets.intake.fetching.all_sources import fetch_all
from assets.intake.fetching.state import FetchState, read_states, write_fetches
from assets.intake.inbox import organisations
from assets.intake.narrative import collect_narratives
from assets.intake.resolve_deliveries import resolve_deliveries
from assets.intake.sources.definition import Source
from assets.permissions import share, share_once, share_way
from assets.publication.desk import open_ahead
from assets.publication.draft import Draft, build_draft, read_draft
from assets.publication.release import draft_path, release, release_path
from assets.registers.contract import CITY, Register
from assets.settings import Run, Settings
from assets.validation.draft_audit import audit_draft
from assets.validation.lean_import import import_ahead
from assets.validation.page import NIGHTS, page
from assets.validation.result_history import nights_of
from assets.validation.results import TableResult
from assets.validation.validate import validate
from assets.warehouse.build import MissingInput, build_only, open_warehouse, rebuild, tables_in
from assets.warehouse.catalogue import renew_catalogue
from assets.warehouse.history import write_history
from assets.warehouse.kept import copy_kept, keep, kept_night
from assets.warehouse.models import Model, grains
from pipelines.boundary import without_values
from pipelines.fingerprint import noting_taken_in
from pipelines.installation import installed_registers, installed_sources
from pipelines.night_status import PUBLISHED, last_night, record_outcome
from pipelines.own_indicators import installed_models

VALIDATED = "validation.results"
"""A warehouse that has this table has been validated."""

logger = logging.getLogger("lagesbild.run")


def archive_of(settings: Settings) -> Archive:
    """The installation's archive, with the keys that it has."""
    return Archive(settings.archive, settings.seal_to, settings.identity)


class Steps:
    """The steps of one installation's runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def registers(self) -> dict[str, Register]:
        return installed_registers(self.settings)

    @cached_property
    def sources(self) -> dict[str, Source]:
        return installed_sources(self.settings)

    @cached_property
    def models(self) -> dict[str, Model]:
        return installed_models(self.settings)

    @without_values("fetch")
    def fetch(self, only: Collection[str] | None = None) -> dict[str, FetchState]:
        """How fetching went, by source; of those in `only`, where it is given."""
        return fetch_all(self.sources, self.registers, self.settings.fetched, self.settings.fetching, only)

    @without_values("intake")
    def ingest(self, run: Run) -> None:
        """The inbox is taken in, and the run knows which deliveries it stands on."""
        inbox, fetched, limits = self.settings.inbox, self.settings.fetched, self.settings.limits
        with noting_taken_in(fetched):
            resolve_deliveries(
                inbox, archive_of(self.settings), self.registers, run.today, run.known_at, run.deliveries_path,
                limits, self.sources, fetched, self.settings.workers, self.settings.dask,
                meanwhile=import_ahead,
            )  # fmt: skip
        self._tell_unknown_organisations(run)
        if run.kind == "nightly":
            write_fetches(self.fetches.values(), run.fetches)
        collect_narratives(inbox, [*organisations(inbox, fetched), CITY], run.texts, limits)

    def _tell_unknown_organisations(self, run: Run) -> None:
        """A list of registers may name an organisation before its first delivery, or misspell one."""
        known = {
            CITY,
            *pl.read_parquet(run.deliveries_path.with_name("organisations.parquet"), glob=False)["organisation"],
        }
        for name in sorted(self.settings.register_lists.keys() - known):
            logger.warning("lagesbild.toml: registers nämner %s, som inte är någon organisation", name)

    @property
    def fetches(self) -> dict[str, FetchState]:
        """How fetching last went, by source."""
        return read_states(self.settings.fetched, [name for name, source in self.sources.items() if source.fetch])

    @contextmanager
    def open_warehouse(self, run: Run, step: str = "warehouse") -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the run's warehouse: a new one where the run has taken in the inbox, else a copy of the
        kept one, which it replaces when the block ends well. `step`: what an error's message begins with. Raises
        MissingInput."""
        on_kept = not run.deliveries_path.exists()
        with without_values(step):
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
        with self.open_warehouse(run, "validation") as con:
            present = tables_in(con)
            if not self.models.keys() <= present:
                return validate(con, run, self.settings, self.registers, grains(self.models), only=present)
            open_ahead(con, self.settings)
            results = validate(con, run, self.settings, self.registers, grains(self.models))
            if con.execute("FROM validation.blocked").fetchone():
                rebuild(con, self.models, "validation.blocked")
            return results

    @contextmanager
    def require_valid(self, run: Run, step: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """The warehouse, which has been validated. Raises MissingInput where it hasn't: nothing is shown unheld."""
        with self.open_warehouse(run, step) as con:
            if VALIDATED not in tables_in(con):
                raise MissingInput("The warehouse hasn't been validated: run the checks of its tables too.")
            yield con

    def write_history(self, run: Run) -> None:
        """The figures, and of a night its gaps, are in the history."""
        with self.require_valid(run, "history") as con:
            write_history(con, self.settings.data / "history", run, self.settings.keep_history_nights)

    def evaluate_alerts(self, run: Run) -> pl.DataFrame:
        with self.require_valid(run, "alerts") as con:
            return evaluate(con, run, self.settings, read_configuration(self.settings.config))

    def build_draft(self, run: Run) -> Draft:
        """Every organisation's folder, in a draft that nobody sees."""
        for path, asset in ((run.texts, "intake/deliveries"), (state_of(run), "alerts/evaluate")):
            if not path.exists():
                raise MissingInput(f"Publication shows what {asset} has made in the same run: materialise it too.")
        with self.require_valid(run, "publication") as con:
            pages = partial(_validation_pages, self.settings, run)
            return build_draft(con, run, self.settings, self.registers, pages)

    def audit_draft(self, run: Run) -> None:
        """The draft is what was computed. Raises where it isn't: it is shown to nobody."""
        draft = read_draft(self.settings.published, run)
        with self.open_warehouse(run, "publication") as con:
            audit_draft(con, draft.folder, draft.made)

    @without_values("publication")
    def release(self, run: Run) -> Path:
        """The audited draft is shown; gives the folder that shows it."""
        group = self.settings.published_group
        share(draft_path(self.settings.published, run.id), group)
        share_once(self.settings.published, group)
        folder = release(self.settings, run)
        share_way(self.settings.data, [folder, folder.resolve()], group)
        record_outcome(self.settings, run, PUBLISHED)
        if run.kind == "nightly":
            keep(run.warehouse, self.settings.warehouse)
        return folder

    @without_values("alerts")
    def send_alerts(self, run: Run) -> tuple[int, int]:
        """The digests sent and those still queued. Nothing is sent of what wasn't published."""
        night = last_night(self.settings)
        if (night.get("run"), night.get("outcome")) != (run.id, PUBLISHED):
            return 0, 0
        return send(run, self.settings, read_configuration(self.settings.config))

    def all(self, run: Run) -> Path:
        """A whole run, without Dagster; gives the folder that shows it. Raises where a suite itself is broken:
        nothing is shown unheld."""
        if run.kind == "nightly":
            self.fetch()
        self.ingest(run)
        self.build(run)
        if faults := [outcome.pipeline_fault for outcome in self.validate(run) if outcome.pipeline_fault]:
            raise RuntimeError("; ".join(faults))
        self.write_history(run)
        self.evaluate_alerts(run)
        self.build_draft(run)
        self.audit_draft(run)
        folder = self.release(run)
        self.send_alerts(run)
        return folder


def _validation_pages(settings: Settings, run: Run, con: duckdb.DuckDBPyConnection) -> Callable[[str], str]:
    """What gives an organisation's validering.html. A blocked organisation's page stands beside an earlier lägesbild,
    where there is one."""
    blocked = {name for (name,) in con.execute("FROM validation.blocked").fetchall()}
    current, nights = (
        release_path(settings.published, run),
        nights_of(settings.data / "validation", run.as_of, NIGHTS),
    )

    def page_of(organisation: str) -> str:
        has_page = organisation not in blocked or (current / organisation / "index.html").exists()
        return page(con, organisation, nights, has_page=has_page)

    return page_of
