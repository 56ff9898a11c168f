"""Publishing a run: every organisation's folder is built in a draft, and the draft is shown in one step."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from assets.publication.evidence import write_evidence
from assets.publication.folders import gather, write_folder
from assets.publication.manifest import write_manifest
from assets.publication.switch import draft_folder, show_night, show_review
from assets.registers.contract import CITY, Register
from assets.settings import Run, Settings

logger = logging.getLogger("lagesbild.publication")


def publish(con: duckdb.DuckDBPyConnection, run: Run, settings: Settings, registers: dict[str, Register]) -> Path:
    """Publishes what the run's warehouse holds and gives the folder in which it shows."""
    tables = gather(con, registers)
    query = "SELECT organisation FROM intake.organisations ORDER BY organisation"
    organisations = [*(name for (name,) in con.execute(query).fetchall()), CITY]
    draft = draft_folder(settings.published, run.id)
    for organisation in organisations:
        (draft / organisation).mkdir()
        write_folder(tables, con, organisation, draft / organisation)
        write_evidence(con, organisation, run.known_at.isoformat(), draft / organisation)
    inputs = set(tables.deliveries["Sha256"].drop_nulls())
    write_manifest(draft, run, organisations, inputs, datetime.now(UTC))
    logger.info("Publiceras: %s", ", ".join(organisations))
    if run.kind == "nightly":
        return show_night(draft, settings.published, run.id, settings.keep_nights)
    return show_review(draft, settings.published, run.id, f"{run.as_of}_{run.known_at}")
