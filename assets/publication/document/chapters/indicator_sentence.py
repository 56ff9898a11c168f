"""One indicator's figure as pieces of text, and the sentence it makes by kind, state, number and what was before."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from assets.publication.document.chapters.reason import Reason
from assets.publication.document.chapters.wording import Wording, wording_of
from assets.publication.document.model import Cited, Line, Source, line
from assets.publication.document.words import percent
from assets.publication.sv import integer, is_wide

MEASURED = ("grön", "gul", "röd", "information")


class Figure:
    """One indicator's line in the catalogue and its figure, `row`; `before` is that of the last review, if there was
    one."""

    def __init__(self, row: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        self.row, self.before = row, before
        self.id: str = row["indicator"]
        self.state: str = row["state"]
        self.reason = Reason(row)

    @property
    def is_measured(self) -> bool:
        return self.state in MEASURED

    @property
    def has_target(self) -> bool:
        """Whether it is held against a target, and measured."""
        return self.is_measured and self.state != "information"

    @property
    def cited_id(self) -> Cited:
        return Cited(self.id, self._source("indicator"))

    def number(self, field: str) -> Cited:
        return Cited(integer(self.row[field]), self._source(field))

    @property
    def share(self) -> Cited:
        return Cited(percent(self.row["value"]), self._source("value"))

    @property
    def target(self) -> Cited:
        return Cited(percent(self.row["target"]), self._source("target"))

    @property
    def title(self) -> Cited:
        return Cited(self.row["title"], self._source("title"))

    def sentence(self, dated: bool = True) -> Line:
        """What a measured figure says, with its full stop. `dated`: with the day of the review before."""
        left_out: Line = ()
        if self.row["not_measured"]:
            left_out = line(" Ytterligare ", self.number("not_measured"), " kunde inte bedömas: uppgifter saknas.")
        return line(self._statement, self._against_target, self.trend(dated), self.reason.coverage, ".", left_out)

    @cached_property
    def _statement(self) -> Line:
        wording = wording_of(self.row)
        if wording is None:
            return line("”", self.title, "”: ", self._numbers, self._share_in_brackets)
        return self._share_of(wording) if self._is_share else self._count_of(wording)

    @property
    def _numbers(self) -> Line:
        of_all = (" av ", self.number("denominator")) if self._is_share else ()
        return line(self.number("numerator"), *of_all)

    def _count_of(self, wording: Wording) -> Line:
        number = self.row["numerator"]
        if number == 0:
            return line(f"{wording.none} {wording.one} {wording.does(1)}")
        return line(self.number("numerator"), f" {wording.counted(number)} {wording.does(number)}")

    def _share_of(self, wording: Wording) -> Line:
        numerator, denominator = self.row["numerator"], self.row["denominator"]
        if denominator == 1 and wording.alone_yes:
            return line(wording.alone_yes if numerator == 1 else wording.alone_no)
        counted = wording.counted(denominator)
        if denominator > 1 and numerator == denominator:
            start = line("Samtliga ", self.number("denominator"), f" {counted} {wording.does(denominator)}")
        elif denominator > 1 and numerator == 0:
            start = line(f"{wording.none} av ", self.number("denominator"), f" {counted} {wording.does(1)}")
        else:
            start = line(self._numbers, f" {counted} {wording.does(numerator)}")
        return line(start, self._share_in_brackets)

    @property
    def _is_share(self) -> bool:
        return bool(self.row["kind"] == "share")

    @property
    def _share_in_brackets(self) -> Line:
        return line(" (", self.share, self._could_be, ")") if self._is_share else ()

    @property
    def _could_be(self) -> Line:
        """How far from the share it could be, where that is more than a percentage point."""
        if not is_wide("share", self.row["value"], self.row["lowest"], self.row["highest"]):
            return ()
        ends = (Cited(percent(self.row[field]), self._source(field)) for field in ("lowest", "highest"))
        return line(", men kan vara mellan ", next(ends), " och ", next(ends))

    @property
    def _against_target(self) -> Line:
        """What the state adds to the figure: nothing where the target is all and the sentence shows how many."""
        if self.state == "information" or not self._is_share:
            return ()
        if self.row["law"]:
            return line(", som lagen kräver" if self.state == "grön" else ", vilket inte uppfyller lagens krav")
        if self.row["target"] == 100:
            return ()
        words = {"grön": ", vilket når målet på ", "gul": ", nära målet på ", "röd": ", under målet på "}
        return line(words[self.state], self.target)

    @property
    def is_compared(self) -> bool:
        return self.before is not None and self.before["value_before"] is not None

    @property
    def earlier(self) -> tuple[Cited, Cited]:
        """The figure at the last review, and its day. Only where `is_compared`."""
        before = self.before or {}
        was, day = float(before["value_before"]), before["before"]
        value = percent(was) if self._is_share else integer(round(was))
        return Cited(value, self._at(day, "value")), Cited(day.isoformat(), self._at(day, "as_of"))

    def trend(self, dated: bool = True) -> Line:
        """What it was at the last review: `, en ökning från 71,4 % per 2025-10-31`."""
        if self.before is None or not self.is_compared:
            return ()
        was, now = float(self.before["value_before"]), float(self.row["value"])
        value, day = self.earlier
        if was == now:
            return line(", oförändrat sedan ", day) if dated else line(", oförändrat")
        if self.row["kind"] == "count":
            return line(", jämfört med ", value, *((" vid genomgången ", day) if dated else ()))
        direction = ", en ökning från " if now > was else ", en minskning från "
        return line(direction, value, *((" per ", day) if dated else ()))

    def _source(self, field: str) -> Source:
        return {"indikator": self.id, "falt": field}

    def _at(self, day: date, field: str) -> Source:
        return {"indikator": self.id, "falt": field, "per": day.isoformat()}
