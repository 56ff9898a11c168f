"""The resource that every asset works with: the run, which lives as long as the Dagster run does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import ClassVar

import dagster as dg
from pydantic import field_validator, model_validator

from assets.intake.assets import DELIVERIES
from assets.settings import Run, Settings
from pipelines.instance import fail_orphans, remove_old_runs
from pipelines.jobs import NIGHT, REVIEW
from pipelines.run_context import run_context


class RunResource(dg.ConfigurableResource[Run]):
    """Gives assets their Run. Its lock is taken first and let go last.

    `as_of`: B of a review, as 2023-10-31; without it the run is a night. `known_at`: K of a review, today where it
    is left out; deliveries dated later don't count.
    """

    as_of: str | None = None
    known_at: str | None = None
    settings: ClassVar[Settings]

    @field_validator("as_of", "known_at")
    @classmethod
    def _is_a_date(cls, text: str | None) -> str | None:
        if text is not None:
            date.fromisoformat(text)
        return text

    @model_validator(mode="after")
    def _known_at_belongs_to_a_review(self) -> "RunResource":
        if self.known_at and not self.as_of:
            raise ValueError("known_at belongs together with as_of")
        return self

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Run]:
        dagster_run = context.run
        assert dagster_run is not None
        self._check_job(dagster_run.job_name)
        selected = dagster_run.asset_selection or None  # of a whole job it is empty
        with run_context(
            self.settings,
            _day(self.as_of),
            _day(self.known_at),
            dagster_run.run_id[:8],
            publishes=dagster_run.job_name == NIGHT and selected is None,
            reads_inbox=selected is None or DELIVERIES in selected,
        ) as run:
            if context.instance:
                fail_orphans(context.instance, keep=dagster_run.run_id)
                remove_old_runs(context.instance)
                context.instance.add_run_tags(dagster_run.run_id, _tags(run))
            yield run

    def _check_job(self, job: str) -> None:
        if job == REVIEW and not self.as_of:
            raise ValueError("A review needs as_of: resources.run.config.as_of")
        if job == NIGHT and self.as_of:
            raise ValueError("A night has no as_of: start the job `review` instead")


def run_resource(settings: Settings) -> RunResource:
    """The resource of one installation. The settings are no field of it: Dagster would show them, and make a resource
    anew of its fields for every run."""

    class InstallationRun(RunResource):
        __doc__ = RunResource.__doc__

    InstallationRun.settings = settings
    return InstallationRun()


def _tags(run: Run) -> dict[str, str]:
    """What runs are found and told apart by in the UI."""
    return {"lagesbild/as_of": str(run.as_of), "lagesbild/known_at": str(run.known_at), "lagesbild/run": run.id}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
