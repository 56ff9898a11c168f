"""An empty inbox with its archive, and one in which everything has happened."""

import shutil
from pathlib import Path

import pytest

from tests.intake.places import Place

VOR = "Indikator;År;Bedömning\n{};2025;Delvis\n"
PERSONAL = "Anställnings-id;Enhet;Roll;Anställd från;Anställd till;Chef från\n{};E1;Chef;2020-01-01;;\n"
NAME = "vor_indikatorer_2026-10-31.csv"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two organisations, a refused and an unknown file, a row in quarantine and a dropped cell. To copy."""
    folder = tmp_path_factory.mktemp("filled")
    place = Place(folder)
    place.deliver(NAME, VOR.format("A") + "B;tjugo;Delvis\n")
    place.deliver("personal_2026-10-31.csv", PERSONAL.format("A1"))
    place.deliver("enheter_2026-10-31.csv", "Enhet;Verksamhet;NIS\nE1;Förskola;kanske\n")
    place.deliver("enheter_2026-11-01.xlsx", b"PK nothing")
    place.deliver("läsmig.pdf", b"%PDF")
    place.deliver(NAME, VOR.format("C"), folder="jarva")
    assert place.night() == 5
    return folder


@pytest.fixture
def full(filled: Path, tmp_path: Path) -> Place:
    """The inbox in which everything has happened, and its archive."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path)
