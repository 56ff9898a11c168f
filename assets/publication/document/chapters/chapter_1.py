"""Chapter 1: how many targets are reached, what stands out, what can't be measured and what that means."""

from assets.publication.charts import STATES, states_by_area
from assets.publication.document.chapters.context import Context, bullet, text
from assets.publication.document.chapters.figures import unmeasured
from assets.publication.document.chapters.indicator_sentence import Figure
from assets.publication.document.model import (
    Block,
    Cited,
    Heading,
    Line,
    Paragraph,
    Picture,
    Piece,
    Table,
    Text,
    join_list,
    line,
)
from assets.publication.narrative import Note
from assets.registers.vocabulary import State

PLACES = {"1": ("DQ-01",)}
"""Chapter → the indicators told there. The summary also names others, by their state."""

_FURTHEST = 5
"""How many of the figures furthest from their target the summary names, the laws apart."""

_TARGETED = ("grön", "gul", "röd")


def summary(context: Context) -> list[Block]:
    """The chapter. Where nothing is measured it says that alone, with why."""
    figures = list(context.figures.all.values())
    if not any(figure.is_measured for figure in figures if figure.id != "DQ-01"):
        return [
            _purpose(context), _nothing(), *_noted(context), *_coverage(context), *_not_measured(figures),
            *_inactive(context),
        ]  # fmt: skip
    return [
        _result(context),
        _purpose(context),
        *_laws(figures),
        *_furthest(figures),
        *_reached(figures),
        *_noted(context),
        *_not_measured(figures),
        *_inactive(context),
        *_overview(context),
    ]


def _purpose(context: Context) -> Paragraph:
    return text(
        "Ledningens genomgång ger ledningen för ", context.name, " underlag att bedöma om arbetet med "
        "informationssäkerhet och dataskydd är tillräckligt och har önskad verkan. Siffrorna avser ", context.year(),
        " till och med ", context.day, " och bygger på de uppgifter som var kända ", context.known, ".",
    )  # fmt: skip


def _nothing() -> Paragraph:
    return text(
        "Ännu har inga uppgifter levererats som går att mäta på. Det säger ingenting om hur arbetet går, varken bra "
        "eller dåligt: bedömningen får göras när underlagen finns."
    )


def _coverage(context: Context) -> list[Block]:
    """How complete the sources are, where that is known. Where it isn't, it stands among what can't be measured."""
    figures = context.figures.of(*PLACES["1"])
    return [text(context.figures.paragraph(*PLACES["1"]))] if any(figure.is_measured for figure in figures) else []


def _result(context: Context) -> Paragraph:
    reached, near, missed = (context.figures.counted((state,)) for state in _TARGETED)
    middle = line("; ", near, " ligger nära") if near.text != "0" else line()
    return text(
        line(
            "Av ",
            context.figures.counted(_TARGETED),
            " mätta mål är ",
            _or_none(reached),
            _reached_or_not(reached),
            " och ",
        ),
        line(_or_none(missed), " inte", _reached_or_not(missed), middle, ". ", *_laws_counted(context)),
    )


def _reached_or_not(number: Cited) -> str:
    return " uppnått" if number.text == "1" else " uppnådda"


def _or_none(number: Cited) -> Piece:
    return Text("inga") if number.text == "0" else number


def _laws_counted(context: Context) -> Line:
    broken, kept = context.figures.counted(("röd",), law=True), context.figures.counted(("grön",), law=True)
    if broken.text == "0":
        return line("Alla lagkrav som går att mäta är uppfyllda.") if kept.text != "0" else ()
    total = context.figures.counted(("grön", "röd"), law=True)
    if kept.text == "0" and total.text != "1":
        return line("Inget av de ", total, " lagkrav som går att mäta är uppfyllt fullt ut.")
    ending = " inte uppfyllt." if broken.text == "1" else " inte uppfyllda."
    return line("Av ", total, " lagkrav som går att mäta är ", broken, ending)


def _laws(figures: list[Figure]) -> list[Block]:
    broken = [figure for figure in figures if figure.row["law"] and figure.state == "röd"]
    if not broken:
        return []
    return [
        Heading(line("Lagkrav som inte är uppfyllda"), 2),
        text("Lagkraven går före övriga mål. De här avvikelserna behöver åtgärdas först."),
        _table(broken),
    ]


def _furthest(figures: list[Figure]) -> list[Block]:
    missed = [figure for figure in figures if figure.state == "röd" and not figure.row["law"]]
    shares = [figure for figure in missed if figure.row["kind"] == "share" and figure.row["target"]]
    shares.sort(key=lambda figure: figure.row["value"] - figure.row["target"])
    if not shares:
        return []
    return [
        Heading(line("Längst från målet"), 2),
        text("Bland övriga mål är avståndet störst här, med det största först."),
        _table(shares[:_FURTHEST], with_target=True),
    ]


def _table(figures: list[Figure], with_target: bool = False) -> Table:
    def row(figure: Figure) -> tuple[Line, ...]:
        result = line(figure.number("numerator"), " av ", figure.number("denominator"))
        target = (line(figure.target),) if with_target else ()
        return (line(figure.title), result, line(figure.share), *target)

    head = ("Indikator", "Utfall", "Andel", *(("Mål",) if with_target else ()))
    return Table(head, tuple(row(figure) for figure in figures), (52, 20, 14, 14)[: len(head)])


def _reached(figures: list[Figure]) -> list[Block]:
    reached = [figure for figure in figures if figure.state == "grön"]
    if not reached:
        return []
    titles = join_list(line("”", figure.title, "”") for figure in reached)
    return [Heading(line("Det som når målet"), 2), text("Målet nås för ", titles, ".")]


def _noted(context: Context) -> list[Block]:
    """The dated notes of the last twelve months, as people wrote them."""
    until = context.report.run.as_of
    notes = [
        note
        for note in context.notes
        if (note.day.year + 1, note.day.month, note.day.day) > (until.year, until.month, until.day)
    ]
    if not notes:
        return []
    return [Heading(line("Noterat under året"), 2), *(bullet(_note(context, note)) for note in notes)]


def _note(context: Context, note: Note) -> Line:
    source = {"text": "noter", "stycke": note.row}
    on: Line = ()
    if note.indicator is not None:
        figures = context.figures.of(note.indicator)
        on = line(" (", figures[0].title if figures else Cited(note.indicator, source), ")")
    return line(Cited(note.day.isoformat(), source), on, ": ", Cited(note.text, source))


def _not_measured(figures: list[Figure]) -> list[Block]:
    missing = [figure for figure in figures if figure.state == "ej mätbar"]
    if not missing:
        return []
    sentences = unmeasured(missing)
    meaning = text(
        "Där en indikator inte går att mäta kan genomgången inte säga hur det står till, vare sig bra eller dåligt. "
        "Bristen på underlag är i sig något att åtgärda."
    )
    why: list[Block] = [bullet(item) for item in sentences] if len(sentences) > 1 else [text(sentences[0])]
    return [Heading(line("Det som inte går att mäta"), 2), *why, meaning]


def _inactive(context: Context) -> list[Block]:
    """What the installation doesn't ask, and what it doesn't ask yet, each with why. They stand in no count."""
    found: list[Block] = []
    for state, why in ((State.NOT_HERE, "Skäl"), (State.NOT_YET, "Skulle behöva")):
        figures = [figure for figure in context.figures.inactive if figure.state == state]
        if figures:
            rows = tuple((line(figure.title), figure.reason.inactive) for figure in figures)
            found += [Heading(line(state.capitalize()), 2), Table(("Indikator", why), rows, (50, 50))]
    return found


def _overview(context: Context) -> list[Block]:
    """The chart, with its words, and the coverage of the sources."""
    counts = context.report.states
    areas = []
    for area, found in counts.items():
        states = [state for state in STATES if state in found]
        numbers = join_list(line(context.figures.counted((state,), area=area), f" {state}") for state in states)
        areas.append(line(f"{area}: ", numbers))
    alt = line("Liggande staplar med antal indikatorer per område och status. ", join_list(areas, "; ", "; "), ".")
    return [
        Heading(line("Läget per område"), 2),
        Picture(states_by_area(counts, "lage"), alt),
        Paragraph(line("Antal indikatorer per område och status. Läget per ", context.day, "."), "caption"),
        *_coverage(context),
    ]
