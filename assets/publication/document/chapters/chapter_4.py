"""Chapter 4: the decisions, a form that the management fills in, and the line on which the document is signed."""

from assets.publication.document.chapters.context import text
from assets.publication.document.model import Block, Field, Heading, Line, Paragraph, Table, line
from assets.registers.decision_form import COLUMNS, PROMPTS

_ROWS = 6
"""Empty rows of the form; in Word more are added with its plus sign."""

_DATES = ("Klar senast",)


def decisions() -> list[Block]:
    """The form, empty, and the line for who establishes the document."""
    row = tuple(_blank(name, prompt) for name, prompt in zip(COLUMNS, PROMPTS, strict=True))
    return [
        text(
            "Här skriver ledningen in sina beslut om förbättringar och om behov av förändringar: vad som ska göras, "
            "vilken funktion som ansvarar och när det ska vara klart. Besluten följs upp i nästa genomgång."
        ),
        Table(COLUMNS, (row,) * _ROWS, (54, 28, 18), is_form=True),
        Heading(line("Fastställande"), 2),
        Paragraph(
            line("Dokumentet är fastställt av ", Field("Namn och funktion", "Fastställt av"), " den ",
                 Field("Dag", "Fastställt den", is_date=True), "."),
            "decision",
        ),
    ]  # fmt: skip


def _blank(name: str, prompt: str) -> Line:
    return line(Field(prompt, name, is_date=name in _DATES))
