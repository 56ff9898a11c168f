"""The document as it is written: what stands in it, and what must not."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import duckdb
import polars as pl
import pytest
from pypdf import PdfReader

from assets.publication.document.chapters.outline import document_of
from assets.publication.document.docx.reader import paragraphs_of
from assets.publication.document.rows import Rows, gather_rows, rows_of
from assets.publication.report import Report
from assets.settings import Limits
from tests.publication.conftest import Built
from tests.publication.document.conftest import Write, Written
from tests.publication.document.word_files import display_name, part_of, text_of_pdf

pytestmark = pytest.mark.slow


def test_it_says_what_the_source_document_says(demo: Written) -> None:
    text = display_name(demo.word)
    for sentence in (
        "Under 2023, till och med 2023-10-31, har 3 NIS-incidenter och 15 personuppgiftsincidenter registrerats.",
        "12 klassningar har genomförts.",
        "3 tidigare klassningar har följts upp.",
        "3.1 Under 2024 ska Farsta",
        "17 oktober 2024",
        "Ytterligare 1 rekommendation omfattas av sekretess och återges inte.",
        "massregistrering",
        "Dokumentet är fastställt av Namn och funktion den Dag.",
    ):
        assert sentence in text
    assert "{{" not in text


def test_every_chapter_stands_in_both_files(demo: Written, reports: dict[str, Report], all_rows: Rows) -> None:
    document, _ = document_of(reports["farsta"], rows_of(all_rows, "farsta"), {}, Limits())
    headings = [
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(demo.word)).paragraphs
        if paragraph.style.name == "Heading 1"
    ]
    assert len(headings) == 0 or all(headings)
    styles = {"Heading1", "Heading2", "Heading3", "Heading4"}
    found = [paragraph.text.split(" ")[0] for paragraph in paragraphs_of(demo.word) if paragraph.style in styles]
    numbers = [chapter.number for chapter in document.chapters if chapter.number]
    assert found[-1] == "Läsnyckel"
    assert [paragraph for paragraph in found if paragraph[0].isdigit()] == numbers
    pdf = text_of_pdf(demo.pdf)
    for number in numbers:
        assert f"{number} " in pdf


def test_both_files_have_the_same_numbers(demo: Written) -> None:
    def numbers(text: str) -> set[str]:
        return set(re.findall(r"\d+(?:[.,-]\d+)*", text))

    body = [paragraph.text for paragraph in paragraphs_of(demo.word) if paragraph.part == "word/document.xml"]
    in_word, in_pdf = numbers("\n".join(body)), numbers(text_of_pdf(demo.pdf))
    assert in_word - in_pdf == set()
    assert {number for number in in_pdf - in_word if not number.isdecimal()} == set()


def test_the_files_are_the_same_each_time(demo: Written, write: Write, reports: dict[str, Report]) -> None:
    again = write(reports["farsta"], {"2.2.1": "Inför 2024 gäller mål 3.5.\n\n1. först\n2. sedan"})
    assert again.word == demo.word
    assert again.pdf == demo.pdf


def test_no_author_and_no_time_of_making(demo: Written) -> None:
    properties = docx.Document(io.BytesIO(demo.word)).core_properties
    assert properties.author == properties.last_modified_by == "Lägesbild"
    assert properties.created.date().isoformat() == "2023-10-31"
    assert "python-docx" not in part_of(demo.word, "docProps/core.xml")


def test_the_picture_has_an_alternative_text(demo: Written) -> None:
    assert 'descr="Liggande staplar' in part_of(demo.word)


def test_the_city_shows_no_organisations_rows(write: Write, reports: dict[str, Report]) -> None:
    text = display_name(write(reports["staden"]).word)
    assert "redovisas i varje organisations egen genomgång" in text
    for hidden in ("Fortsatt inventering av informationstillgångar", "Informationsklassa sina", "3.1 Under"):
        assert hidden not in text


def test_an_organisation_without_deliveries(write: Write, reports: dict[str, Report], all_rows: Rows) -> None:
    """Nothing measured, no rows: it says so, and no heading stands empty."""
    report = reports["farsta"]
    empty = report.tables.figures.with_columns(
        *(
            pl.lit(None).cast(report.tables.figures.schema[name]).alias(name)
            for name in ("numerator", "denominator", "value")
        ),
        state=pl.lit("ej mätbar"),
        reason=pl.lit("underlag saknas: ") + pl.col("needs").list.join(", "),
        reason_code=pl.lit("missing_registers"),
        concerns=pl.col("needs"),
        not_measured=pl.lit(0, pl.Int64),
    )
    bare = replace(report, tables=replace(report.tables, figures=empty, changes=report.tables.changes.clear()))
    rows = Rows(**{name: table.clear() for name, table in vars(all_rows).items()})
    text = display_name(write(bare, rows=rows).word)
    assert "Ännu har inga uppgifter levererats" in text
    assert "underlag saknas från personalregistret" in text
    document, _ = document_of(bare, rows, {}, Limits())
    assert all(chapter.blocks or chapter.number in ("2.2", "2.2.3") for chapter in document.chapters)


def test_a_picture_with_one_indicator(write: Write, reports: dict[str, Report]) -> None:
    report = reports["farsta"]
    one = report.tables.figures.filter(pl.col("indicator") == "INC-01")
    assert "15 personuppgiftsincidenter" in display_name(
        write(replace(report, tables=replace(report.tables, figures=one))).word
    )


# What must stay out


@pytest.mark.long
def test_only_allowed_columns_come_in(built: Built, write: Write, reports: dict[str, Report], tmp_path: Path) -> None:
    """A canary in every text column of every register but the allowed ones, and in the lists of the report."""
    path = tmp_path / "w.duckdb"
    path.write_bytes(built.run.warehouse.read_bytes())
    allowed = {
        "omvarldsbevakning": {"omrade", "handelse", "paverkan"},
        "handlingsplan": {"omrade", "aktivitet", "ansvarig_funktion", "status"},
        "internkontroll": {"kontroll", "resultat"},
        "revision": {"granskning", "rekommendation", "status"},
        "vor_indikatorer": {"indikator", "bedomning"},
        "styrdokument": {"typ"},
        "beslut": {"beslut", "ansvarig_funktion", "status"},
    }
    with duckdb.connect(path) as con:
        columns = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'registers' AND data_type = "
            "'VARCHAR' AND column_name != 'organisation'"
        ).fetchall()
        for table, column in columns:
            if column not in allowed.get(table, set()):
                con.execute(f'UPDATE registers.{table} SET "{column}" = ?', [f"KANARIE-{table}-{column}"])
        con.execute(
            "UPDATE registers.revision SET rekommendation = 'KANARIE', granskning = 'KANARIE' WHERE sekretess"
        )
        rows = rows_of(gather_rows(con), "farsta")
    report = reports["farsta"]
    tables = {
        name: table.with_columns(
            pl.lit("KANARIE").alias(column) for column in table.columns if _is_quoted(table, column)
        )
        for name, table in vars(report.tables).items()
        if name not in ("figures", "history", "changes")
    }
    made = write(replace(report, tables=replace(report.tables, **tables)), rows=rows)
    with zipfile.ZipFile(io.BytesIO(made.word)) as package:
        for name in package.namelist():
            assert b"KANARIE" not in package.read(name), name
    assert b"KANARIE" not in made.pdf
    assert "KANARIE" not in text_of_pdf(made.pdf)
    assert "farsta stadsdelsförvaltning" in display_name(made.word).casefold() or "Farsta" in display_name(made.word)


def _is_quoted(table: pl.DataFrame, column: str) -> bool:
    return table.schema[column] == pl.String and column.casefold() not in ("organisation", "indikator", "list")


@pytest.mark.parametrize("value", ["true", "NULL"])
def test_a_recommendation_that_is_not_known_to_be_open_is_only_counted(
    built: Built, tmp_path: Path, value: str
) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(built.run.warehouse.read_bytes())
    with duckdb.connect(path) as con:
        con.execute(f"UPDATE registers.revision SET sekretess = {value}")
        rows = rows_of(gather_rows(con), "farsta")
    assert rows.recommendations.is_empty()
    assert rows.secret_recommendations["number"].to_list() == [8]


def test_what_is_decided_and_the_line_on_which_it_is_signed_stand_on_one_page_of_the_pdf(demo: Written) -> None:
    pages = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(demo.pdf)).pages]
    (decided,) = [page for page in pages if "Besluten följs upp i nästa" in page]
    assert "Dokumentet är fastställt av" in decided
    assert "3.3 Under" in decided, "and need no page of their own"
