"""Chapter 1: how many targets are reached, what stands out, what can't be measured and what that means."""

from assets.publication.charts import STATES, states_by_area
from assets.publication.document.context import Setting, bullet, text
from assets.publication.document.figure import Figure
from assets.publication.document.figures import unmeasured
from assets.publication.document.model import (
    Backed,
    Block,
    Heading,
    Line,
    Paragraph,
    Picture,
    Piece,
    Plain,
    Table,
    listed,
    say,
)

_FURTHEST = 5
"""Figures furthest from their target that the summary names, beside the laws."""

_TARGETED = ("grön", "gul", "röd")


def summary(setting: Setting) -> list[Block]:
    figures = list(setting.figures.all.values())
    if not any(figure.is_measured for figure in figures if figure.id != "DQ-01"):
        return [_purpose(setting), _nothing(), *_not_measured(figures)]
    return [
        _result(setting),
        _purpose(setting),
        *_laws(figures),
        *_furthest(figures),
        *_reached(figures),
        *_not_measured(figures),
        *_overview(setting),
    ]


def _purpose(setting: Setting) -> Paragraph:
    return text(
        "Ledningens genomgång ger ledningen för ", setting.name, " underlag att bedöma om arbetet med "
        "informationssäkerhet och dataskydd är tillräckligt och har önskad verkan. Siffrorna avser ", setting.year(),
        " till och med ", setting.day, " och bygger på de uppgifter som var kända ", setting.known, ".",
    )  # fmt: skip


def _nothing() -> Paragraph:
    return text(
        "Ännu har inga uppgifter levererats som går att mäta på. Det säger ingenting om hur arbetet går, varken bra "
        "eller dåligt: bedömningen får göras när underlagen finns."
    )


def _result(setting: Setting) -> Paragraph:
    reached, near, missed = (setting.figures.counted((state,)) for state in _TARGETED)
    middle = say("; ", near, " ligger nära") if near.text != "0" else say()
    return text(
        say("Av ", setting.figures.counted(_TARGETED), " mätta mål är ", _or_none(reached), " uppnådda och "),
        say(_or_none(missed), " inte uppnådda", middle, ". ", *_laws_counted(setting)),
    )


def _or_none(number: Backed) -> Piece:
    return Plain("inga") if number.text == "0" else number


def _laws_counted(setting: Setting) -> Line:
    broken, kept = setting.figures.counted(("röd",), law=True), setting.figures.counted(("grön",), law=True)
    if broken.text == "0":
        return say("Alla lagkrav som går att mäta är uppfyllda.") if kept.text != "0" else ()
    total = setting.figures.counted(("grön", "röd"), law=True)
    if kept.text == "0" and total.text != "1":
        return say("Inget av de ", total, " lagkrav som går att mäta är uppfyllt fullt ut.")
    verb = "är inte uppfyllt" if broken.text == "1" else "är inte uppfyllda"
    return say("Av ", total, " lagkrav som går att mäta ", verb.split(" ", 1)[0], " ", broken, f" {verb[3:]}.")


def _laws(figures: list[Figure]) -> list[Block]:
    broken = [figure for figure in figures if figure.row["law"] and figure.state == "röd"]
    if not broken:
        return []
    return [
        Heading(say("Lagkrav som inte är uppfyllda"), 2),
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
        Heading(say("Längst från målet"), 2),
        text("Bland övriga mål är avståndet störst här, med det största först."),
        _table(shares[:_FURTHEST], with_target=True),
    ]


def _table(figures: list[Figure], with_target: bool = False) -> Table:
    def row(figure: Figure) -> tuple[Line, ...]:
        result = say(figure.number("numerator"), " av ", figure.number("denominator"))
        target = (say(figure.target),) if with_target else ()
        return (say(figure.title), result, say(figure.share), *target)

    head = ("Indikator", "Utfall", "Andel", *(("Mål",) if with_target else ()))
    return Table(head, tuple(row(figure) for figure in figures), (52, 20, 14, 14)[: len(head)])


def _reached(figures: list[Figure]) -> list[Block]:
    reached = [figure for figure in figures if figure.state == "grön"]
    if not reached:
        return []
    titles = listed(say("”", figure.title, "”") for figure in reached)
    return [Heading(say("Det som når målet"), 2), text("Målet nås för ", titles, ".")]


def _not_measured(figures: list[Figure]) -> list[Block]:
    missing = [figure for figure in figures if figure.state == "ej mätbar"]
    if not missing:
        return []
    sentences = unmeasured(missing)
    meaning = text(
        "Där en indikator inte går att mäta kan genomgången inte säga hur det står till, vare sig bra eller dåligt. "
        "Bristen på underlag är i sig något att åtgärda."
    )
    told: list[Block] = [bullet(each) for each in sentences] if len(sentences) > 1 else [text(sentences[0])]
    return [Heading(say("Det som inte går att mäta"), 2), *told, meaning]


def _overview(setting: Setting) -> list[Block]:
    """The chart, with its words, and how complete the sources are."""
    counts = setting.picture.states
    areas = []
    for area, found in counts.items():
        states = (state for state in STATES if state in found)
        areas.append(
            say(f"{area}: ", listed(say(setting.figures.counted((each,), area=area), f" {each}") for each in states))
        )
    alt = say("Liggande staplar med antal indikatorer per område och status. ", listed(areas, "; ", "; "), ".")
    return [
        Heading(say("Läget per område"), 2),
        Picture(states_by_area(counts, "lage"), alt),
        Paragraph(say("Antal indikatorer per område och status. Läget per ", setting.day, "."), "caption"),
        text(setting.figures.paragraph("DQ-01")),
    ]
