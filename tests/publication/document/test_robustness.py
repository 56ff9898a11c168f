"""Texts and templates that would stop a night: characters that can't be shown, templates that never end."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import polars as pl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement

from assets.publication.document.chapters.markdown import by_chapter
from assets.publication.document.chapters.outline import document_of
from assets.publication.document.docx.default_template import make_template
from assets.publication.document.number_check import faults
from assets.publication.document.printable import COMMON, printable, with_glyphs
from assets.publication.document.rows import Rows, rows_of
from assets.publication.report import Report
from assets.settings import DEFAULT_LIMITS, Limits
from tests.publication.document.conftest import Write, Written
from tests.publication.document.word_files import display_name, text_of_pdf

pytestmark = pytest.mark.long

CASES = Path(__file__).parent / "cases"

# Characters that can't be shown


SIGNS = {
    "\x00": "",
    "\x1b": "",
    "\x0b": " ",
    "\x85": " ",
    "\x92": "",
    "\ufffe": "□",
    "\ud800": "□",
    "\U0001f600": "□",
    "漢": "□",
    "\u0605": "□",
    "\uf0b7": "•",
    "☐": "☐",
    "д": "д",
}


@pytest.mark.parametrize(("sign", "replacement"), SIGNS.items())
def test_a_character_is_shown_or_replaced(
    reports: dict[str, Report], all_rows: Rows, sign: str, replacement: str
) -> None:
    report = replace(reports["farsta"], name=f"Far{sign}sta")
    document, _ = document_of(report, rows_of(all_rows, "farsta"), {"1": f"a{sign}b"}, DEFAULT_LIMITS)
    made, replaced = printable(document)
    assert made.name.text == f"Far{replacement}sta"
    assert replaced >= 2 if sign != replacement else replaced == 0
    assert not any(sign in piece.text for chapter in made.chapters for piece in chapter.title) or sign == replacement


def test_both_files_are_written_whatever_the_characters(
    write: Write, reports: dict[str, Report], all_rows: Rows
) -> None:
    """In a name, in every text of a row, and in a written text."""
    signs = "".join(f"({sign})" for sign in SIGNS)
    all_signs = "".join(f"({sign})" for sign in SIGNS.values())
    own = rows_of(all_rows, "farsta")
    landed = signs.replace("\ud800", "")  # Polars can't hold it: it comes by names and written texts alone
    spoiled = {
        name: table.with_columns(pl.col(pl.String).exclude("organisation", "register", "typ", "status") + landed)
        for name, table in vars(own).items()
    }
    made = write(replace(reports["farsta"], name=signs), {"2.2.1": f"Mål 7 {signs}"}, rows=Rows(**spoiled))
    assert f"Mål 7 {all_signs}".replace("()", "(\ufffd)", 1) in display_name(made.word)  # Markdown's own for U+0000
    assert faults(made.word, None) == []
    assert "(•)" in text_of_pdf(made.pdf)
    assert made.remarks[0].endswith("tecken som inte kan visas i dokumentet är ersatta.")


def test_characters_in_a_written_text_are_replaced_and_counted(write: Write, reports: dict[str, Report]) -> None:
    made = write(reports["farsta"], {"2.2.1": "\uf0b7 Ett\x07 \U0001f600 \ud800"})
    assert "• Ett □ □" in display_name(made.word)
    assert made.remarks == ["4 tecken som inte kan visas i dokumentet är ersatta."]


def test_one_character_is_counted_in_the_singular(write: Write, reports: dict[str, Report]) -> None:
    made = write(reports["farsta"], {"2.2.1": "Ett \U0001f600"})
    assert made.remarks == ["1 tecken som inte kan visas i dokumentet är ersatt."]


def test_what_is_held_to_be_common_has_glyphs() -> None:
    signs = sorted(sign for sign in COMMON if not sign.isspace())
    assert with_glyphs(signs) == signs


# Templates


@pytest.fixture(scope="module")
def plain(write: Write, reports: dict[str, Report]) -> Written:
    """The document in the packaged template."""
    return write(reports["farsta"])


ATTACHED_TEMPLATE = RELATIONSHIP_TYPE.IMAGE.replace("image", "attachedTemplate")
EMAIL, FETCHED = "den innehåller en e-postadress", "den hämtar en bild eller mall från en annan plats"


def _append(text: str) -> Callable[[Any], None]:
    return lambda word: word.add_paragraph(text)


def _relate(kind: str, target: str) -> Callable[[Any], None]:
    return lambda word: word.part.relate_to(target, kind, is_external=True)


def _field(word: Any) -> None:
    """An instruction that is split over two runs, as Word may do."""
    for text in (" INCLUDE", 'PICTURE "https://exempel.se/a.png" '):
        instruction = OxmlElement("w:instrText")
        instruction.text = text
        word.add_paragraph("").add_run()._r.append(instruction)


def _in_a_header(word: Any) -> None:
    word.sections[0].header.paragraphs[0].add_run("19850709-").add_text("9805")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_append("Handläggare: kim@exempel.se"), EMAIL),
        (_append("Handläggare: kim\u200b@exempel.se"), EMAIL),
        (_append("Handläggare: kim\uff20exempel.se"), EMAIL),
        (_append("Handläggare: kim&amp;#64;exempel.se"), EMAIL),
        (_append("Handläggare: 850709-9805"), "den innehåller ett personnummer"),
        (_append("Handläggare: 1985.07.09/9805"), "den innehåller ett personnummer"),
        (_in_a_header, "den innehåller ett personnummer"),
        (_relate(RELATIONSHIP_TYPE.IMAGE, "https://exempel.se/a.png"), FETCHED),
        (_relate(ATTACHED_TEMPLATE, "https://exempel.se/t.dotm"), FETCHED),
        (_relate(RELATIONSHIP_TYPE.HYPERLINK, "mailto:kim%40exempel.se"), EMAIL),
        (_field, "den har ett fält som hämtar innehåll"),
        (_append("{{ 'a' * 3000000000 }}"), "den kräver mer minne än en mall får använda"),
        (_append("{{ namn._renderer }}"), "den har en tagg som inte är tillåten"),
    ],
)
def test_an_own_template_that_must_not_be_published_is_refused(
    write: Write,
    reports: dict[str, Report],
    plain: Written,
    tmp_path: Path,
    spoil: Callable[[Any], None],
    reason: str,
) -> None:
    template = _template(tmp_path, spoil)
    made = write(reports["farsta"], template=template, limits=Limits(memory=700_000_000))
    (remark,) = made.remarks
    assert remark.startswith(f"Dokumentmallen går inte att använda, så den medföljande användes: {reason}")
    assert made.word == plain.word


@pytest.mark.parametrize(
    ("name", "limits", "reason"),
    [
        ("mall-loop.docx", Limits(seconds=3), "det tar längre tid att fylla i den än en mall får ta"),
        ("mall-remote.docx", DEFAULT_LIMITS, "den innehåller makron"),  # and fetches a picture
    ],
)
def test_templates_that_once_stopped_a_night_or_fetched_a_picture(
    write: Write, reports: dict[str, Report], plain: Written, name: str, limits: Limits, reason: str
) -> None:
    made = write(reports["farsta"], template=CASES / name, limits=limits)
    assert len(made.remarks) == 1
    assert reason in made.remarks[0]
    assert made.word == plain.word


@pytest.mark.parametrize(
    "relation",
    ['<x:Relationship xmlns:x="{space}" Id="r1" Type="{kind}image" Target="{target}" TargetMode="External"/>',
     "<Relationship\nTargetMode='&#69;xternal' Id='r1' Type='{kind}frame' Target='{target}'/>",
     '<Relationship Id="r1" Type="{kind}hyperlink/image" Target="{target}" TargetMode="External"/>'],
    ids=["a prefix", "an entity", "a kind that looks like a link"],
)  # fmt: skip
def test_a_relation_is_seen_however_it_is_written(
    write: Write, reports: dict[str, Report], tmp_path: Path, relation: str
) -> None:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    made = relation.format(space=space, kind=kind, target="https://exempel.se/a.png")
    template = _template(tmp_path, lambda _: None)
    with zipfile.ZipFile(template, "a") as package:
        package.writestr("word/_rels/footer9.xml.rels", f'<Relationships xmlns="{space}">{made}</Relationships>')
    (remark,) = write(reports["farsta"], template=template).remarks
    assert FETCHED in remark


def test_a_template_that_never_ends_is_refused(write: Write, reports: dict[str, Report], tmp_path: Path) -> None:
    loop = "{% for i in range(99999) %}" * 3 + "{% endfor %}" * 3
    made = write(reports["farsta"], template=_template(tmp_path, _append(loop)), limits=Limits(seconds=3))
    (remark,) = made.remarks
    assert "det tar längre tid att fylla i den än en mall får ta" in remark


def test_a_template_that_unpacks_to_too_much_is_refused(
    write: Write, reports: dict[str, Report], tmp_path: Path
) -> None:
    template = _template(tmp_path, lambda _: None)
    with zipfile.ZipFile(template, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/bomb.xml", b" " * 40_000_000)
    assert template.stat().st_size < 1_000_000
    made = write(reports["farsta"], template=template, limits=Limits(unpacked=30_000_000))
    assert "den packar upp till mer än ett dokument kan rymma" in made.remarks[0]


def test_a_template_with_macros_is_refused(write: Write, reports: dict[str, Report], tmp_path: Path) -> None:
    template = _template(tmp_path, lambda _: None)
    with zipfile.ZipFile(template, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    assert "den innehåller makron" in write(reports["farsta"], template=template).remarks[0]


def test_a_template_with_a_link_that_people_follow_is_used(
    write: Write, reports: dict[str, Report], tmp_path: Path
) -> None:
    template = _template(tmp_path, _relate(RELATIONSHIP_TYPE.HYPERLINK, "https://exempel.se"))
    assert write(reports["farsta"], template=template).remarks == []


def _template(folder: Path, spoil: Callable[[Any], None]) -> Path:
    path = folder / "mall.docx"
    make_template(path)
    word = docx.Document(str(path))
    spoil(word)
    word.save(str(path))
    return path


# Written texts


def test_a_text_that_takes_too_long_to_read_is_left_out_with_a_remark() -> None:
    texts = {"2.2.1": "[a](" * 20_000, "2.2.2": "Hej"}
    placed, remarks = by_chapter(texts, {"2.2.1", "2.2.2"}, Limits(seconds=1))
    assert list(placed) == ["2.2.2"]
    assert remarks == ["Texten ”2.2.1” gick inte att läsa inom rimlig tid och kom inte med."]


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
@pytest.mark.parametrize("times", [1, 6, 9, 10, 11, 19, 20, 21, 300, 9_000])
def test_a_text_is_whole_or_left_out_with_a_remark_however_deep_it_is(mark: str, times: int) -> None:
    placed, remarks = by_chapter({"2.2.1": f"{mark * times}ordet"}, {"2.2.1"}, Limits())
    words = "".join(piece.text for block in placed.get("2.2.1", []) for piece in block.line)  # type: ignore[union-attr]
    remarked = remarks == ["Texten ”2.2.1” har citat eller listor i för många nivåer och kom inte med."]
    assert "ordet" in words or remarked
    assert not (times <= 6 and remarked), "so deep people may write"


def test_a_long_text_is_read_whole() -> None:
    placed, remarks = by_chapter({"2.2.1": "Ord och ord.\n\n" * 1_000}, {"2.2.1"}, Limits())
    assert len(placed["2.2.1"]) == 1_000
    assert remarks == []
