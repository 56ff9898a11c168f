"""One figure as pieces of text, and the sentence it makes by kind, state, number and what was before."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from assets.publication.document.model import Backed, Line, Source, listed, say
from assets.publication.document.wordings import WORDINGS
from assets.publication.document.words import REGISTERS, percent
from assets.publication.sv import whole_number

MEASURED = ("grön", "gul", "röd", "information")


class Figure:
    """One indicator's line in the catalogue and its figure; `before` is that of the last review, if there was one."""

    def __init__(self, row: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        self.row, self.before = row, before
        self.id: str = row["indicator"]
        self.state: str = row["state"]
        self.reason: str = row["reason"] or ""

    @property
    def is_measured(self) -> bool:
        return self.state in MEASURED

    def number(self, field: str) -> Backed:
        return Backed(whole_number(self.row[field]), self._source(field))

    @property
    def share(self) -> Backed:
        return Backed(percent(self.row["value"]), self._source("value"))

    @property
    def target(self) -> Backed:
        return Backed(percent(self.row["target"]), self._source("target"))

    @property
    def title(self) -> Backed:
        return Backed(self.row["title"], self._source("title"))

    def sentence(self, dated: bool = True) -> Line:
        """What a measured figure says, with its full stop. `dated`: with the day of the review before."""
        left_out: Line = ()
        if self.row["not_measured"]:
            left_out = say(" Ytterligare ", self.number("not_measured"), " kunde inte bedömas: uppgifter saknas.")
        return say(self._statement, self._verdict, self.trend(dated), self._coverage, ".", left_out)

    @cached_property
    def _statement(self) -> Line:
        wording = WORDINGS.get(self.id)
        if wording is None:
            shown = (
                (self.number("numerator"), " av ", self.number("denominator"))
                if self._is_share
                else (self.number("numerator"),)
            )
            return say("”", self.title, "”: ", *shown, self._share_in_brackets)
        part = self.row["numerator"]
        if not self._is_share:
            if part == 0:
                none = "Inget" if wording.none == "Inget" else "Ingen"
                return say(f"{none} {wording.one} {wording.does_one}")
            noun, does = (wording.one, wording.does_one) if part == 1 else (wording.many, wording.does_many)
            return say(self.number("numerator"), f" {noun} {does}")
        whole = self.row["denominator"]
        if whole == 1 and wording.alone_yes:
            return say(wording.alone_yes if part == 1 else wording.alone_no)
        noun = wording.one if whole == 1 else wording.many
        if part == whole and whole > 1:
            start = say("Samtliga ", self.number("denominator"), f" {noun} {wording.does_many}")
        elif part == 0 and whole > 1:
            start = say(f"{wording.none} av ", self.number("denominator"), f" {noun} {wording.does_one}")
        else:
            does = wording.does_one if part == 1 else wording.does_many
            start = say(self.number("numerator"), " av ", self.number("denominator"), f" {noun} {does}")
        return say(start, self._share_in_brackets)

    @property
    def _is_share(self) -> bool:
        return bool(self.row["kind"] == "share")

    @property
    def _share_in_brackets(self) -> Line:
        return say(" (", self.share, ")") if self._is_share else ()

    @property
    def _verdict(self) -> Line:
        """What the state adds to the figure: nothing where the target is all and the sentence shows how many."""
        if self.state == "information" or not self._is_share:
            return ()
        if self.row["law"]:
            return say(", som lagen kräver" if self.state == "grön" else ", vilket inte uppfyller lagens krav")
        if self.row["target"] == 100:
            return ()
        words = {"grön": ", vilket når målet på ", "gul": ", nära målet på ", "röd": ", under målet på "}
        return say(words[self.state], self.target)

    @property
    def is_compared(self) -> bool:
        return self.before is not None and self.before["value_before"] is not None

    @property
    def earlier(self) -> tuple[Backed, Backed]:
        """The figure at the last review, and its day. Only where `is_compared`."""
        before = self.before or {}
        was, day = float(before["value_before"]), before["before"]
        told = percent(was) if self._is_share else whole_number(round(was))
        return Backed(told, self._earlier("value", day)), Backed(day.isoformat(), self._earlier("as_of", day))

    def trend(self, dated: bool = True) -> Line:
        """What it was at the last review: `, en ökning från 71,4 % per 2025-10-31`."""
        if self.before is None or not self.is_compared:
            return ()
        was, now = float(self.before["value_before"]), float(self.row["value"])
        told, when = self.earlier
        if was == now:
            return say(", oförändrat sedan ", when) if dated else say(", oförändrat")
        if self.row["kind"] == "count":
            return say(", jämfört med ", told, *((" vid genomgången ", when) if dated else ()))
        return say(
            ", en ökning från " if now > was else ", en minskning från ", told, *((" per ", when) if dated else ())
        )

    @property
    def _coverage(self) -> Line:
        """For the city: how many organisations the figure lacks."""
        found = re.fullmatch(r"(\d+) av (\d+) ej mätbara", self.reason)
        if found is None:
            return ()
        return say(
            "; ", self._told(found[1]), " av ", self._told(found[2]), " organisationer gick inte att mäta"
        )  # fmt: skip

    @property
    def why_not(self) -> Line:
        """What is said of a figure that isn't measured, after its title and ` går inte att mäta: ` or the like."""
        if self.reason == "massregistrering":
            return say(
                "går inte att mäta: många genomföranden har registrerats på en gång (massregistrering), och en sådan "
                "registrering visar inte vem som har gått utbildningen"
            )
        if self.reason.startswith("underlag saknas: "):
            registers = self.reason.removeprefix("underlag saknas: ").split(", ")
            named = [say(self._told(REGISTERS.get(register, register))) for register in registers]
            return say("går inte att mäta: underlag saknas från ", listed(named))
        if found := re.fullmatch(r"(\d+) av \d+ ej mätbara", self.reason):
            return say("går inte att mäta i någon av de ", self._told(found[1]), " organisationerna")
        if self.reason == "inga mätta":
            return say("går inte att mäta: de uppgifter som behövs är inte ifyllda")
        if self.reason.startswith("före "):
            return say("följs först från och med ", self._told(self.reason.removeprefix("före ")))
        if self.reason == "inget krav":
            return say("är inte tillämpligt, eftersom inget sådant krav gäller ännu")
        if self.reason == "inget i omfattningen":
            return say("är inte tillämpligt, eftersom det inte finns något att följa upp")
        words = "går inte att mäta" if self.state == "ej mätbar" else "är inte tillämpligt"
        return say(words, *((": ", self._told(self.reason)) if self.reason else ()))

    def _told(self, text: str) -> Backed:
        return Backed(text, self._source("reason"))

    def _source(self, field: str) -> Source:
        return {"indikator": self.id, "falt": field}

    def _earlier(self, field: str, day: date) -> Source:
        return {"indikator": self.id, "falt": field, "per": day.isoformat()}
