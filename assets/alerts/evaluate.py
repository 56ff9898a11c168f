"""Before the switch: tonight's alerts, and the files that are published of them.

<run>/alerts/state.parquet               what the night will leave behind, if it is published
<run>/alerts/<organisation>/larm.csv, larm.html
"""

import logging
from pathlib import Path

import duckdb
import polars as pl

from assets.alerts.configuration import Configuration
from assets.alerts.files import write_files
from assets.alerts.findings import city_findings, find, waiting_files
from assets.alerts.notify import read_notified
from assets.alerts.outbox import Outbox
from assets.alerts.queries import load_queries
from assets.alerts.state import advance, state_before, state_of_night
from assets.alerts.vocabulary import Kind, Severity
from assets.atomic import atomic_write
from assets.damaged import damaged_files
from assets.registers.contract import CITY
from assets.settings import Run, Settings

logger = logging.getLogger("lagesbild.alerts")

KEPT = ("alerts", "archive", "dagster", "history")
"""The folders of the data folder whose files can't be made again from others: what is damaged there is an alert."""


def alerts_folder(data: Path) -> Path:
    """Where nights, outbox and what readers were notified of are kept, and larm.csv after a failed night."""
    return data / "alerts"


def state_of(run: Run) -> Path:
    """Where the run keeps its STATE until it is published."""
    return run.folder / "alerts" / "state.parquet"


def evaluate(
    con: duckdb.DuckDBPyConnection, run: Run, settings: Settings, configuration: Configuration
) -> pl.DataFrame:
    """Returns the run's STATE, and writes it with the alert files of every organisation.

    A review's are written too, and then forgotten. Files of the wing's own that can't be read are set aside first, so
    that tonight's alerts say so. Raises StepFailed where a query of `sql/alerts/` can't be answered.
    """
    folder = alerts_folder(settings.data)
    earlier, same_night = state_before(folder, run.as_of), state_of_night(folder, run.as_of)
    read_notified(folder)
    Outbox(folder).waiting()
    findings = find(con, load_queries(settings.sql / "alerts"), waiting_files(settings.inbox, settings.fetched))
    damaged = city_findings(Kind.FAILED_CHECK, Severity.WARNING, damaged_files(settings.data, KEPT))
    found = pl.concat([findings.found, damaged])
    if run.kind == "review":
        same_night = same_night.clear()
    state = advance(earlier, same_night, found, findings.unseen, run.as_of)
    query = "select organisation from intake.organisations order by organisation"
    organisations = [name for (name,) in con.execute(query).fetchall()]
    for name in configuration.unknown(organisations):
        logger.warning("recipients.toml eller mutes.toml nämner %s, som inte är någon organisation", name)
    for organisation in [*organisations, CITY]:
        place = run.folder / "alerts" / organisation
        write_files(
            place, state, organisation, run.as_of, configuration, rehearsal=settings.today is not None,
            organisation_page="index.html",
        )  # fmt: skip
    with atomic_write(state_of(run)) as draft:
        state.write_parquet(draft)
    return state
