"""One organisation's folder, file by file: lists and evidence first, then what shows them, last the package."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.publication.calendar.ics import write_calendar
from assets.publication.csv_files import write_lists
from assets.publication.document.document import write_document
from assets.publication.document.model import UncitedNumber
from assets.publication.document.rows import Rows, rows_of
from assets.publication.evidence import write_evidence
from assets.publication.manifest import place_of
from assets.publication.package.seal import write_package
from assets.publication.page.site import write_site
from assets.publication.page.year import write_year
from assets.publication.report import Picture
from assets.publication.workbook.write import write_workbook
from assets.settings import Run

logger = logging.getLogger("lagesbild.publication")


@dataclass(frozen=True)
class Narrative:
    """What an organisation has written for its document: chapter → Markdown, its own template where it has one, and
    what of it could not be used."""

    texts: dict[str, str]
    template: Path | None
    remarks: list[str]


def narrative_of(run: Run, organisation: str, config: Path) -> Narrative:
    """As the intake left it. The organisation's own template goes before the installation's."""
    told: dict[str, Any] = json.loads(run.texts.read_text(encoding="utf-8")).get(organisation, {})
    templates = (run.texts.with_name(f"{organisation}.docx"), config / "mall.docx")
    template = next((path for path in templates if path.exists()), None)
    return Narrative(told.get("texts", {}), template, told.get("remarks", []))


def write_folder(
    picture: Picture,
    con: duckdb.DuckDBPyConnection,
    rows: Rows,
    narrative: Narrative,
    late_days: Mapping[str, int],
    before: Path,
    folder: Path,
) -> None:
    """Writes everything of one organisation but its alerts and its validation, which lie there already. `before`: its
    folder as it was published last; `late_days`: as in the settings."""
    write_lists(picture, con, folder)
    write_evidence(con, picture.organisation, picture.run.known_at.isoformat(), folder)
    write_workbook(picture, folder / "ledningens_genomgang.xlsx")
    write_calendar(picture, folder / "arshjul.ics", before / "arshjul.ics")
    remarks = [*narrative.remarks, *_write_document(picture, rows_of(rows, picture.organisation), narrative, folder)]
    write_site(picture, folder, _alerts(folder), remarks, late_days)
    write_year(picture, folder / "arshjul.html")
    write_package(folder, picture.organisation, picture.name, place_of(picture.run))


def _write_document(picture: Picture, rows: Rows, narrative: Narrative, folder: Path) -> list[str]:
    """A document that would show a number without its source is not written; nothing else is lost by it."""
    try:
        return write_document(picture, rows, narrative.texts, narrative.template, folder)
    except UncitedNumber as fault:
        logger.error("%s: the document is not written: %s", picture.organisation, fault)
        return ["Dokumentet skrevs inte: ett tal i det saknar källa. Felet är lägesbildens eget; anmäl det."]


def _alerts(folder: Path) -> pl.DataFrame | None:
    path = folder / "larm.csv"
    return pl.read_csv(path, separator=";", infer_schema=False) if path.exists() else None
