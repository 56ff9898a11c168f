"""Makes the Word template that comes with the package: `python -m assets.publication.document.docx.default_template`.

An organisation takes `mall.docx`, gives its styles other looks, puts in its own words and pictures, and lays it in
its inbox. `{{p kapitel["2.2.1"] }}` on a line of its own is where a chapter goes, `{{p innehall }}` the contents;
`{{r namn }}`, `{{r ar }}`, `{{r per }}` and `{{r kant }}` stand inside a line.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word

TEMPLATE = Path(__file__).with_name("mall.docx")
_INK, _BLUE, _GREY = "1B1F24", "1F4E79", "59636E"
_AFTER_HYPHENATION = ("w:characterSpacingControl", "w:compat", "w:rsids", "w:themeFontLang", "w:clrSchemeMapping")
_FONT = "Arial"


def make_template(path: Path) -> None:
    from docx import Document
    from docx.enum.text import WD_BREAK
    from docx.shared import Cm

    from assets.publication.document.chapters.outline import CHAPTERS

    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    section.different_first_page_header_footer = True
    _styles(word)
    word.add_paragraph("Ledningens genomgång {{r ar }}", style="Title")
    word.add_paragraph("{{r namn }}", style="Subtitle")
    word.add_paragraph("Informationssäkerhet och dataskydd. Läget per {{r per }}.", style="Inledning")
    word.add_paragraph("Innehåll", style="TOC Heading")
    word.add_paragraph("{{p innehall }}")
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for chapter in CHAPTERS:
        word.add_paragraph(f'{{{{p kapitel["{chapter}"] }}}}')
    section.header.paragraphs[0].add_run("{{r namn }}")
    section.header.paragraphs[0].add_run(" · Ledningens genomgång ")
    section.header.paragraphs[0].add_run("{{r ar }}")
    footer = section.footer.paragraphs[0]
    footer.add_run("Sida ")
    _field(footer, "PAGE")
    footer.add_run(" av ")
    _field(footer, "NUMPAGES")
    for part in (section.header.paragraphs[0], footer):
        part.style = word.styles["Header"]
    word.save(str(path))


def _field(paragraph: Any, instruction: str) -> None:  # noqa: ANN401 - python-docx's own class has no type
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    text = f'<w:fldSimple {nsdecls("w")} w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(text))


def _styles(word: "Word") -> None:
    _language(word)
    _style(word, "Normal", 11, _INK, after=8, line=1.25)
    for level, size, before in ((1, 22, 30), (2, 16, 22), (3, 13, 18), (4, 12, 14), (5, 11, 12), (6, 11, 12)):
        _style(word, f"Heading {level}", size, _BLUE if level < 4 else _INK, before, 6, bold=True, keep=True)
    _style(word, "Title", 28, _BLUE, before=90, after=6, bold=True)
    _style(word, "Subtitle", 18, _INK, after=4)
    _style(word, "Inledning", 11, _GREY, after=24, base="Normal")
    _style(word, "TOC Heading", 14, _BLUE, before=12, after=8, bold=True, base="Normal", keep=True)
    for level in (1, 2, 3):
        _style(word, f"toc {level}", 10, _INK, after=0, base="Normal", left=0.6 * (level - 1), bold=level == 1)
    _style(word, "Caption", 9, _GREY, after=14)
    _style(word, "Header", 9, _GREY)
    for name in ("List Bullet", "List Number"):
        _style(word, name, 11, _INK, after=4, line=1.25)
    _style(word, "Bild", 11, _INK, before=6, after=4, base="Normal", keep=True)
    _style(word, "Beslut", 11, _INK, before=48, base="Normal")
    _style(word, "Tabelltext", 9, _INK, before=3, after=3, base="Normal", line=1.1)
    _style(word, "Tabelltext hållen", 9, _INK, before=3, after=3, base="Tabelltext", line=1.1, keep=True)
    _style(word, "Tabellrubrik", 9, _BLUE, before=3, after=3, base="Normal", bold=True, keep=True)
    _style(word, "Före tabell", 11, _INK, after=8, base="Normal", keep=True)
    _style(word, "Efter tabell", 4, _INK, after=6, base="Normal")
    _prompt_style(word)
    _number_list(word)
    _table_style(word)


def _style(
    word: "Word",
    name: str,
    size: float,
    colour: str,
    before: float = 0,
    after: float = 0,
    base: str = "",
    left: float = 0,
    line: float = 0,
    bold: bool = False,
    keep: bool = False,
) -> None:
    """Gives a style its looks; `base`: it is made, on that one, where the template has none."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    known = {style.name for style in word.styles}
    style: Any = word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if base:
        style.base_style = word.styles[base]
    style.font.name, style.font.size, style.font.bold, style.font.italic = _FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.keep_with_next = Pt(before), Pt(after), keep
    if line:
        spacing.line_spacing = line
    if left:
        spacing.left_indent = Cm(left)
    for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _prompt_style(word: "Word") -> None:
    """What stands in a blank until somebody writes there."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style: Any = word.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(_GREY)


def _language(word: "Word") -> None:
    from docx.oxml.ns import qn

    settings: Any = word.settings.element
    settings.insert_element_before(settings.makeelement(qn("w:autoHyphenation")), *_AFTER_HYPHENATION)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "sv-SE")


def _number_list(word: "Word") -> None:
    """A written list's numbers stand in the text, hanging: Word would number two lists as one."""
    from docx.oxml.ns import qn
    from docx.shared import Cm

    style: Any = word.styles["List Number"]
    properties = style.element.get_or_add_pPr()
    for number in properties.findall(qn("w:numPr")):
        properties.remove(number)
    style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Cm(0.63), Cm(-0.63)


def _table_style(word: "Word") -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    word.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Tabell"><w:name w:val="Tabell"/>'
            '<w:basedOn w:val="TableNormal"/><w:pPr><w:spacing w:after="0"/></w:pPr><w:tblPr><w:tblBorders>'
            '<w:top w:val="single" w:sz="8" w:space="0" w:color="1F4E79"/>'
            '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F4E79"/>'
            '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D0D7DE"/></w:tblBorders></w:tblPr>'
            '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EAF1F8"/></w:tcPr>'
            "</w:tblStylePr></w:style>"
        )
    )


if __name__ == "__main__":
    make_template(TEMPLATE)
