"""The folders of the demo's review, with what other programs read of them."""

import shutil
from pathlib import Path

import duckdb
import pytest

from assets.publication.manifest import place_of, write_manifest
from assets.publication.outputs import OUTPUTS
from assets.registers.contract import CITY
from tests.publication.conftest import MADE_AT, Built
from tests.publication.organisation_folders import folder_of, write

LISTS = [output for output in OUTPUTS if output.kind == "csv" and not output.of_tonight]


@pytest.fixture(scope="session")
def folders(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published run: each organisation's and the city's folder, with lists, items and Parquet."""
    made = tmp_path_factory.mktemp("onward")
    current = made / "published" / "current"
    current.mkdir(parents=True)
    run = built.with_texts(made / "run")
    with duckdb.connect(shutil.copy(built.run.warehouse, made / "all.duckdb")) as con:
        for organisation in built.reports:
            is_city = organisation == CITY
            names = [output.name for output in LISTS if output.is_for(city=is_city)]
            write(folder_of(con, run, organisation, current / organisation), *names, "underlag", "parquet")
    places = dict.fromkeys(built.reports, place_of(run))
    write_manifest(current, run, places, {}, (), {}, MADE_AT, {})
    return current
