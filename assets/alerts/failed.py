"""After a failed night: the same digest, with what the last night left and that this one failed."""

import os
from collections.abc import Mapping
from datetime import date

import polars as pl

from assets.alerts import state as states
from assets.alerts.configuration import Configuration
from assets.alerts.evaluate import alerts_folder
from assets.alerts.files import write_files
from assets.alerts.findings import finding, unseen_kinds
from assets.alerts.notify import tell
from assets.alerts.vocabulary import FAILED_NIGHT
from assets.registers.contract import CITY
from assets.settings import Settings


def alert_failed_night(
    settings: Settings,
    configuration: Configuration,
    night: date,
    step: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> tuple[int, int]:
    """Writes larm.csv and larm.html to `<data>/alerts/`, tells the city's readers, repeats the statutory clocks, and
    gives the digests delivered and left. The next published night closes the alert."""
    folder = alerts_folder(settings.data)
    same_night = states.of(folder, night)
    last = states.before(folder, night) if same_night.is_empty() else same_night
    where = f" i steget {step}" if step else ""
    found = finding(
        CITY, FAILED_NIGHT, "kritisk",
        f"Nattens körning misslyckades{where}. Det som var publicerat står kvar. Felet står i körningens logg.",
    )  # fmt: skip
    others = last.filter(pl.col("kind") != FAILED_NIGHT).select("organisation", "kind").rows()
    state = states.go_on(last, last.clear(), found, unseen_kinds(others), night)
    states.keep(folder, night, state)
    rehearsal = settings.today is not None
    write_files(folder, state, CITY, night, configuration, rehearsal=rehearsal)
    return tell(folder, state, night, configuration, environment, rehearsal=rehearsal)
