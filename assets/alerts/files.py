"""larm.csv and larm.html of one organisation (docs/spec/interfaces.md, Out)."""

from datetime import date
from pathlib import Path

import polars as pl

from assets.alerts import messages
from assets.alerts.configuration import Configuration
from assets.alerts.digest import digest
from assets.alerts.state import condition
from assets.atomic import atomic_write
from assets.excel_csv import write_excel_csv

_HEADINGS = {
    "id": "Larm-id", "kind": "Slag", "severity": "Allvar", "unit": "Enhet", "register": "Register",
    "indicator": "Indikator", "text": "Text", "since": "Sedan", "condition": "Tillstånd",
}  # fmt: skip


def write_files(
    folder: Path,
    state: pl.DataFrame,
    organisation: str,
    night: date,
    configuration: Configuration,
    *,
    rehearsal: bool,
) -> None:
    """Every alert of the organisation as a table, and the digest as it is, or would be, mailed."""
    own = state.filter(pl.col("organisation") == organisation).with_columns(condition=condition(night))
    with atomic_write(folder / "larm.csv") as draft:
        write_excel_csv(own.select(pl.col(name).alias(heading) for name, heading in _HEADINGS.items()), draft)
    told = digest(own, configuration.mutes, night, _ids(own, "nytt"), _closed_tonight(own, night))
    with atomic_write(folder / "larm.html") as draft:
        draft.write_text(messages.html(told, configuration.recipients.link, rehearsal=rehearsal), encoding="utf-8")


def _ids(state: pl.DataFrame, said: str) -> frozenset[str]:
    return frozenset(state.filter(pl.col("condition") == said)["id"])


def _closed_tonight(state: pl.DataFrame, night: date) -> frozenset[str]:
    return frozenset(state.filter(pl.col("closed") == night)["id"])
