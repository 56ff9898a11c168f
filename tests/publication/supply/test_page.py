"""register.html: the registers of the level, what each column is, and the workbooks that lie beside it."""

from pathlib import Path

import duckdb
import pytest

from assets.intake.read_delivery import read_delivery
from assets.publication.output import OrganisationFolder
from tests.intake.delivered import REGISTERS
from tests.publication.conftest import Built
from tests.publication.organisation_folders import BY_NAME, folder_of, write
from tests.publication.page.reading import Page, assert_sound

pytestmark = pytest.mark.slow

CITY_LEVEL = {name for name, register in REGISTERS.items() if register.level == "city"}


@pytest.fixture(scope="module")
def folders(built: Built, warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, OrganisationFolder]:
    """An organisation's folder and the city's, with page and workbooks."""
    made = {}
    with duckdb.connect(warehouse, read_only=True) as con:
        for name in ("farsta", "staden"):
            made[name] = folder_of(con, built.run, name, tmp_path_factory.mktemp("supply") / name)
            write(made[name], "mallar", "register")
    return made


def page_of(folder: OrganisationFolder) -> Page:
    return Page((folder.path / "register.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "own"), [("farsta", set(REGISTERS) - CITY_LEVEL), ("staden", CITY_LEVEL)], ids=["organisation", "city"]
)
def test_the_registers_of_the_level_with_their_workbooks(
    folders: dict[str, OrganisationFolder], name: str, own: set[str]
) -> None:
    page = page_of(folders[name])
    assert_sound(page)
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} >= own
    assert own <= set(page.ids)
    books = {path.stem for path in (folders[name].path / "mallar").iterdir()}
    assert books == own
    assert {link for link in page.links if link.startswith("mallar/")} == {f"mallar/{book}.xlsx" for book in own}
    for book in own:
        path = folders[name].path / "mallar" / f"{book}.xlsx"
        assert read_delivery(path, ".xlsx", REGISTERS[book])[1].read == 0


def test_every_column_is_told_with_its_words(folders: dict[str, OrganisationFolder]) -> None:
    page = page_of(folders["farsta"])
    rows = {row[0]: row for row in page.rows}
    for name, register in REGISTERS.items():
        if name not in CITY_LEVEL:
            assert set(register.by_name) <= rows.keys()
    assert rows["Personnummer"][4] == "Pnr, Person-/samordningsnummer"
    assert "Alla, Medarbetare" not in page.text, "the city's"
    assert "Ett av orden: Ordförande, Ledamot, Ersättare" in page.text
    assert "Staden levererar" in page.text


def test_what_a_register_is_needed_for_leads_to_the_indicator(folders: dict[str, OrganisationFolder]) -> None:
    links = page_of(folders["farsta"]).links
    assert {"indikatorer/UTB-01.html", "indikatorer/INC-03.html", "indikatorer/RSK-01.html"} <= set(links)


def test_it_is_small_enough_to_open(folders: dict[str, OrganisationFolder]) -> None:
    assert (folders["farsta"].path / "register.html").stat().st_size < 300_000
    assert sum(path.stat().st_size for path in (folders["farsta"].path / "mallar").iterdir()) < 500_000


def test_without_the_workbooks_nothing_leads_to_them(built: Built, warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(warehouse, read_only=True) as con:
        folder = folder_of(con, built.run, "farsta", tmp_path / "farsta")
        folder.failures[BY_NAME["mallar"]] = "disken är full"
        folder.path.mkdir()
        write_page = BY_NAME["register"].write
        assert write_page is not None
        write_page(folder)
    assert not [link for link in page_of(folder).links if "mallar" in link]
