"""The page's first words: one sentence on how it stands, what got better and worse, what asks for a decision, and
which registers would make figures of what can't be measured."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from assets.publication import sv
from assets.publication.page.deliveries import Register
from assets.publication.report import Report

Row = Mapping[str, Any]
MAX_LINES = 3
_RANK = {"röd": 0, "gul": 1, "grön": 2}
_TO_IMY = "Anmäld IMY"


@dataclass(frozen=True)
class Line:
    """An indicator and what is said of it."""

    indicator: str
    title: str
    words: str


@dataclass(frozen=True)
class InShort:
    """`sentence`: how it stands. `since`: the day that better and worse are counted from; None without one.
    `none_red`: what is said where there is nothing to decide."""

    sentence: str
    since: str | None
    better: Sequence[Line]
    worse: Sequence[Line]
    to_decide: Sequence[Line]
    none_red: str


@dataclass(frozen=True)
class Unlocked:
    """`registers`, as the end of a sentence, would make `indicators` measurable: their ids and titles."""

    registers: str
    indicators: Sequence[tuple[str, str]]


def in_short(report: Report, registers: Sequence[Register]) -> InShort:
    """What the director reads first. `registers`: as they stand on the page."""
    figures = report.tables.figures.to_dicts()
    clauses = [_of_the_law(figures), *_of_deadlines(report), _of_registers(registers)]
    sentence = "; ".join(clause for clause in clauses if clause)
    since, better, worse = _moved(report)
    return InShort(f"{sv.sentence(sentence)}.", since, better, worse, _to_decide(figures), _none_red(figures))


def _of_the_law(figures: Iterable[Row]) -> str:
    measured = [row for row in figures if row["law"] and row["state"] in _RANK]
    met = sum(row["state"] == "grön" for row in measured)
    if not measured:
        return "inget lagkrav går att mäta"
    if len(measured) == 1:
        return f"det enda mätbara lagkravet är {'uppfyllt' if met else 'inte uppfyllt'}"
    of = f"{sv.integer(len(measured))} mätbara lagkrav"
    if met == len(measured):
        return f"alla {of} är uppfyllda"
    if not met:
        return f"inget av {of} är uppfyllt"
    return f"{sv.integer(met)} av {of} är {'uppfyllt' if met == 1 else 'uppfyllda'}"


def _of_deadlines(report: Report) -> list[str]:
    """What the law wants reported and is late: to IMY, and of NIS incidents."""
    as_of = report.run.as_of
    late = report.tables.due.filter((pl.col("kind") == "tidsfrist för rapport") & (pl.col("due") < as_of))
    is_to_imy = pl.col("key").str.ends_with(_TO_IMY)
    return [
        _late(late.filter(condition), report, *words)
        for condition, words in (
            (is_to_imy, ("en anmälan till IMY", "anmälningar till IMY")),
            (~is_to_imy, ("en rapport om en NIS-incident", "rapporter om NIS-incidenter")),
        )
    ]


def _late(late: pl.DataFrame, report: Report, one: str, many: str) -> str:
    if not late.height:
        return ""
    oldest = late["due"].min()
    assert isinstance(oldest, date)
    days = sv.counted((report.run.as_of - oldest).days, "dag", "dagar")
    if late.height == 1:
        return f"{one} är {days} sen"
    return f"{sv.integer(late.height)} {many} är sena, den äldsta {days}"


def _of_registers(registers: Sequence[Register]) -> str:
    registers = [register for register in registers if register.state != "används inte"]
    missing = sum(register.state == "saknas" for register in registers)
    if not registers:
        return "ingen leverans har setts"
    remarked = sum(register.quarantined > 0 for register in registers)
    if not missing and len(registers) == 1:
        return "det enda registret har en leverans" + (", med rader i karantän" if remarked else "")
    if not missing:
        found = f"alla {sv.integer(len(registers))} register har en leverans"
        return f"{found}, {sv.integer(remarked)} av dem med rader i karantän" if remarked else found
    found = f"{sv.integer(missing)} av {sv.integer(len(registers))} register saknas"
    return f"{found} och {sv.integer(remarked)} har rader i karantän" if remarked else found


def _moved(report: Report) -> tuple[str | None, list[Line], list[Line]]:
    """What moved most since the last review, or since the last night where there was no review."""
    changes = report.tables.changes
    since = next((kind for kind in ("genomgång", "natt") if changes.filter(since=kind).height), None)
    if since is None:
        return None, [], []
    own = report.tables.figures.select("indicator", "title", "kind", "target")
    moved = changes.filter(pl.col("since") == since, pl.col("value").is_not_null(), "changed")
    rows = own.join(
        moved.filter(pl.col("value_before").is_not_null()), on="indicator", maintain_order="left"
    ).to_dicts()
    steps = [(step, row) for row in rows if (step := _step(row))]
    better = sorted((pair for pair in steps if pair[0] > (0, 0)), key=lambda pair: pair[0], reverse=True)
    worse = sorted((pair for pair in steps if pair[0] < (0, 0)), key=lambda pair: pair[0])
    day = str(changes.filter(since=since)["before"].max())
    return day, *([_movement(row) for _, row in part[:MAX_LINES]] for part in (better, worse))  # type: ignore[return-value]


def _step(row: Row) -> tuple[int, float]:
    """How far it went, in states first and then in its value; above (0, 0) is better. Nothing for a volume."""
    if row["target"] is None:
        return 0, 0.0
    states = _RANK.get(row["state"], 0) - _RANK.get(row["state_before"], 0)
    moved = float(row["value"]) - float(row["value_before"])
    return states, -moved if row["kind"] == "open" else moved


def _movement(row: Row) -> Line:
    was, now = (_with_base(row, end) for end in ("_before", ""))
    return Line(row["indicator"], row["title"], f"från {was} till {now}")


def _with_base(row: Row, end: str) -> str:
    base = sv.base(row["kind"], row[f"numerator{end}"], row[f"denominator{end}"])
    return sv.figure(row["kind"], row[f"value{end}"]) + (f" ({base})" if base else "")


def _to_decide(figures: Iterable[Row]) -> list[Line]:
    """The red ones: what the law demands first, then the furthest from its target."""
    red = [row for row in figures if row["state"] == "röd" and row["kind"] != "count"]
    return [
        Line(row["indicator"], row["title"], _shortfall(row))
        for row in sorted(red, key=lambda row: (not row["law"], -lacking(row)))[:MAX_LINES]
    ]


def _none_red(figures: Iterable[Row]) -> str:
    """Of what isn't measured nothing is claimed."""
    states = {row["state"] for row in figures}
    if not states & _RANK.keys():
        return "Inget mål går att mäta."
    return "Ingen mätbar indikator är röd." if "ej mätbar" in states else "Ingen indikator är röd."


def lacking(row: Row) -> float:
    """How many items an indicator lacks to its target."""
    if row["kind"] == "open":
        return float(row["numerator"])
    return float(row["target"] * row["denominator"] / 100 - row["numerator"])


def _shortfall(row: Row) -> str:
    if row["kind"] == "open":
        return f"{sv.counted(int(row['value']), 'brist', 'brister')}, ska vara noll"
    base = sv.base("share", row["numerator"], row["denominator"])
    wanted = "lagkravet" if row["law"] else "målet"
    return f"{sv.figure('share', row['value'])} ({base}), {wanted} är {sv.target('share', row['target'])}"


def unlocked(report: Report) -> list[Unlocked]:
    """The registers that are missing, alone or together, with the indicators that wait for them, the most first."""
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row in report.tables.figures.filter(pl.col("reason_code") == "missing_registers").to_dicts():
        found.setdefault(tuple(row["concerns"]), []).append((row["indicator"], row["title"]))
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return [Unlocked(sv.join_list([sv.register_name(slug) for slug in slugs]), own) for slugs, own in ordered]
