"""*Decide*, before the switch: tonight's alerts, and the files that are published of them.

<run>/alerts/state.parquet               what the night will leave behind, if it is published
<run>/alerts/<organisation>/larm.csv, larm.html
"""

import logging
from pathlib import Path

import duckdb
import polars as pl

from assets.alerts import state as states
from assets.alerts.configuration import Configuration
from assets.alerts.deliveries import waiting_files
from assets.alerts.files import write_files
from assets.alerts.findings import find
from assets.atomic import atomic_write
from assets.registers.contract import CITY
from assets.settings import Run, Settings

logger = logging.getLogger("lagesbild.alerts")


def alerts_folder(data: Path) -> Path:
    """Where nights, outbox and what was told are kept, and larm.csv after a failed night."""
    return data / "alerts"


def state_of(run: Run) -> Path:
    return run.folder / "alerts" / "state.parquet"


def decide(
    con: duckdb.DuckDBPyConnection, run: Run, settings: Settings, configuration: Configuration
) -> pl.DataFrame:
    """Writes the run's alert files and gives its STATE. A review's are written too, and then forgotten."""
    findings = find(con, settings.late_days, waiting_files(settings.inbox))
    folder = alerts_folder(settings.data)
    earlier, same_night = states.before(folder, run.as_of), states.of(folder, run.as_of)
    if run.kind == "review":
        same_night = same_night.clear()
    state = states.go_on(earlier, same_night, findings.found, findings.unseen, run.as_of)
    query = "SELECT organisation FROM intake.organisations ORDER BY organisation"
    organisations = [name for (name,) in con.execute(query).fetchall()]
    for name in configuration.unknown(organisations):
        logger.warning("recipients.toml eller mutes.toml nämner %s, som inte är någon organisation", name)
    for organisation in [*organisations, CITY]:
        place = run.folder / "alerts" / organisation
        write_files(place, state, organisation, run.as_of, configuration, rehearsal=settings.today is not None)
    with atomic_write(state_of(run)) as draft:
        state.write_parquet(draft)
    return state
