"""The last page: where the document answers what ISO/IEC 27001 asks a management review to consider (9.3.2)."""

from collections.abc import Collection
from itertools import groupby

from assets.publication.document.chapters.context import Context, text
from assets.publication.document.chapters.indicator_sentence import Figure
from assets.publication.document.model import Block, Cited, Line, Table, join_list, line
from assets.publication.sv import register_name
from assets.registers.vocabulary import IsoInput, ReasonCode

TITLE = "Läsnyckel"

_TEXTS = {
    IsoInput.CHANGES: ("2.1", "2.2.1", "2.2.2"),
    IsoInput.INTERESTED_PARTIES: ("2",),
    IsoInput.OBJECTIVES: ("1",),
    IsoInput.FEEDBACK: ("2.2.5",),
}
"""What people answer in writing, and in which chapters."""

_EVENTS, _OBJECTIVES = "omvarldsbevakning", "1"
_NOTHING = "–"


def reading_key(context: Context, narrated: Collection[str], chapters: Collection[str]) -> list[Block]:
    """A row for each of the inputs. `narrated`: the chapters that people have written a text for; `chapters`: all, in
    their order."""
    standard, clause = Cited("ISO/IEC 27001:2022", {"standard": "nummer"}), Cited("9.3.2", {"standard": "avsnitt"})
    rows = tuple(_row(context, iso_input, narrated, chapters) for iso_input in IsoInput)
    return [
        text(
            "Tabellen visar var dokumentet svarar på det som ", standard, ", avsnitt ", clause, ", kräver att "
            "ledningen tar ställning till. Där underlag saknas står vad som behöver lämnas.",
        ),
        Table(("Underlag till genomgången", "Kapitel", "Indikatorer", "Saknas"), rows, (32, 15, 33, 20)),
    ]  # fmt: skip


def _row(
    context: Context, iso_input: IsoInput, narrated: Collection[str], chapters: Collection[str]
) -> tuple[Line, ...]:
    figures = [figure for figure in context.figures.all.values() if iso_input in figure.row["iso"]]
    answering = [figure for figure in figures if figure.state != "ej mätbar"]
    found = {figure.row["chapter"] for figure in answering} | {*_TEXTS.get(iso_input, ())} & {*narrated}
    if iso_input == IsoInput.CHANGES and not context.lacks(_EVENTS):
        found.add("2.1")
    if iso_input == IsoInput.OBJECTIVES and any(figure.has_target for figure in context.figures.all.values()):
        found.add(_OBJECTIVES)
    places = [line(Cited(number, {"kapitel": number})) for number in chapters if number in found]
    return (
        line(Cited(str(iso_input), {"standard": str(iso_input)}), ". ", iso_input.words),
        join_list(places) if places else line("Underlag saknas"),
        _ids(answering) or line(_NOTHING),
        _lacking(context, iso_input, figures, bool(places)),
    )


def _lacking(context: Context, iso_input: IsoInput, figures: list[Figure], is_answered: bool) -> Line:
    """What is to be delivered: registers, and where nothing answers yet a text."""
    missing = [
        register
        for figure in figures
        if figure.row["reason_code"] == ReasonCode.MISSING_REGISTERS
        for register in figure.row["concerns"]
    ]
    if iso_input == IsoInput.CHANGES and context.lacks(_EVENTS):
        missing.append(_EVENTS)
    found = [line(Cited(register_name(name), {"register": name})) for name in dict.fromkeys(missing)]
    if not is_answered and iso_input in _TEXTS:
        chapter = _TEXTS[iso_input][0]
        found.append(line("en text till kapitel ", Cited(chapter, {"kapitel": chapter})))
    return join_list(found) if found else line(_NOTHING)


def _ids(figures: list[Figure]) -> Line:
    """The indicators' ids, of those that follow each other in number the first and the last."""
    numbered = sorted(
        ((*_letters_and_number(figure.id), figure.cited_id) for figure in figures), key=lambda entry: entry[:2]
    )
    runs = groupby(enumerate(numbered), key=lambda placed: (placed[1][0], placed[1][1] - placed[0]))
    found = []
    for _, run in runs:
        members = [cited for _, (*_, cited) in run]
        last = line("–", members[-1]) if len(members) > 1 else ()
        found.append(line(members[0], last))
    return join_list(found, last=", ")


def _letters_and_number(indicator: str) -> tuple[str, int]:
    letters, _, number = indicator.rpartition("-")
    return letters, int(number) if number.isdecimal() else -1
