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
    organisation_page: str | None = None,
) -> None:
    """Every alert of the organisation as a table, and the digest as it is, or would be, mailed.

    `organisation_page`: the page beside larm.html that it leads back to, where there is one.
    """
    own = state.filter(pl.col("organisation") == organisation).with_columns(condition=condition(night))
    with atomic_write(folder / "larm.csv") as draft:
        write_excel_csv(own.select(pl.col(name).alias(heading) for name, heading in _HEADINGS.items()), draft)
    new, closed_tonight = own.filter(pl.col("condition") == "nytt"), own.filter(pl.col("closed") == night)
    news = digest(own, configuration.mutes, night, frozenset(new["id"]), frozenset(closed_tonight["id"]))
    page = messages.html(
        news, configuration.recipients.link, rehearsal=rehearsal, organisation_page=organisation_page
    )
    with atomic_write(folder / "larm.html") as draft:
        draft.write_text(page, encoding="utf-8")
