"""Publishing a run: every organisation's folder is built in a draft, and the draft is shown in one step."""

import json
import logging
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from assets.publication.document.rows import gather_rows
from assets.publication.manifest import Place, place_of, write_manifest
from assets.publication.organisation_folder import narrative_of, write_folder
from assets.publication.page.front import FrontLine, write_front
from assets.publication.page.stale_notice import mark_blocked
from assets.publication.release import draft_folder, show_night, show_review, shown_at
from assets.publication.report import gather, name_of, picture_of
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
    before, draft = shown_at(settings.published, run), draft_folder(settings.published, run.id)
    tables, rows, made_at = gather(con, registers), gather_rows(con), datetime.now(UTC)
    organisations, blocked = [*_names(con, "intake.organisations"), CITY], _names(con, "validation.blocked")
    places: dict[str, Place] = {}
    for organisation in organisations:
        folder = draft / organisation
        if organisation in blocked:
            places |= _keep(before, organisation, folder)
            _tell_tonight(run, organisation, folder, validation_page)
            mark_blocked(folder, run.as_of)
        else:
            folder.mkdir()
            _tell_tonight(run, organisation, folder, validation_page)
            picture = picture_of(tables, organisation, run, made_at, settings.names)
            narrative = narrative_of(run, organisation, settings.config)
            write_folder(picture, con, rows, narrative, settings.late_days, before / organisation, folder)
            places[organisation] = place_of(run)
    check_draft(draft, [organisation for organisation in organisations if organisation not in blocked])
    lines = [_front_line(draft, name, places.get(name), name in blocked, settings) for name in organisations]
    write_front(draft, lines, run, made_at)
    inputs = set(tables.deliveries["Sha256"].drop_nulls()) - {""}
    write_manifest(draft, run, places, inputs, made_at)
    logger.info("Publiceras: %s", ", ".join(places))
    if run.kind == "nightly":
        return show_night(draft, settings.published, run.id, settings.keep_nights)
    return show_review(draft, settings.published, run.id, before.name)


def _names(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [name for (name,) in con.execute(f"SELECT organisation FROM {table} ORDER BY organisation").fetchall()]


def _keep(before: Path, organisation: str, folder: Path) -> dict[str, Place]:
    """The organisation's last published folder, and which run it is of; an empty one where there is none."""
    logger.warning("%s publiceras inte: underkänd i valideringen. Den förra lägesbilden står kvar", organisation)
    if not (before / organisation).exists():
        folder.mkdir()
        return {}
    shutil.copytree(before / organisation, folder)
    places: dict[str, Place] = json.loads((before / "manifest.json").read_text(encoding="utf-8"))["organisations"]
    return {organisation: places[organisation]} if organisation in places else {}


def _tell_tonight(run: Run, organisation: str, folder: Path, validation_page: Callable[[str], str]) -> None:
    """What alerts and validation say tonight, also of an organisation whose folder is an older one."""
    for file in sorted((run.folder / "alerts" / organisation).glob("larm.*")):
        shutil.copy(file, folder / file.name)
    (folder / "validering.html").write_text(validation_page(organisation), encoding="utf-8")


def _front_line(draft: Path, organisation: str, place: Place | None, blocked: bool, settings: Settings) -> FrontLine:
    return FrontLine(
        folder=organisation,
        name=name_of(organisation, settings.names),
        as_of=date.fromisoformat(place["as_of"]) if place else None,
        known_at=date.fromisoformat(place["known_at"]) if place else None,
        blocked=blocked,
        has_page=(draft / organisation / "index.html").exists(),
    )
