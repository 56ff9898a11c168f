"""Why a figure isn't measured, in a sentence, and what the city's figure leaves out.

It is made of the columns `reason_code`, `concerns`, `first_day`, `organisations`, `not_measurable` and `blocked` of
the figure's row (docs/spec/indicators.md, State of a figure).
"""

from collections.abc import Mapping
from typing import Any

from assets.publication.document.model import Cited, Line, Source, join_list, line
from assets.publication.sv import integer, register_name


class Reason:
    """Why an indicator has no figure, or which organisations the city's leaves out. `figure`: its row."""

    def __init__(self, figure: Mapping[str, Any]) -> None:
        self._figure = figure
        self._source: Source = {"indikator": figure["indicator"], "falt": "reason"}

    @property
    def coverage(self) -> Line:
        """`; 1 av 3 organisationer gick inte att mäta`, to stand after what the city's figure says; else nothing."""
        return line("; ", self.left_out) if self.left_out else ()

    @property
    def left_out(self) -> Line:
        """How many organisations the city's figure leaves out, and why."""
        if self._figure["reason_code"] != "organisations_left_out":
            return ()
        return join_list([part for part in (self._taking_part, self._without_figure) if part], last=", ")

    @property
    def _taking_part(self) -> Line:
        if not self._figure["not_taking_part"]:
            return ()
        everybody = integer(self._figure["organisations"] + self._figure["not_taking_part"])
        return line(self._cite("organisations"), " av ", Cited(everybody, self._source), " organisationer deltar")

    @property
    def _without_figure(self) -> Line:
        not_measurable, blocked = self._cite("not_measurable"), self._cite("blocked")
        of_all = line(" av ", self._cite("organisations"), " organisationer ")
        if not self._figure["blocked"]:
            return line(not_measurable, of_all, "gick inte att mäta") if self._figure["not_measurable"] else ()
        if not self._figure["not_measurable"]:
            return line(blocked, of_all, self._is_failed)
        return line(not_measurable, of_all, "gick inte att mäta och ytterligare ", blocked, " ", self._is_failed)

    @property
    def inactive(self) -> Line:
        """Why it isn't asked: the installation's own words, or the registers that it would need."""
        if self._figure["reason_code"] == "unused_registers":
            return join_list(line(Cited(register_name(slug), self._source)) for slug in self._figure["concerns"])
        return line(Cited(self._figure["reason"], self._source))

    @property
    def sentence(self) -> Line:
        """What is said of a figure that isn't measured, after its title: `går inte att mäta: …` or the like."""
        match self._figure["reason_code"]:
            case "before_first_day":
                return line("följs först från och med ", Cited(str(self._figure["first_day"]), self._source))
            case "missing_registers":
                registers = (line(Cited(register_name(slug), self._source)) for slug in self._figure["concerns"])
                return line("går inte att mäta: underlag saknas från ", join_list(registers))
            case "spoiled_registers":
                registers = (line(Cited(register_name(slug), self._source)) for slug in self._figure["concerns"])
                return line("går inte att mäta: över hälften av raderna är i karantän i ", join_list(registers))
            case "absent_columns":
                columns = (line(Cited(name, self._source)) for name in self._figure["concerns"])
                return line("går inte att mäta: källan saknar ", join_list(columns))
            case "unknown_ids":
                return line(
                    "går inte att mäta: de flesta anställnings-id bland utbildningarna finns inte i personalregistret"
                )
            case "no_requirement":
                return line("är inte tillämpligt, eftersom inget sådant krav gäller ännu")
            case "bulk_registration":
                return line(
                    "går inte att mäta: många genomföranden har registrerats på en gång (massregistrering), och en "
                    "sådan registrering visar inte vem som har gått utbildningen"
                )
            case "nothing_in_scope":
                return line("är inte tillämpligt, eftersom det inte finns något att följa upp")
            case "nothing_measured":
                return line("går inte att mäta: de uppgifter som behövs är inte ifyllda")
            case "organisations_left_out":
                return self._all_left_out if self._is_all_left_out else line(self._of_the_rest, self.coverage)
        words = "går inte att mäta" if self._figure["state"] == "ej mätbar" else "är inte tillämpligt"
        reason = self._figure["reason"]
        return line(words, *((": ", Cited(reason, self._source)) if reason else ()))

    @property
    def _of_the_rest(self) -> str:
        """What is said of the organisations that are not left out."""
        if self._figure["state"] == "ej mätbar":
            return "går inte att mäta: de uppgifter som behövs är inte ifyllda"
        return "är inte tillämpligt"

    @property
    def _is_all_left_out(self) -> bool:
        left_out = self._figure["not_measurable"] + self._figure["blocked"]
        return bool(left_out >= self._figure["organisations"])

    @property
    def _all_left_out(self) -> Line:
        if not self._figure["organisations"]:
            return line("går inte att mäta: det finns ingen organisation att mäta")
        if self._figure["not_measurable"] == self._figure["organisations"] == 1:
            taking_part = " som deltar" if self._figure["not_taking_part"] else ""
            return line(f"går inte att mäta i den enda organisationen{taking_part}")
        if not self._figure["blocked"]:
            taking_part = " som deltar" if self._figure["not_taking_part"] else ""
            everybody = self._cite("organisations")
            return line("går inte att mäta i någon av de ", everybody, f" organisationerna{taking_part}")
        return line("går inte att mäta: ", self.left_out)

    @property
    def _is_failed(self) -> str:
        return "är underkänd i valideringen" if self._figure["blocked"] == 1 else "är underkända i valideringen"

    def _cite(self, field: str) -> Cited:
        return Cited(integer(self._figure[field]), self._source)
