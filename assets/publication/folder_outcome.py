"""What becomes of one organisation's folder: it is written, or its last one kept.

Whatever goes wrong costs that organisation and no other.
"""

import logging
from dataclasses import dataclass
from datetime import date

from assets.publication.faults import kind_and_place, reason_of
from assets.publication.manifest import Place, place_of
from assets.publication.organisation_folder import FolderFailed, keep_folder, write_folder
from assets.publication.output import OrganisationFolder
from assets.publication.page.front import FrontLine
from assets.publication.page.stale_notice import mark_kept
from assets.publication.report import name_of
from assets.stop import raise_fatal

logger = logging.getLogger("lagesbild.publication")


@dataclass(frozen=True)
class Written:
    """What became of one organisation's folder. `place`: the run that it shows, None where there is nothing to show;
    `failures`: output → reason; `fault`: why it is not tonight's, where that isn't its validation."""

    name: str
    place: Place | None
    failures: dict[str, str]
    front_line: FrontLine
    fault: str = ""


def write_or_keep(folder: OrganisationFolder, blocked: bool) -> Written:
    """Writes the folder; of an organisation that its validation blocked, or whose folder can't be written, keeps the
    one that it has. Raises OSError where the disk is full or failing."""
    fault = "" if blocked else _try_to_write(folder)
    place = _keep(folder, fault) if blocked or fault else place_of(folder.run)
    failures = {output.name: reason for output, reason in folder.failures.items()}
    if fault:
        failures["mapp"] = fault
    titles = [f"{output.title} kunde inte skrivas: {reason}" for output, reason in folder.failures.items()]
    line = FrontLine(
        folder=folder.organisation,
        name=name_of(folder.organisation, folder.publication.settings.names),
        as_of=date.fromisoformat(place["as_of"]) if place else None,
        known_at=date.fromisoformat(place["known_at"]) if place else None,
        blocked=blocked,
        has_page=(folder.path / "index.html").exists(),
        has_validation=(folder.path / "validering.html").exists(),
        has_matrix=(folder.path / "matris.html").exists(),
        faults=[f"Mappen kunde inte skrivas: {fault}"] if fault else titles,
    )
    return Written(folder.organisation, place, failures, line, fault)


def _try_to_write(folder: OrganisationFolder) -> str:
    """Writes the folder; why it couldn't be written, empty where it could."""
    try:
        write_folder(folder)
    except FolderFailed as fault:
        return str(fault)
    except Exception as fault:  # noqa: BLE001 – it costs this organisation and no other
        raise_fatal(fault)
        logger.error("%s kunde inte skrivas: %s", folder.organisation, kind_and_place(fault))
        return reason_of(fault)
    return ""


def _keep(folder: OrganisationFolder, fault: str) -> Place | None:
    """Keeps what was published of the organisation before, with the notice on its pages."""
    why = "mappen kunde inte skrivas" if fault else "underkänd i valideringen"
    logger.warning("%s publiceras inte: %s. Den förra lägesbilden står kvar", folder.organisation, why)
    failures, folder.failures = folder.failures, {}
    try:
        place = keep_folder(folder)
        mark_kept(folder.path, folder.run.as_of, fault)
    except Exception as other:  # noqa: BLE001 – it has no folder then
        raise_fatal(other)
        logger.error("%s kunde inte behållas: %s", folder.organisation, kind_and_place(other))
        folder.path.mkdir(exist_ok=True)
        return None
    finally:
        folder.failures = failures | folder.failures
    return place
