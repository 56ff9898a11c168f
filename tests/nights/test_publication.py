"""What is published, and that it is switched in one step."""

import hashlib
import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Literal

import duckdb
import pytest
from playwright.sync_api import Browser

from tests.nights.conftest import B, K, copied, csv_files, read_csv, review_of, run_steps, with_demo_read
from tests.nights.victim import settings_of
from tests.publication.page.browsing import NARROW, WIDE, opened, violations

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def review(first_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's review, published once, beside an organisation that has delivered nothing. To look at only."""
    data = with_demo_read(first_night, tmp_path_factory.mktemp("review") / "data")
    shutil.copytree(first_night / "inbox", data / "inbox")
    (data / "inbox" / "jarva").mkdir()
    return run_steps(settings_of(data), B, K)


def test_a_review_shows_the_source_documents_figures(review: Path) -> None:
    figures = {row["Indikator"]: row for row in read_csv(review / "farsta" / "indikatorer.csv")}
    compared = {name: (row["Täljare"], row["Nämnare"], row["Status"], row["Orsak"]) for name, row in figures.items()}
    assert compared["INC-01"] == ("15", "", "information", "")
    assert compared["INC-02"] == ("3", "", "information", "")
    assert compared["KLA-01"] == ("12", "", "information", "")
    assert compared["KLA-02"] == ("3", "", "information", "")
    assert compared["UTB-01"] == compared["UTB-02"] == ("", "", "ej mätbar", "massregistrering")
    assert compared["INC-09"][:2] == ("2", "3")
    assert compared["KLA-08"][1] == "1"
    assert compared["VOR-01"][1] == "5"
    assert compared["IKP-01"][:2] == ("3", "3")
    assert not (review.parents[1] / "current").exists(), "a review leaves current alone"


def test_csv_opens_right_in_swedish_excel(review: Path) -> None:
    for place, content in csv_files(review).items():
        assert content.startswith(b"\xef\xbb\xbf"), place
        lines = content.decode("utf-8-sig").split("\r\n")
        assert lines[-1] == "", place
        assert ";" in lines[0], place
        assert not lines[0].startswith("sep="), place
    values = [row["Värde"] for row in read_csv(review / "farsta" / "indikatorer.csv") if row["Mått"] == "%"]
    assert all(value == "" or value[-2] == "," for value in values)


def test_the_manifest_names_every_output_by_its_hash(review: Path) -> None:
    manifest = json.loads((review / "manifest.json").read_text(encoding="utf-8"))
    files = {path.relative_to(review).as_posix(): path for path in review.rglob("*") if path.is_file()}
    del files["manifest.json"]
    assert manifest["outputs"] == {
        place: hashlib.sha256(path.read_bytes()).hexdigest() for place, path in files.items()
    }
    assert manifest["organisations"]["farsta"]["as_of"] == "2023-10-31"
    delivered = {
        row["Sha256"] for org in ("farsta", "jarva", "staden") for row in read_csv(review / org / "leveranser.csv")
    }
    assert set(manifest["inputs"]) == delivered - {""}


def test_an_organisations_warehouse_holds_its_own_rows_alone(review: Path) -> None:
    for organisation in ("farsta", "jarva", "staden"):
        with duckdb.connect(review / organisation / "warehouse.duckdb", read_only=True) as con:
            for table in ("indicator_values", "indicator_items", "deliveries", "quarantine", "gaps", "unmatched"):
                owners = con.execute(f"SELECT DISTINCT organisation FROM {table}").fetchall()
                assert owners in ([], [(organisation,)]), f"{table} of {organisation}: {owners}"
    lists = [path.name for path in (review / "staden" / "bristlistor").iterdir()]
    assert lists == ["dubbla_kallor.csv"], "the city has doubles of its own registers, and no list of items"


def test_an_organisation_without_deliveries_is_not_measurable(review: Path) -> None:
    jarva = {row["Indikator"]: row for row in read_csv(review / "jarva" / "indikatorer.csv")}
    assert jarva["INC-01"]["Orsak"] == "underlag saknas: personuppgiftsincidenter"
    assert {row["Värde"] for name, row in jarva.items() if name != "DQ-01"} == {""}
    assert (jarva["DQ-01"]["Täljare"], jarva["DQ-01"]["Nämnare"]) == ("3", "26")
    city = {row["Indikator"]: row for row in read_csv(review / "staden" / "indikatorer.csv")}
    assert (city["INC-01"]["Täljare"], city["INC-01"]["Orsak"]) == ("15", "1 av 2 ej mätbara")
    missing = [row for row in read_csv(review / "jarva" / "leveranser.csv") if row["Status"] == "saknas"]
    assert len(missing) == 23


def test_the_city_gets_each_organisations_figures_as_a_file(review: Path) -> None:
    figures = read_csv(review / "staden" / "indikatorer_per_organisation.csv")
    own = {name: read_csv(review / name / "indikatorer.csv") for name in ("farsta", "jarva")}
    for name, rows in own.items():
        assert [row for row in figures if row["Organisation"] == name] == rows
    assert len(figures) == sum(len(rows) for rows in own.values())


def test_the_last_nights_are_kept_and_the_newest_is_current(first_night: Path, tmp_path: Path) -> None:
    settings = settings_of(copied(first_night, tmp_path), today=K + timedelta(days=1))
    published = [(settings.published / "current").resolve()]
    assert sorted((settings.published / "nightly").iterdir()) == published
    run_steps(settings.model_copy(update={"keep_nights": 1}))
    published.append((settings.published / "current").resolve())
    assert sorted((settings.published / "nightly").iterdir()) == published[1:]


def test_a_review_replaces_the_earlier_one_of_the_same_days(first_review: Path, tmp_path: Path) -> None:
    settings = settings_of(copied(first_review, tmp_path))
    first = csv_files(review_of(settings.data))
    again = run_steps(settings, B, K)
    assert csv_files(again) == first
    assert len(list((settings.published / "reviews" / ".kept").iterdir())) == 1


def test_personal_numbers_in_text_are_listed_by_place_alone(review: Path) -> None:
    rows = read_csv(review / "farsta" / "bristlistor" / "personnummer_i_fritext.csv")
    assert ("personuppgiftsincidenter", "Beskrivning") in {(row["Register"], row["Kolumn"]) for row in rows}
    assert list(rows[0]) == ["Organisation", "Register", "Källfil", "Källrad", "Kolumn"]


@pytest.mark.parametrize("place", ["farsta/validering.html", "farsta/larm.html", "jarva/index.html"])
@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", NARROW)])
def test_pages_beside_the_site_are_accessible_too(
    review: Path, browser: Browser, place: str, scheme: Literal["light", "dark"], viewport: dict[str, int]
) -> None:
    with opened(browser, review / place, viewport, color_scheme=scheme) as page:
        assert violations(page) == ""
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_everything_that_the_contract_names_is_there(review: Path) -> None:
    both = {
        "indikatorer.csv", "historik.csv", "karantan.csv", "leveranser.csv", "larm.csv", "larm.html", "index.html",
        "validering.html", "warehouse.duckdb", "ledningens_genomgang.docx", "ledningens_genomgang.pdf",
        "ledningens_genomgang.xlsx", "ledningens_genomgang.zip", "arshjul.ics", "arshjul.html",
    }  # fmt: skip
    for organisation in ("farsta", "jarva", "staden"):
        names = {path.name for path in (review / organisation).iterdir()}
        assert both <= names, organisation
        assert ("underlag.parquet" in names) == (organisation != "staden")
        assert ("indikatorer_per_organisation.csv" in names) == (organisation == "staden")
    links = set(re.findall(r'href="([^"#]+)"', (review / "farsta" / "index.html").read_text(encoding="utf-8")))
    assert {link for link in links if ":" not in link and not (review / "farsta" / link).exists()} == set()
