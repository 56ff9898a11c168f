"""All figures of a report: their sentences, put together, and how many they are."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from assets.publication.document.chapters.indicator_sentence import Figure
from assets.publication.document.model import Cited, Line, join_list, line
from assets.publication.report import Report
from assets.publication.sv import integer


class Figures:
    """The figures of a report by id, in the catalogue's order: `all` that are active, and the `inactive`."""

    def __init__(self, report: Report) -> None:
        reviews = [row for row in report.tables.changes.to_dicts() if row["since"] == "genomgång"]
        before = {row["indicator"]: row for row in reviews}
        self.all = {row["indicator"]: Figure(row, before.get(row["indicator"])) for row in report.active.to_dicts()}
        self.inactive = [Figure(row, None) for row in report.inactive.to_dicts()]

    def of(self, *ids: str) -> list[Figure]:
        """The figures of these indicators, without those that the catalogue lacks."""
        return [self.all[indicator] for indicator in ids if indicator in self.all]

    def sentences(self, *ids: str) -> list[Line]:
        """The sentences of these indicators: first what is measured, then what isn't, grouped by why. The day of the
        review before stands in the first that is compared."""
        figures = self.of(*ids)
        measured: list[Line] = []
        is_dated = False
        for figure in figures:
            if figure.is_measured:
                measured.append(figure.sentence(dated=not is_dated))
                is_dated = is_dated or figure.is_compared
        return measured + unmeasured(figure for figure in figures if not figure.is_measured)

    def paragraph(self, *ids: str) -> Line:
        """The sentences of these indicators after each other; nothing where the catalogue has none of them."""
        return joined(self.sentences(*ids))

    def counted(self, states: tuple[str, ...], **narrowed: str | bool) -> Cited:
        """How many indicators are in these states; `law` and `area` narrow it."""
        number = sum(is_counted(figure.row, figure.state, states, narrowed) for figure in self.all.values())
        return Cited(integer(number), {"antal": list(states), **narrowed})


def is_counted(definition: Mapping[str, Any], state: str, states: Iterable[str], narrowed: Mapping[str, Any]) -> bool:
    """Whether an indicator in this state is one of those in `states` with the properties that `narrowed` asks for."""
    return state in tuple(states) and all(definition[key] == value for key, value in narrowed.items())


def unmeasured(figures: Iterable[Figure]) -> list[Line]:
    """One sentence for all that have the same reason."""

    def why(figure: Figure) -> tuple[str, str]:
        return figure.state, figure.row["reason"] or ""

    sentences = []
    for _, group in groupby(sorted(figures, key=why), key=why):
        same = list(group)
        titles = join_list(line("”", figure.title, "”") for figure in same)
        sentences.append(line(titles, " ", same[0].reason.sentence, "."))
    return sentences


def joined(sentences: Iterable[Line]) -> Line:
    """The sentences with a blank between."""
    parts = [part for sentence in sentences if sentence for part in (" ", sentence)]
    return line(*parts[1:])
