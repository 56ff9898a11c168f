"""One organisation's folder, output by output: what goes wrong with one costs that one, and is told on the page."""

import json
import logging
import shutil
from collections.abc import Iterable
from pathlib import Path

from assets.publication.faults import kind_and_place, reason_of
from assets.publication.manifest import Place
from assets.publication.output import OrganisationFolder, Output
from assets.publication.outputs import OUTPUTS
from assets.stop import raise_fatal

logger = logging.getLogger("lagesbild.publication")


class FolderFailed(RuntimeError):
    """An organisation's folder that can't be published tonight; the message is the end of a Swedish sentence."""


def write_folder(folder: OrganisationFolder) -> None:
    """Writes every output that the organisation has into its folder; those that fail are in its `failures`.

    Raises FolderFailed where an essential output fails, and OSError where the disk is full or failing.
    """
    folder.path.mkdir()
    for output in OUTPUTS:
        if output.is_for(city=folder.report.is_city):
            write_outputs(folder, [output])
            if output.essential and output in folder.failures:
                raise FolderFailed(f"{output.title} kunde inte skrivas: {folder.failures[output]}")


def write_outputs(folder: OrganisationFolder, outputs: Iterable[Output]) -> None:
    """Writes the outputs in their order. Of one that fails nothing is left in the folder."""
    for output in outputs:
        assert output.write is not None, f"{output.name} has no writer"
        try:
            output.write(folder)
        except Exception as fault:  # noqa: BLE001 – whatever it was, it costs this output and no other
            raise_fatal(fault)
            logger.error("%s: %s kunde inte skrivas: %s", folder.organisation, output.name, kind_and_place(fault))
            folder.failures[output] = reason_of(fault)
            _remove(folder.path, output)


def _remove(path: Path, output: Output) -> None:
    for pattern in output.files:
        for file in path.glob(pattern):
            file.unlink()


def keep_folder(folder: OrganisationFolder) -> Place | None:
    """Puts the organisation's last published folder in place of tonight's, with what alerts and validation say
    tonight, and gives which run it is of; None where nothing of it was published before."""
    folder.is_kept = True
    shutil.rmtree(folder.path, ignore_errors=True)
    if folder.before.exists():
        shutil.copytree(folder.before, folder.path)
    else:
        folder.path.mkdir()
    write_outputs(folder, (output for output in OUTPUTS if output.of_tonight))
    manifest = folder.before.parent / "manifest.json"
    if not folder.before.exists() or not manifest.exists():
        return None
    places: dict[str, Place] = json.loads(manifest.read_text(encoding="utf-8"))["organisations"]
    return places.get(folder.organisation)
