"""The XML of a Word document, made of blocks. Looks come from the template's styles alone, found by their names."""

from collections.abc import Callable, Mapping
from html import escape

from assets.publication.document.docx.runs import drawing_run, text_run
from assets.publication.document.layout import SHORT_TABLE, fitted_widths, with_leads
from assets.publication.document.model import (
    Block,
    Chapter,
    Cited,
    Field,
    Heading,
    Line,
    Paragraph,
    Piece,
    Table,
    line,
    text_of,
)
from assets.publication.document.provenance import MARK, TAG, Provenance
from assets.registers.decision_form import BOOKMARK, FIELD_MARK, FIELD_TAG

STYLES = {
    "text": "Normal",
    "lead": "Före tabell",
    "bullet": "List Bullet",
    "numbered": "List Number",
    "caption": "caption",
    "decision": "Beslut",
    "table": "Tabell",
    "cell": "Tabelltext",
    "kept cell": "Tabelltext hållen",
    "head": "Tabellrubrik",
    "picture": "Bild",
    **{f"heading {level}": f"heading {level}" for level in range(1, 7)},
}
"""What a block is → the name of its style in the template."""

_PROMPT = "placeholder text"
"""The character style of what stands in a blank until somebody writes there. A template may lack it."""

_FIRST_ID, _FIRST_FIELD = 10_000, 1_000_000
"""Ids of controls and bookmarks start above those of a template."""

_TABLE_WIDTH = 9070
"""The text's width on an A4 page with margins of 2.5 cm, in twentieths of a point."""

_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


class Renderer:
    """Writes chapters as XML and their sources into the provenance.

    `styles`: style name, casefolded → its id in the template. `picture`: SVG → the id of its relation, and its height
    by its width.
    """

    def __init__(
        self, provenance: Provenance, styles: Mapping[str, str], picture: Callable[[str], tuple[str, float]]
    ) -> None:
        self.provenance, self._styles, self._picture = provenance, styles, picture
        self._drawings = self._fields = 0

    def chapter(self, chapter: Chapter, bookmark: int) -> str:
        mark = f'<w:bookmarkStart w:id="{bookmark}" w:name="kapitel_{bookmark}"/>'
        end = f'<w:bookmarkEnd w:id="{bookmark}"/>'
        heading = self._paragraph(chapter.heading, f"heading {chapter.level}", mark, end, new_page=chapter.new_page)
        return heading + "".join(self._block(block) for block in with_leads(chapter.blocks))

    def contents(self, chapters: Mapping[int, Chapter]) -> str:
        """The headings of three levels, each a link to its place."""
        return "".join(
            self._paragraph(
                chapter.heading,
                f"toc {chapter.level}",
                f'<w:hyperlink w:anchor="kapitel_{bookmark}" w:history="1">',
                "</w:hyperlink>",
            )
            for bookmark, chapter in chapters.items()
            if chapter.level <= 3
        )

    def inline(self, piece: Piece) -> str:
        """A piece inside a paragraph of the template."""
        return self._piece(piece, is_inline=True)

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self._paragraph(block.line, block.kind)
        if isinstance(block, Heading):
            return self._paragraph(block.line, f"heading {min(block.level, 6)}")
        if isinstance(block, Table):
            return self._table(block)
        return self._drawing(block.svg, block.alt)

    def _paragraph(self, line: Line, kind: str, before: str = "", after: str = "", *, new_page: bool = False) -> str:
        self.provenance.begin(line)
        return self._begun(line, kind, before, after, new_page=new_page)

    def _begun(self, line: Line, kind: str, before: str = "", after: str = "", *, new_page: bool = False) -> str:
        runs = "".join(self._piece(piece) for piece in line)
        page = "<w:pageBreakBefore/>" if new_page else ""
        return f"<w:p><w:pPr>{self._style('pStyle', kind)}{page}</w:pPr>{before}{runs}{after}</w:p>"

    def _style(self, element: str, kind: str) -> str:
        found = self._styles.get(STYLES.get(kind, kind).casefold())
        return f'<w:{element} w:val="{escape(found)}"/>' if found else ""

    def _piece(self, piece: Piece, is_inline: bool = False) -> str:
        if isinstance(piece, Field):
            return self._field(piece)
        if not isinstance(piece, Cited):
            return text_run(piece)
        number = self.provenance.enter(piece, is_inline)
        ident = _FIRST_ID + int(number)
        looks = f'<w:tag w:val="{TAG}{number}"/><w:id w:val="{ident}"/>'
        hidden = f'<w15:appearance xmlns:w15="{_W15}" w15:val="hidden"/>'
        start, end = f'<w:bookmarkStart w:id="{ident}" w:name="{MARK}{number}"/>', f'<w:bookmarkEnd w:id="{ident}"/>'
        content = f"<w:sdtContent>{start}{text_run(piece)}{end}</w:sdtContent>"
        return f"<w:sdt><w:sdtPr>{looks}{hidden}</w:sdtPr>{content}</w:sdt>"

    def _field(self, field: Field) -> str:
        """A control that shows its prompt until somebody writes there."""
        self._fields += 1
        ident = _FIRST_FIELD + self._fields
        kind = _DATE if field.is_date else "<w:text/>"
        tag = escape(FIELD_TAG + field.name.casefold().replace(" ", "-"))
        start = f'<w:bookmarkStart w:id="{ident}" w:name="{FIELD_MARK}{ident}"/>'
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{escape(field.name)}"/><w:tag w:val="{tag}"/><w:id w:val="{ident}"/>'
            f"<w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent>{start}"
            f"{text_run(field, self._style('rStyle', _PROMPT))}"
            f'<w:bookmarkEnd w:id="{ident}"/></w:sdtContent></w:sdt>'
        )

    def _table(self, table: Table) -> str:
        fitted = fitted_widths(table)
        widths = [round(_TABLE_WIDTH * width / sum(fitted)) for width in fitted]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        looks = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"/>'
        mark = _FORM_MARK if table.is_form else ""
        head = "".join(
            self._cell(self._paragraph(line(name), "head", "" if place else mark), width)
            for place, (name, width) in enumerate(zip(table.head, widths, strict=True))
        )
        rows = ""
        for place, row in enumerate(table.rows, 1):
            # the last row of a longer one isn't left alone on the next page
            is_kept = place < len(table.rows) <= SHORT_TABLE or place == len(table.rows) - 1
            kind = "kept cell" if is_kept else "cell"
            self.provenance.begin()
            cells = (
                self._cell(self._begun(content, kind), width) for content, width in zip(row, widths, strict=True)
            )
            height = _FORM_HEIGHT if table.is_form else ""
            made = f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>"
            rows += _REPEATED.format("repeatingSectionItem", made) if table.is_form else made
        if table.is_form:
            rows = _REPEATED.format("repeatingSection", rows)
        return (
            f'<w:tbl><w:tblPr>{self._style("tblStyle", "table")}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{looks}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
            f"<w:p><w:pPr>{self._style('pStyle', 'Efter tabell')}</w:pPr></w:p>"
        )

    def _cell(self, content: str, width: int) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'

    def _drawing(self, svg: str, alt: Line) -> str:
        self.provenance.enter_alt(alt)
        self._drawings += 1
        relation, ratio = self._picture(svg)
        drawing = drawing_run(self._drawings, relation, ratio, text_of(alt))
        return f"<w:p><w:pPr>{self._style('pStyle', 'picture')}</w:pPr>{drawing}</w:p>"


_FORM_MARK = f'<w:bookmarkStart w:id="{_FIRST_FIELD}" w:name="{BOOKMARK}"/><w:bookmarkEnd w:id="{_FIRST_FIELD}"/>'

_FORM_HEIGHT = '<w:trHeight w:val="560"/>'

_REPEATED = f'<w:sdt><w:sdtPr><w15:{{0}} xmlns:w15="{_W15}"/></w:sdtPr><w:sdtContent>{{1}}</w:sdtContent></w:sdt>'
"""Rows that people may add more of, with the plus sign that Word shows beside them."""

_DATE = (
    '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="sv-SE"/><w:storeMappedDataAs w:val="date"/>'
    '<w:calendar w:val="gregorian"/></w:date>'
)
