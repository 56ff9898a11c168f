"""What is sent to a unit: its own page and workbook, with safe names and nothing of another unit in them."""

import re
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.publication.report import Report
from assets.publication.units.names import file_name, has_files
from assets.publication.units.own import Unit, units_of
from assets.publication.units.page import unit_page
from assets.publication.units.workbook import unit_sheets, write_unit_workbook
from tests.publication.page import handmade

OTHERS, NBSP = "E2-hemligt", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("1101", "1101"),
        ("E101", "E101"),
        ("HK_IT-2", "HK_IT-2"),
        ("e101", "e101-"),
        ("Gubbängen", "gubbangen-"),
        ("HK/IT", "hk-it-"),
        ("../../etc/passwd", "etc-passwd-"),
        ("NUL", "nul-"),
        ("COM1", "com1-"),
        ("-rf", "rf-"),
        ("E1.", "e1-"),
        ("A" * 300, "a" * 40 + "-"),
        ("ÅÄÖ", "aao-"),
        ("部門", ""),
    ],
)
def test_a_name_that_every_file_system_takes(code: str, name: str) -> None:
    found = file_name(code)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,60}", found)
    if name and not name.endswith("-"):
        assert found == name
    else:
        assert found.startswith(name)
        assert len(found) == len(name) + 10


@pytest.mark.parametrize(
    "codes", [("E1", "e1"), ("HK/IT", "HK IT", "hk-it"), ("ö1", "o1", "O1", "Ö1"), ("é", "e\u0301")]
)
def test_codes_that_would_meet_have_names_of_their_own(codes: tuple[str, ...]) -> None:
    assert len({file_name(code).casefold() for code in codes}) == len(codes)


@given(st.lists(st.text(min_size=1), unique=True, max_size=20))
def test_two_codes_never_share_a_name_where_case_is_not_told_apart(codes: list[str]) -> None:
    names = [file_name(code).casefold() for code in codes]
    assert len(set(names)) == len(codes)
    assert all(re.fullmatch(r"[a-z0-9_-]{1,60}", name) for name in names)


def test_a_masked_code_has_no_files() -> None:
    assert not has_files("[visas inte]")
    assert not has_files("x [personnummer]")
    assert has_files("E1 [gamla]")


def _gap(number: int, unit: str | None, **own: object) -> dict[str, object]:
    return handmade.gap(number, unit=unit, title="Utbildade", mend="Gå kursen.", first=False) | own


def _figure(unit: str, state: str = "röd", **own: object) -> dict[str, object]:
    return {
        "organisation": "a", "indicator": "UTB-01", "unit": unit, "unit_name": f"Enhet {unit}", "title": "Utbildade",
        "kind": "share", "law": False, "target": 100, "numerator": 7, "denominator": 8, "value": 87.5, "state": state,
        "not_measured": 0,
    } | own  # fmt: skip


@pytest.fixture
def report() -> Report:
    gaps = [_gap(number, "E1") for number in range(3)]
    gaps += [_gap(9, "E2", key=OTHERS, label=OTHERS, reason=OTHERS), _gap(10, None)]
    gaps += [_gap(11, None, gap_id=None, key="ej visade", label="4")]
    return handmade.report(
        [handmade.indicator(), handmade.indicator("KLA-04", title="Klassade")],
        parts=[_figure("E1"), _figure("E2", value=12.5, numerator=1), _figure("E3", "grön", indicator="KLA-04")],
        open_gaps=gaps,
        not_measured=[handmade.gap(20, unit="E1", indicator="KLA-04", key="T1")],
    )


def unit(report: Report, code: str) -> Unit:
    return next(own for own in units_of(report) if own.code == code)


def test_every_unit_with_a_figure_or_a_gap_has_its_own(report: Report) -> None:
    assert [(own.code, own.name, own.gaps.height) for own in units_of(report)] == [
        ("E1", "Enhet E1", 3), ("E2", "Enhet E2", 1), ("E3", "Enhet E3", 0)
    ]  # fmt: skip


def test_the_page_has_its_own_gaps_with_how_to_mend_them_and_nothing_of_another(report: Report) -> None:
    page = unit_page(report, unit(report, "E1"))
    assert "3 öppna brister i 1 indikator. 0 av 1 mål är uppnått." in page.replace(NBSP, " ")
    assert "Så åtgärdas det.</strong> Gå kursen." in page
    assert "A000000" in page
    assert "T1" in page
    assert "ej visade" not in page
    for other in (OTHERS, "E2", "E3", "12,5"):
        assert other not in page


def test_the_page_leads_nowhere_but_to_its_own_workbook(report: Report) -> None:
    page = unit_page(report, unit(report, "E1"))
    assert set(re.findall(r'(?:href|src)="(?!data:)([^"]+)"', page)) == {"E1.xlsx"}


@pytest.mark.slow
def test_a_page_is_never_too_large_to_mail() -> None:
    many = [_gap(number, "E1", label="Mycket att säga om det här " * 5) for number in range(5_000)]
    large = handmade.report([handmade.indicator()], parts=[_figure("E1")], open_gaps=many)
    page = unit_page(large, unit(large, "E1"))
    assert len(page.encode()) < 300_000
    assert "står i filerna nedan" in page
    assert "E1.xlsx" in page


def test_the_workbook_has_all_of_the_unit_and_nothing_of_another(report: Report, tmp_path: Path) -> None:
    write_unit_workbook(report, unit(report, "E1"), unit_sheets(units_of(report)), tmp_path / "E1.xlsx")
    book = openpyxl.load_workbook(tmp_path / "E1.xlsx")
    assert book.sheetnames == ["Siffror", "Brister", "Ej mätta"]
    heading, *rows = book["Brister"].iter_rows(values_only=True)
    assert heading[:2] == ("Indikator", "Titel")
    assert "Så åtgärdas det" in heading
    assert not {"Ordning", "Enhet", "Namn"} & set(heading)
    assert len(rows) == 3
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert OTHERS not in text


def test_the_same_rows_give_the_same_workbook(report: Report, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_unit_workbook(report, unit(report, "E1"), unit_sheets(units_of(report)), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.slow
def test_units_of_the_demo_add_up_to_its_gaps(reports: dict[str, Report]) -> None:
    report = reports["farsta"]
    gaps = report.tables.open_gaps.filter(pl.col("unit").is_not_null())
    assert sum(own.gaps.height for own in units_of(report)) == gaps.height
    assert report.tables.open_gaps.height == report.tables.gaps.height


@pytest.mark.slow
def test_no_page_of_the_demo_names_another_unit(reports: dict[str, Report]) -> None:
    report = reports["farsta"]
    found = units_of(report)
    codes = {own.code for own in found}
    for own in found:
        page = re.sub(r"<style>.*?</style>", "", unit_page(report, own), flags=re.DOTALL)
        assert set(re.findall(r"(?<![\w-])\d{4}(?![\w-])", page)) & codes <= {own.code}, own.code
