"""What an organisation brings to its document: a template of its own, and texts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from assets.publication.document.chapters.outline import CHAPTERS, document_of
from assets.publication.document.docx.default_template import TEMPLATE, make_template
from assets.publication.document.model import pieces_of
from assets.publication.document.number_check import faults, number_list
from assets.publication.document.rows import Rows, rows_of
from assets.publication.narrative import Narrative, Note
from assets.publication.report import Report
from assets.settings import Limits
from tests.publication.document.conftest import Write
from tests.publication.document.word_files import changed, display_name, part_of, text_of_pdf

pytestmark = pytest.mark.long


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "mall.docx"
    make_template(path)
    return path


def test_the_packaged_template_is_what_the_script_makes(template: Path) -> None:
    assert part_of(template.read_bytes()) == part_of(TEMPLATE.read_bytes())
    assert part_of(template.read_bytes(), "word/styles.xml") == part_of(TEMPLATE.read_bytes(), "word/styles.xml")


def test_a_restyled_template_restyles_everything(write: Write, reports: dict[str, Report], template: Path) -> None:
    word = docx.Document(str(template))
    word.styles["Heading 1"].font.name = "Georgia"
    word.paragraphs[0].insert_paragraph_before("Diarienummer 2023/117")
    word.save(str(template))
    made = write(reports["farsta"], template=template)
    assert made.remarks == []
    assert "Diarienummer 2023/117" in display_name(made.word)
    assert "Georgia" in part_of(made.word, "word/styles.xml")
    assert "<w:rFonts" not in part_of(made.word)
    altered = changed(made.word, lambda xml: xml.replace("2023/117", "2023/118"))
    assert faults(altered, None)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{p okänd }}", "en tagg som inte finns"),
        ('{{p kapitel["9.9"] }}', "en tagg som inte finns"),
        ("{% if %}", "felskriven tagg"),
        ("{{ ().__class__.__mro__ }}", "Dokumentmallen går inte att använda"),
        ("{{ 1 + 14 }}", "15 har ingen källa"),
    ],
)
def test_a_template_with_a_fault_is_not_used(
    write: Write, reports: dict[str, Report], template: Path, tag: str, words: str
) -> None:
    word = docx.Document(str(template))
    word.add_paragraph(tag)
    word.save(str(template))
    made = write(reports["farsta"], template=template)
    assert len(made.remarks) == 1
    assert words in made.remarks[0]
    assert made.word == write(reports["farsta"]).word


def test_a_template_that_is_no_document(write: Write, reports: dict[str, Report], tmp_path: Path) -> None:
    for content in (b"hej", b""):
        (tmp_path / "mall.docx").write_bytes(content)
        made = write(reports["farsta"], template=tmp_path / "mall.docx")
        assert "inget Word-dokument" in made.remarks[0]


def test_a_chapter_left_out_is_a_remark(write: Write, reports: dict[str, Report], template: Path) -> None:
    word = docx.Document(str(template))
    gone = next(paragraph for paragraph in word.paragraphs if '"2.2.4"' in paragraph.text)
    gone._p.getparent().remove(gone._p)
    word.save(str(template))
    assert write(reports["farsta"], template=template).remarks == [
        "Mallen har ingen plats för kapitel 2.2.4 Resultatet från revisioner: det kom inte med."
    ]


def test_a_style_that_the_template_lacks_is_a_remark(
    write: Write, reports: dict[str, Report], template: Path
) -> None:
    word = docx.Document(str(template))
    for name in ("Tabellrubrik", "Bild"):
        element = word.styles[name].element
        element.getparent().remove(element)
    word.save(str(template))
    made = write(reports["farsta"], template=template)
    assert made.remarks == [
        "Mallen saknar formatmallarna Bild, Tabellrubrik: det som skulle ha dem ser ut som vanlig text."
    ]
    assert faults(made.word, None) == []


MARKDOWN = """# Rubrik
Ett **fett** och *kursivt* ord, [en länk](https://example.org/a1) och `kod`.

1. ett
2. två

- <b>rå</b> & </w:t></w:r>
- {{ namn }} {% for x in y %} #let x = 1 \\ $ @ref *

<script>alert(1)</script>

| tabell | 7 |
"""


def test_a_written_text_goes_into_its_chapter(write: Write, reports: dict[str, Report]) -> None:
    made = write(reports["farsta"], {"2.2.1 Budget": MARKDOWN})
    text = display_name(made.word)
    between = text[text.rindex("2.2.1 Budget") : text.rindex("2.2.2 Vad har")]
    for sentence in (
        "Rubrik", "Ett fett och kursivt ord, en länk (https://example.org/a1) och kod.", "1. ett", "2. två",
        "<b>rå</b> & </w:t></w:r>", "{{ namn }} {% for x in y %} #let x = 1", "<script>alert(1)</script>",
        "| tabell | 7 |",
    ):  # fmt: skip
        assert sentence in between
    assert "Text saknas" not in between
    pdf = " ".join(text_of_pdf(made.pdf).split())
    assert "{{ namn }} {% for x in y %} #let x = 1" in pdf
    assert "<script>alert(1)</script>" in pdf
    assert made.remarks == []


def test_a_text_that_fits_no_chapter_is_a_remark(write: Write, reports: dict[str, Report]) -> None:
    made = write(reports["farsta"], {"9.1": "Hej", "Budget": "Hej", "3.2": "Plan"})
    assert [remark.split("”")[1] for remark in made.remarks] == ["9.1", "Budget"]


@pytest.mark.parametrize("chapter", CHAPTERS[:-1])
def test_every_chapter_takes_a_text(reports: dict[str, Report], all_rows: Rows, chapter: str) -> None:
    document, remarks = document_of(
        reports["farsta"], rows_of(all_rows, "farsta"), {chapter: "Egna ord 17."}, Limits()
    )
    found = next(candidate for candidate in document.chapters if candidate.number == chapter)
    first = list(pieces_of(found.blocks[0]))
    assert [piece.text for piece in first] == ["Egna ord ", "17."]
    assert remarks == []


def test_names_that_look_like_markup(write: Write, reports: dict[str, Report]) -> None:
    name = "Åsa & <Söner> \"8\" 'x' {{ y }} #z " + "lång " * 40
    made = write(replace(reports["farsta"], name=name))
    assert name.strip() in display_name(made.word)
    assert number_list(name)
    assert faults(made.word, None) == []


def test_notes_of_the_last_year_stand_in_chapter_1_with_their_source(
    write: Write, reports: dict[str, Report]
) -> None:
    notes = [
        Note(4, date(2022, 10, 31), None, "Ett år gammal"),
        Note(2, date(2022, 11, 1), None, "Omorganisation i 2 steg"),
        Note(3, date(2023, 5, 1), "INC-01", "Ny blankett"),
    ]
    made = write(reports["farsta"], notes=notes)
    text = display_name(made.word)
    assert "Noterat under året" in text
    assert "2022-11-01: Omorganisation i 2 steg" in text
    assert "2023-05-01 (Personuppgiftsincidenter): Ny blankett" in text
    assert "Ett år gammal" not in text
    assert faults(made.word, None) == []
    assert "Noterat under året" not in display_name(write(reports["farsta"]).word)


@pytest.mark.parametrize("as_of", [date(2026, 1, 14), date(2026, 1, 15)])
def test_notes_of_days_to_come_wait_and_those_on_no_indicator_are_told(as_of: date) -> None:
    known, unknown = Note(2, date(2026, 1, 15), "UTB-01", "a"), Note(3, date(2026, 1, 1), "UTB-99", "hemligt")
    narrative = Narrative({}, None, [], [unknown, known])
    notes, remarks = narrative.notes_until(as_of, ["UTB-01"])
    assert notes == ([known] if as_of.day == 15 else [])
    assert remarks == ["noter.csv, rad 3 används inte: Indikator nämner ingen indikator som finns."]
