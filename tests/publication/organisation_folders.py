"""An organisation's folder to write outputs into, without a run's other steps."""

from pathlib import Path

import duckdb

from assets.publication.document.rows import gather_rows
from assets.publication.organisation_folder import write_outputs
from assets.publication.output import OrganisationFolder, Publication
from assets.publication.outputs import OUTPUTS
from assets.publication.report import load_tables
from assets.registers.read_contracts import load_registers
from assets.settings import Run, Settings
from tests.publication.conftest import MADE_AT

BY_NAME = {output.name: output for output in OUTPUTS}


def folder_of(con: duckdb.DuckDBPyConnection, run: Run, organisation: str, path: Path) -> OrganisationFolder:
    """The organisation's folder at `path`, of what the warehouse holds; nothing was published before."""
    settings = Settings(data=path.parent, inbox=path.parent / "inbox", config=path.parent / "config")
    registers = load_registers(settings.registers)
    tables, rows = load_tables(con, registers), gather_rows(con)
    publication = Publication(con, run, settings, tables, rows, MADE_AT, lambda name: f"<p>{name}</p>", registers)
    return OrganisationFolder(publication, organisation, path, path.parent / "none" / organisation)


def write(folder: OrganisationFolder, *names: str) -> None:
    """Writes outputs by their names; fails where one does."""
    folder.path.mkdir(exist_ok=True)
    write_outputs(folder, [BY_NAME[name] for name in names])
    assert folder.failures == {}
