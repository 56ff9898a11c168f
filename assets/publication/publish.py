"""Publishing a run: every organisation's folder is built in a draft, and the draft is shown in one step."""

import json
import logging
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from assets.publication.evidence import write_evidence
from assets.publication.folders import write_folder
from assets.publication.manifest import Place, place_of, write_manifest
from assets.publication.picture import Picture, gather, picture_of
from assets.publication.switch import draft_folder, show_night, show_review, shown_at
from assets.registers.contract import CITY, Register
from assets.settings import Run, Settings

logger = logging.getLogger("lagesbild.publication")


def publish(
    con: duckdb.DuckDBPyConnection,
    run: Run,
    settings: Settings,
    registers: dict[str, Register],
    validation_page: Callable[[str], str],
    check_draft: Callable[[Path, Sequence[str]], None],
) -> Path:
    """Publishes what the run's warehouse holds and gives the folder in which it shows.

    An organisation that its validation blocked keeps the folder that it has, with that run's B and K.
    `validation_page` gives an organisation's validering.html; `check_draft` holds the files of the
    organisations made tonight against the tables, and raises where they differ.
    """
    tables, made_at = gather(con, registers), datetime.now(UTC)
    blocked = _names(con, "validation.blocked")
    before = shown_at(settings.published, run)
    draft = draft_folder(settings.published, run.id)
    places: dict[str, Place] = {}
    for organisation in [*_names(con, "intake.organisations"), CITY]:
        folder = draft / organisation
        if organisation in blocked:
            logger.warning(
                "%s publiceras inte: underkänd i valideringen. Den förra lägesbilden står kvar", organisation
            )
            places |= _keep(before, organisation, folder)
        else:
            _make(picture_of(tables, organisation, run, made_at, settings.names), con, folder)
            places[organisation] = place_of(run)
        _add_alerts(run, organisation, folder)
        (folder / "validering.html").write_text(validation_page(organisation), encoding="utf-8")
    check_draft(draft, [organisation for organisation in places if organisation not in blocked])
    inputs = set(tables.deliveries["Sha256"].drop_nulls()) - {""}
    write_manifest(draft, run, places, inputs, made_at)
    logger.info("Publiceras: %s", ", ".join(places))
    if run.kind == "nightly":
        return show_night(draft, settings.published, run.id, settings.keep_nights)
    return show_review(draft, settings.published, run.id, before.name)


def _names(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [name for (name,) in con.execute(f"SELECT organisation FROM {table} ORDER BY organisation").fetchall()]


def _make(picture: Picture, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir()
    write_folder(picture, con, folder)
    write_evidence(con, picture.organisation, picture.run.known_at.isoformat(), folder)


def _keep(before: Path, organisation: str, folder: Path) -> dict[str, Place]:
    """The organisation's last published folder, and which run it is of; an empty one where there is none."""
    if not (before / organisation).exists():
        folder.mkdir()
        return {}
    shutil.copytree(before / organisation, folder)
    places: dict[str, Place] = json.loads((before / "manifest.json").read_text(encoding="utf-8"))["organisations"]
    return {organisation: places[organisation]} if organisation in places else {}


def _add_alerts(run: Run, organisation: str, folder: Path) -> None:
    """What the alerts have decided tonight, also of an organisation whose folder is an older one."""
    for file in sorted((run.folder / "alerts" / organisation).glob("larm.*")):
        shutil.copy(file, folder / file.name)
