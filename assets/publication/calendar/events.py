"""What falls due → events, in words. Many things of one kind on one day are one event: a calendar is to be read."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

LAW, UPKEEP, GOVERNANCE, PLAN = "Lag och tidsfrister", "Inventera och följa upp", "Styrning", "Plan och åtgärder"
RINGS = (LAW, UPKEEP, GOVERNANCE, PLAN)
MAX_NAMED = 40
"""So many things stand by name in an event's description."""


@dataclass(frozen=True)
class Kind:
    """How one kind of marts.due is put: its ring in the wheel, and its sentence. `{n}` is a number of things on that
    day, which makes one event of them; `{label}` and `{key}` are the thing's own."""

    ring: str
    one: str
    many: str = ""


KINDS = {
    "tidsfrist för rapport": Kind(LAW, "{label}"),
    "svar på begäran": Kind(LAW, "Besvara {n} begäran från registrerad", "Besvara {n} begäranden från registrerade"),
    "översyn av konsekvensbedömning": Kind(
        LAW, "Se över {n} konsekvensbedömning", "Se över {n} konsekvensbedömningar"
    ),
    "avtal med biträde löper ut": Kind(
        LAW, "{n} avtal med personuppgiftsbiträde löper ut", "{n} avtal med personuppgiftsbiträden löper ut"
    ),
    "uppföljning av klassning": Kind(UPKEEP, "Följ upp {n} klassning", "Följ upp {n} klassningar"),
    "inventering av informationstillgång": Kind(
        UPKEEP, "Bekräfta {n} informationstillgång", "Bekräfta {n} informationstillgångar"
    ),
    "inventering av registrering": Kind(
        UPKEEP, "Inventera {n} registrering i registerförteckningen",
        "Inventera {n} registreringar i registerförteckningen",
    ),
    "bedömning av risk": Kind(UPKEEP, "Bedöm {n} risk på nytt", "Bedöm {n} risker på nytt"),
    "översyn av styrdokument": Kind(GOVERNANCE, "Se över styrdokumentet {label}"),
    "utbildning släpps": Kind(GOVERNANCE, "Utbildning släpps: {label} ({key})"),
    "ledningens genomgång": Kind(GOVERNANCE, "Ledningens genomgång"),
    "beslut från ledningens genomgång": Kind(PLAN, "Beslut från ledningens genomgång: {label}"),
    "aktivitet i handlingsplanen": Kind(PLAN, "Handlingsplanen: {label}"),
    "åtgärd efter internkontroll": Kind(
        PLAN, "Slutför {n} åtgärd efter internkontroll", "Slutför {n} åtgärder efter internkontroll"
    ),
    "åtgärd efter incident": Kind(PLAN, "Slutför {n} åtgärd efter incident", "Slutför {n} åtgärder efter incidenter"),
    "åtgärd mot risk": Kind(PLAN, "Slutför {n} åtgärd mot risk", "Slutför {n} åtgärder mot risker"),
}  # fmt: skip
"""marts.due.kind → how it is put."""

REGISTERS = (
    "begaran", "beslut", "handlingsplan", "informationstillgangar", "internkontroll", "klassningar",
    "konsekvensbedomningar", "nis_incidenter", "personuppgiftsincidenter", "pm3_system", "pub_avtal",
    "registerforteckning", "risker", "styrdokument",
)  # fmt: skip
"""The registers of an organisation that its days come from. Of one that hasn't come nothing falls due, which is not
to say that nothing should be done."""


@dataclass(frozen=True)
class Event:
    """One event. `key` is the same from night to night for the same thing; `moment` (UTC) where it has a time."""

    kind: str
    key: str
    day: date
    moment: datetime | None
    summary: str
    things: tuple[str, ...]

    @property
    def ring(self) -> str:
        return KINDS[self.kind].ring

    @property
    def description(self) -> str:
        """The things by their keys in the registers."""
        named = "\n".join(self.things[:MAX_NAMED])
        left = len(self.things) - MAX_NAMED
        return named + (f"\noch {left} till" if left > 0 else "")


def events(due: pl.DataFrame) -> list[Event]:
    """The events of an organisation's rows of marts.due, in the order of their days."""
    found = []
    by_day = due.sort("due", "kind", "key").group_by("due", "kind", maintain_order=True).agg("key", "label", "moment")
    for day, name, keys, labels, moments in by_day.iter_rows():
        kind = KINDS[name]
        if kind.many:
            sentence = kind.one if len(keys) == 1 else kind.many
            found.append(Event(name, day.isoformat(), day, None, sentence.format(n=len(keys)), tuple(keys)))
        else:
            found += [
                Event(name, key, day, moment, kind.one.format(key=key, label=label or key), (key,))
                for key, label, moment in zip(keys, labels, moments, strict=True)
            ]
    return found
