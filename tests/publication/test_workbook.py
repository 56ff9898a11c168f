"""The workbook as a spreadsheet opens it: tables, real numbers and dates, states by colour and text, no formula."""

import dataclasses
from datetime import datetime
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pytest

from assets.publication.report import Report
from assets.publication.workbook.write import write_workbook
from assets.registers.contract import CITY

pytestmark = pytest.mark.slow

DEMO = "farsta"


def opened(report: Report, folder: Path) -> openpyxl.Workbook:
    write_workbook(report, folder / "bok.xlsx")
    with (folder / "bok.xlsx").open("rb") as file:
        return openpyxl.load_workbook(file)


def with_tables(report: Report, **tables: pl.DataFrame) -> Report:
    return dataclasses.replace(report, tables=dataclasses.replace(report.tables, **tables))


@pytest.fixture(scope="module")
def book(reports: dict[str, Report], tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return opened(reports[DEMO], tmp_path_factory.mktemp("book"))


def rows(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    heading, *lines = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), line, strict=True)) for line in lines]


def test_the_sheets(book: openpyxl.Workbook, reports: dict[str, Report]) -> None:
    own = reports[DEMO].tables
    with_gaps = set(own.gaps["indicator"])
    lists = [name for name in own.figures.filter("gap_list")["indicator"] if name in with_gaps]
    assert book.sheetnames == [
        "Översikt", "Indikatorer", "Osäkerhet", "Per enhet", "Brister", "Vägen till grönt", "Historik",
        "Leveranser", "Karantän", "Omatchade", "Personnummer", "Ej mätta", *lists,
    ]  # fmt: skip
    empty = {cell.value: neighbour.value for cell, neighbour in book["Översikt"]["A1:B99"] if not cell.hyperlink}
    assert (empty["Dubbla källor"], empty["Stängda"]) == (0, 0)
    for name in book.sheetnames[1:]:
        (table,) = book[name].tables.values()
        assert table.autoFilter is not None, name
        assert book[name].freeze_panes == "A2", name


def test_figures_are_numbers_and_dates(book: openpyxl.Workbook) -> None:
    figures = {row["Indikator"]: row for row in rows(book, "Indikatorer")}
    assert len(figures) == 64
    assert figures["INC-01"]["Värde"] == 15
    assert figures["INC-09"]["Värde"] == 66.7
    assert (figures["INC-09"]["Täljare"], figures["INC-09"]["Nämnare"], figures["INC-09"]["Mått"]) == (2, 3, "%")
    assert figures["INC-09"]["Utfall"] == "2 av 3, litet underlag"
    assert figures["INC-01"]["Utfall"] is None
    assert figures["UTB-01"]["Värde"] is None, "ej mätbar is no number"
    assert (figures["UTB-01"]["Status"], figures["UTB-01"]["Orsak"]) == ("ej mätbar", "massregistrering")
    delivered = next(row["Levererad"] for row in rows(book, "Leveranser") if row["Levererad"])
    assert isinstance(delivered, datetime)


def test_bounds_show_the_decimals_that_they_have(book: openpyxl.Workbook) -> None:
    """A count none, a share the one that it is rounded to; nothing is rounded a second time."""
    heading, *lines = book["Osäkerhet"].iter_rows()
    found = {
        (name.value, cell.number_format)
        for line in lines
        for name, cell in zip(heading, line, strict=True)
        if isinstance(cell.value, int | float)
    }
    general = {(name, "General") for name in ("Värde", "Lägst", "Högst", "I karantän", "Omatchade")}
    assert found == general | {("Ej mätta", "#,##0")}
    shares = [row for row in rows(book, "Osäkerhet") if row["Indikator"] == "INC-09"]
    assert [(row["Värde"], row["Lägst"], row["Högst"]) for row in shares] == [(66.7, 66.7, 100)]
    assert {type(line[place].value) for line in lines for place in range(6, 9)} == {int}


def test_shares_show_one_decimal_and_states_a_colour(book: openpyxl.Workbook) -> None:
    formats = book["Indikatorer"].conditional_formatting
    rules = [rule for group in formats for rule in group.rules]
    assert {rule.formula[0] for rule in rules if rule.type == "cellIs"} == {
        '"grön"', '"gul"', '"röd"', '"ej mätbar"', '"information"', '"ej tillämplig"',
    }  # fmt: skip
    measure = rows(book, "Indikatorer")[0]
    column = chr(ord("A") + list(measure).index("Mått"))
    assert {rule.formula[0] for rule in rules if rule.type == "expression"} == {f'${column}2="%"'}


def test_every_list_is_whole(book: openpyxl.Workbook, reports: dict[str, Report]) -> None:
    gaps = reports[DEMO].tables.gaps
    for indicator in gaps["indicator"].unique():
        listed = gaps.filter(pl.col("indicator") == indicator)
        found = [row["Brist-id"] for row in rows(book, indicator) if row["Indikator"]]
        assert found == listed["gap_id"].to_list(), indicator


def test_the_overview_counts_and_leads_to_every_sheet(book: openpyxl.Workbook, reports: dict[str, Report]) -> None:
    sheet = book["Översikt"]
    links = [cell.hyperlink.location for (cell,) in sheet["A1:A99"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    run = reports[DEMO].run
    assert [cell.value.date() for (cell,) in sheet["B2:B3"]] == [run.as_of, run.known_at]
    states = reports[DEMO].tables.figures["state"].to_list()
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Område")
    total = sum(
        int(cell.value)
        for line in sheet.iter_rows(min_row=top + 1, max_row=top + 5, min_col=2, max_col=7)
        for cell in line
    )
    assert total == len(states)


def test_no_text_becomes_a_formula_a_link_or_a_number(reports: dict[str, Report], tmp_path: Path) -> None:
    nasty = ["=1+1", "+46", "-1", "@x", "http://exempel.se", "0114", "{=1}", "x" * 40_000]
    quarantine = pl.DataFrame(
        [{"organisation": DEMO, "value": value} for value in nasty], schema=reports[DEMO].tables.quarantine.schema
    )
    sheet = opened(with_tables(reports[DEMO], quarantine=quarantine), tmp_path)["Karantän"]
    cells = [row[5] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [*nasty[:-1], "x" * 32_767]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_texts_that_look_like_marks_of_the_format_are_what_they_were(
    reports: dict[str, Report], tmp_path: Path
) -> None:
    """By a reader that knows them: openpyxl doesn't."""
    marks = [
        "_x0041_", "_x0041_x0042_", "_x005F_x0041_", "_x005f_", "_xFFFE_", "a _x000D_ b_x0041_x0042_x0043_",
        "<r>x</r>", "<r><t>x</t></r>", "<r>&</r>", "<r></r>", "<r>_x0041_x0042_</r>", " <r>x</r>",
    ]  # fmt: skip
    quarantine = pl.DataFrame(
        [{"organisation": DEMO, "value": value} for value in marks], schema=reports[DEMO].tables.quarantine.schema
    )
    write_workbook(with_tables(reports[DEMO], quarantine=quarantine), tmp_path / "bok.xlsx")
    read = fastexcel.read_excel((tmp_path / "bok.xlsx").read_bytes()).load_sheet("Karantän", dtypes="string")
    assert read.to_polars()["Värde"].to_list() == marks


def test_the_city_gets_organisations_and_no_lists(reports: dict[str, Report], tmp_path: Path) -> None:
    book = opened(reports[CITY], tmp_path)
    assert book.sheetnames == [
        "Översikt",
        "Indikatorer",
        "Osäkerhet",
        "Per organisation",
        "Historik",
        "Leveranser",
    ]
    assert {row["Organisation"] for row in rows(book, "Per organisation")} == {DEMO}


def test_a_list_without_rows_has_no_sheet_and_is_told_on_the_first(
    reports: dict[str, Report], tmp_path: Path
) -> None:
    empty = {
        name: getattr(reports[DEMO].tables, name).clear() for name in ("gaps", "closed_gaps", "deliveries", "history")
    }
    book = opened(with_tables(reports[DEMO], **empty), tmp_path)
    assert not {"UTB-01", "Stängda", "Leveranser", "Historik"} & set(book.sheetnames)
    overview = {cell.value: neighbour.value for cell, neighbour in book["Översikt"]["A1:B99"]}
    assert (overview["UTB-01"], overview["Leveranser"]) == (0, 0)


def test_the_same_report_gives_the_same_bytes(reports: dict[str, Report], tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(reports[CITY], tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
