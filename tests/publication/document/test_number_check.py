"""The number check: one digit altered anywhere is caught; looks may change."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.publication.document.docx.reader import paragraphs_of
from assets.publication.document.number_check import faults
from tests.publication.conftest import Built
from tests.publication.document.conftest import Written
from tests.publication.document.word_files import changed, part_of, texts_with_digits, with_other_digit
from tests.publication.organisation_folders import folder_of, write

pytestmark = pytest.mark.slow

SENTENCE = "<w:p><w:r><w:t>Vi hade 7 incidenter till.</w:t></w:r></w:p>"
UNKNOWN = (
    '<w:p><w:sdt><w:sdtPr><w:tag w:val="siffra-99999"/></w:sdtPr><w:sdtContent><w:r><w:t>7</w:t></w:r></w:sdtContent>'
    "</w:sdt></w:p>"
)
SHAPE = "<v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"


@pytest.fixture
def evidence(built: Built, tmp_path: Path) -> dict[str, dict[str, Any]]:
    with duckdb.connect(built.run.warehouse, read_only=True) as con:
        write(folder_of(con, built.run, "farsta", tmp_path), "underlag")
    return {path.stem: json.loads(path.read_text()) for path in (tmp_path / "underlag").iterdir()}


def test_a_fresh_document_has_no_fault(demo: Written, evidence: dict[str, dict[str, Any]]) -> None:
    assert faults(demo.word, None) == []
    assert faults(demo.word, evidence) == []


@pytest.mark.long
def test_a_digit_altered_anywhere_is_caught(demo: Written) -> None:
    """Every text with a digit, in turn: its first digit, and its last."""
    xml = part_of(demo.word)
    matches = texts_with_digits(demo.word)
    assert len(matches) > 150
    for match in matches[:: max(1, len(matches) // 60)]:
        digits = [place for place, sign in enumerate(match[1]) if sign.isdecimal()]
        for place in {digits[0], digits[-1]}:
            altered = changed(demo.word, lambda _, m=match, p=place: with_other_digit(xml, m, p))
            assert len(faults(altered, None)) == 1, match[1]


def test_a_digit_in_the_header_is_caught(demo: Written) -> None:
    with zipfile.ZipFile(io.BytesIO(demo.word)) as package:
        headers = [name for name in package.namelist() if re.match(r"word/header\d*\.xml", name)]
    name = next(name for name in headers if "2023" in part_of(demo.word, name))
    assert faults(changed(demo.word, lambda xml: xml.replace("2023", "2024"), name), None)


@pytest.mark.parametrize(
    "added",
    [
        SENTENCE,
        "<w:p><w:r><w:t>Vi hade </w:t></w:r><w:r><w:t>1</w:t></w:r><w:r><w:t>7 till.</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Hälften, ½, är klart.</w:t></w:r></w:p>",
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F037"/></w:r></w:p>',
        '<w:p><w:fldSimple w:instr=" QUOTE 7 "><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>',
        '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>',
        UNKNOWN,
        f"<w:p><w:r><w:pict>{SHAPE}{SENTENCE}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
        f"<w:tbl><w:tr><w:tc>{SENTENCE}</w:tc></w:tr></w:tbl>",
    ],
    ids=["sentence", "split", "fraction", "symbol", "quote", "page", "unknown tag", "text box", "table"],
)
def test_a_number_added_is_caught(demo: Written, added: str) -> None:
    found = faults(changed(demo.word, lambda xml: xml.replace("<w:sectPr", added + "<w:sectPr", 1)), None)
    assert len(found) >= 1
    assert any("7" in fault or "½" in fault for fault in found)


def test_a_footnote_a_comment_and_an_alternative_text_are_read(demo: Written) -> None:
    for part in ("word/footnotes.xml", "word/comments.xml"):
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        notes = f'<w:notes xmlns:w="{space}"><w:note>{SENTENCE}</w:note></w:notes>'
        assert faults(_added(demo.word, part, notes), None) == ["7 har ingen källa: ”Vi hade 7 incidenter till.”"]
    altered = changed(demo.word, lambda xml: re.sub(r'descr="([^"]*) 1 ', r'descr="\g<1> 9 ', xml))
    assert "En bilds text" in faults(altered, None)[0]


def _added(docx: bytes, part: str, content: str) -> bytes:
    made = io.BytesIO(docx)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(part, content)
    return made.getvalue()


def test_a_number_moved_into_another_sentence_is_caught(demo: Written) -> None:
    """Whole controls changing places, and the text of one put into another."""
    xml = part_of(demo.word)
    controls = [found for found in re.finditer(r"<w:sdt>.*?</w:sdt>", xml) if _text_of(found[0]).isdecimal()]
    for first, second in zip(controls[::7], controls[4::7], strict=False):
        if _text_of(first[0]) == _text_of(second[0]):
            continue
        swapped = (
            xml[: first.start()] + second[0] + xml[first.end() : second.start()] + first[0] + xml[second.end() :]
        )
        assert faults(changed(demo.word, lambda _, new=swapped: new), None), (first[0], second[0])
        text = first[0].replace(f">{_text_of(first[0])}<", f">{_text_of(second[0])}<")
        assert faults(changed(demo.word, lambda _, one=first, new=text: xml.replace(one[0], new, 1)), None)


def _text_of(control: str) -> str:
    return re.sub(r"<[^>]*>", "", control.replace("<w:noBreakHyphen/>", "-"))


def test_looks_and_words_may_change(demo: Written) -> None:
    restyled = changed(
        demo.word,
        lambda xml: (
            xml.replace("<w:r><w:t ", '<w:r><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:t ')
            .replace("Lagkraven går före övriga mål.", "Lagkraven är viktigast.")
            .replace("<w:sdtContent>", '<w:sdtContent><w:bookmarkStart w:id="9" w:name="x"/>')
        ),
    )
    assert faults(restyled, None) == []


def test_a_split_number_is_read_as_one(demo: Written) -> None:
    split = changed(
        demo.word, lambda xml: re.sub(r"(<w:t [^>]*>)20(23</w:t>)", r"\g<1>20</w:t></w:r><w:r>\g<1>\2", xml)
    )
    assert split != demo.word
    assert faults(split, None) == []


def test_a_document_without_its_provenance_is_a_fault(demo: Written) -> None:
    assert "förteckningen" in faults(changed(demo.word, lambda _: "<x/>", "customXml/item2.xml"), None)[0]
    assert "inget Word-dokument" in faults(b"not a zip", None)[0]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('{"version":1,', '{"version":2,', "en annan version"),
        ('{"version":1,', "[", "går inte att läsa"),
        ('"bilder":[', '"bilden":[', "inte hel"),
    ],
)
def test_a_provenance_that_cannot_be_read_is_a_fault(demo: Written, before: str, after: str, fault: str) -> None:
    spoiled = changed(demo.word, lambda xml: xml.replace(before, after, 1), "customXml/item2.xml")
    (message,) = faults(spoiled, None)
    assert fault in message


def test_a_figure_is_held_against_its_evidence(demo: Written, evidence: dict[str, dict[str, Any]]) -> None:
    evidence["INC-01"]["figure"]["numerator"] = 16
    found = faults(demo.word, evidence)
    assert found
    assert all(fault.startswith("INC-01: 15 ska enligt underlaget vara 16") for fault in found)


def test_a_state_is_held_against_its_evidence(demo: Written, evidence: dict[str, dict[str, Any]]) -> None:
    evidence["KLA-09"]["figure"]["state"] = "grön"
    assert any(fault.startswith("Antalet indikatorer") for fault in faults(demo.word, evidence))


def test_every_number_of_the_body_stands_in_a_control(demo: Written) -> None:
    for paragraph in paragraphs_of(demo.word):
        if paragraph.part == "word/document.xml":
            assert not any(sign.isnumeric() for sign in paragraph.uncited), paragraph.text


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not here: apt-get install libreoffice-writer"
)
@pytest.mark.long
def test_it_survives_libreoffice(demo: Written, evidence: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "in.docx").write_bytes(demo.word)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    subprocess.run(  # noqa: S603 - our own file
        [*command, "docx:MS Word 2007 XML", "--outdir", tmp_path / "out", tmp_path / "in.docx"], check=True
    )
    saved = (tmp_path / "out" / "in.docx").read_bytes()
    assert faults(saved, evidence) == []
    altered = changed(saved, lambda xml: xml.replace(">15<", ">16<"))
    assert altered != saved
    assert faults(altered, evidence)
