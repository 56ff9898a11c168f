"""An inbox that can't be the one that deliveries have come through stops the night."""

import shutil
from pathlib import Path

import pytest

from assets.intake.require_inbox import InboxUnavailable, require_inbox
from tests.intake.places import Place

SPLIT = """
register = "enheter"
files = ["hr_*.csv"]
[organisation]
column = "Bolag"
[organisation.values]
"Farsta SDF" = "farsta"
"""
VOR = "Indikator;År;Bedömning\n{};2026;Delvis\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Two organisations and the city have delivered."""
    place = Place(tmp_path)
    for folder in ("farsta", "jarva"):
        place.deliver("vor_indikatorer_2026-10-31.csv", VOR.format(folder), folder=folder)
        place.deliver("enheter_2026-10-31.csv", f"Enhet;Verksamhet\n{folder};Förskola\n", folder=folder)
    place.deliver("utbildningskrav_2026-10-31.csv", "Kurskod;Avsnitt\nK1;1\n", folder="staden")
    place.night()
    return place


def other(tmp_path: Path, *folders: str) -> Path:
    """Another installation's inbox. The city's files are the same everywhere in a city."""
    inbox = tmp_path / "other"
    for folder in folders:
        (inbox / folder).mkdir(parents=True)
        (inbox / folder / "vor_indikatorer_2026-10-31.csv").write_text(VOR.format("annan enhet"), encoding="utf-8")
    (inbox / "staden").mkdir()
    (inbox / "staden" / "utbildningskrav_2026-10-31.csv").write_text("Kurskod;Avsnitt\nK1;1\n", encoding="utf-8")
    return inbox


@pytest.mark.parametrize("how", ["gone", "empty", "a file"])
def test_one_that_is_none(place: Place, how: str) -> None:
    shutil.rmtree(place.inbox)
    if how == "empty":
        place.inbox.mkdir()
        (place.inbox / ".DS_Store").touch()  # it is passed over as everywhere
        require_inbox(place.inbox, Place(place.inbox / ".new").archive)
    elif how == "a file":
        place.inbox.write_text("", encoding="utf-8")
    with pytest.raises(InboxUnavailable, match="Inkorgen"):
        require_inbox(place.inbox, place.archive)


def test_another_installations(place: Place, tmp_path: Path) -> None:
    inbox = other(tmp_path, "nacka", "tyreso")
    with pytest.raises(
        InboxUnavailable, match=r"mappar för nacka, tyreso och ingen för farsta, jarva, som"
    ) as refused:
        require_inbox(inbox, place.archive)
    assert str(refused.value).count(". ") == 0, "one sentence"
    (inbox / "farsta").mkdir()  # the way out that it tells
    require_inbox(inbox, place.archive)


def test_the_folder_above(place: Place) -> None:
    with pytest.raises(InboxUnavailable, match="annan installations"):
        require_inbox(place.inbox.parent, place.archive)


def test_an_organisation_that_is_renamed_is_no_other_installation(place: Place) -> None:
    (place.inbox / "farsta").rename(place.inbox / "farsta-strand")
    require_inbox(place.inbox, place.archive)
    (place.inbox / "jarva").rename(place.inbox / "kista")
    require_inbox(place.inbox, place.archive)


def test_the_only_one_may_be_renamed_and_deliver_more(tmp_path: Path) -> None:
    place = Place(tmp_path)
    for number in range(3):
        place.deliver(f"vor_indikatorer_2026-10-{number + 10}.csv", VOR.format(number))
    place.night()
    (place.inbox / "farsta").rename(place.inbox / "farsta-strand")
    place.deliver("vor_indikatorer_2026-11-01.csv", VOR.format("ny"), folder="farsta-strand")
    require_inbox(place.inbox, place.archive)


def test_what_stands_beside_the_folders_of_the_known_says_nothing(place: Place, tmp_path: Path) -> None:
    inbox = other(tmp_path, "nacka")
    shutil.move(place.inbox / "farsta", inbox / "farsta")
    require_inbox(inbox, place.archive)
    for name in ("farsta", "nacka"):
        shutil.rmtree(inbox / name)
    (inbox / "farsta").symlink_to("/nowhere")  # a mount that is gone costs only its organisation
    (inbox / "new").mkdir()
    require_inbox(inbox, place.archive)


def test_what_is_fetched_is_in_its_place(place: Place, tmp_path: Path) -> None:
    fetched = tmp_path / "fetched"
    (fetched / "jarva").mkdir(parents=True)
    require_inbox(other(tmp_path, "utskick"), place.archive, fetched)


def test_a_city_whose_sources_find_the_files_of_all_in_one_folder(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.configure(hr=SPLIT)
    rows = "Enhet;Verksamhet;Bolag\nE1;Förskola;Farsta SDF\n"
    place.deliver("hr_2026-10-31.csv", rows, folder="staden")
    place.night()
    assert "farsta" in place.archive.organisations()
    (place.inbox / "staden" / "hr_2026-10-31.csv").rename(place.inbox / "staden" / "hr_2026-11-30.csv")
    place.deliver("arbetsfil.xlsx", "x", folder="ovrigt")
    require_inbox(place.inbox, place.archive)
