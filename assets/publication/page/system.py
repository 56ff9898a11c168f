"""The pages of systems and records of processing: what every register knows of one, what is missing and what
can't all be true; and a list of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from markupsafe import Markup

from assets.excel_csv import write_excel_csv
from assets.publication import sv
from assets.publication.page.html_table import Column, Download, Table, link, table
from assets.publication.page.page_names import FOLDER, Object, page_names
from assets.publication.page.render import head, render
from assets.publication.report import Report
from assets.registers.vocabulary import RegisterStatus

KINDS = {"system": "System", "behandling": "Behandling"}
_SECTIONS = {
    "system": (
        "pm3_system", "pm3_objekt", "informationstillgangar", "klassningar", "registerforteckning",
        "konsekvensbedomningar", "pub_avtal", "upphandlingar", "personuppgiftsincidenter", "nis_incidenter",
    ),
    "behandling": ("registerforteckning", "pm3_system", "konsekvensbedomningar", "pub_avtal"),
}  # fmt: skip
"""The registers that can say something of each kind, in the page's order; the first one is its own."""
_NOT_HERE: Mapping[str, str] = {
    RegisterStatus.MISSING: "har inte kommit",
    RegisterStatus.NOT_USED: "används inte här",
}
_LIST = "alla.csv"
_LIST_SCHEMA = {"Id": pl.String, "Namn": pl.String, "Slag": pl.String, "Motsägelser": pl.Int64, "Brister": pl.Int64}


Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Section:
    """What one register says. `lines`: label and text. `empty`: the sentence that stands where there are none."""

    heading: str
    lines: Sequence[tuple[Markup | str, str]]
    empty: str


@dataclass(frozen=True)
class Objects:
    """The report's rows by object, split once for all pages. `names`: the files of the pages. `gaps`: the open gaps
    whose row is one of those that a page shows. `absent`: the registers of which nothing can be said, and why."""

    names: Mapping[Object, str]
    facts: Mapping[Object, Rows]
    gaps: Mapping[Object, Rows]
    contradictions: Mapping[Object, Rows]
    absent: Mapping[str, str]


def names_of(report: Report) -> dict[Object, str]:
    """The files of all pages, by object."""
    found: list[Object] = report.tables.system_facts.select("kind", "id").unique(maintain_order=True).rows()
    return page_names(found)


def write_systems(report: Report, folder: Path, missing: tuple[str, ...] = ()) -> None:
    """Writes the list of all and a page of each into the organisation's folder. `missing`: files that no page may
    lead to."""
    objects = _by_object(report)
    (folder / FOLDER).mkdir()
    for subject, name in objects.names.items():
        (folder / FOLDER / name).write_text(_page(report, subject, objects, missing), encoding="utf-8", newline="\n")
    lines = _lines(objects)
    write_excel_csv(pl.DataFrame(lines, _LIST_SCHEMA, orient="row"), folder / FOLDER / _LIST)
    index = render(
        "systemlista.html",
        head=head(report, "System och behandlingar", "system", "../", missing),
        list=_list(lines, objects),
    )
    (folder / FOLDER / "index.html").write_text(index, encoding="utf-8", newline="\n")


def _by_object(report: Report) -> Objects:
    own = report.tables
    places = own.system_facts.select("kind", "id", "delivery", "row").unique(maintain_order=True)
    gaps = (
        own.gaps.join(places, on=["delivery", "row"], how="inner")
        .join(own.figures.select("indicator", "title"), on="indicator", how="left")
        .unique(["kind", "id", "gap_id"], maintain_order=True)
        .sort("opened", "indicator", "key")
    )
    facts, by_object, contradictions = map(_split, (own.system_facts, gaps, own.system_contradictions))
    states = own.register_status.select("register", "status").iter_rows()
    absent = {register: _NOT_HERE[state] for register, state in states if state in _NOT_HERE}
    return Objects(names_of(report), facts, by_object, contradictions, absent)


def _split(rows: pl.DataFrame) -> dict[Object, Rows]:
    found: dict[Object, Rows] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault((row["kind"], row["id"]), []).append(row)
    return found


def _page(report: Report, subject: Object, objects: Objects, missing: tuple[str, ...]) -> str:
    kind, ident = subject
    name = _name(kind, objects.facts[subject])
    return render(
        "system.html",
        head=head(report, f"{ident} {name}", "system", "../", missing),
        kind=KINDS[kind],
        id=ident,
        name=name,
        contradictions=[row["text"] for row in objects.contradictions.get(subject, ())],
        gaps=_gaps(objects.gaps.get(subject, ())),
        sections=[_section(register, objects.facts[subject], objects) for register in _SECTIONS[kind]],
    )


def _name(kind: str, own: Rows) -> str:
    """The first line of its own register."""
    return next((row["text"] for row in own if row["label"] == KINDS[kind] and row["place"] == 1), "")


def _section(register: str, own: Rows, objects: Objects) -> Section:
    called = sv.register_name(register)
    lines = [(_linked(row, objects.names), row["text"]) for row in own if row["register"] == register]
    absent = objects.absent.get(register)
    return Section(
        sv.sentence(called), lines, f"{sv.sentence(called)} {absent}." if absent else f"Inget i {called} rör det."
    )


def _linked(row: Mapping[str, Any], names: Mapping[Object, str]) -> Markup | str:
    name = names.get((row["to_kind"], row["to_id"]))
    return link(name, row["label"]) if name else str(row["label"])


def _gaps(rows: Sequence[Mapping[str, Any]]) -> Table | None:
    if not rows:
        return None
    cells = [
        [link(f"../indikatorer/{row['indicator']}.html", f"{row['indicator']} {row['title']}"), row["key"],
         sv.sentence(row["reason"] or ""), row["opened"]]
        for row in rows
    ]  # fmt: skip
    columns = [Column("Indikator"), Column("Objekt", "kod"), Column("Vad som saknas", "fras"),
               Column("Öppen sedan", "dag")]  # fmt: skip
    return table("brister", sv.counted(len(cells), "öppen brist", "öppna brister"), columns, cells)


def _lines(objects: Objects) -> list[tuple[str, str, str, int, int]]:
    """A line of each, those with contradictions and gaps first."""
    found = [
        (
            ident, _name(kind, objects.facts[kind, ident]), KINDS[kind],
            len(objects.contradictions.get((kind, ident), ())), len(objects.gaps.get((kind, ident), ())),
        )
        for kind, ident in objects.names
    ]  # fmt: skip
    return sorted(found, key=lambda line: (-line[3], -line[4], line[2], line[0]))


def _list(lines: Sequence[tuple[str, str, str, int, int]], objects: Objects) -> Table:
    kinds = {words: kind for kind, words in KINDS.items()}
    rows = [[link(objects.names[kinds[line[2]], line[0]], line[0]), *line[1:]] for line in lines]
    columns = [Column("Id", "kod"), Column("Namn"), Column("Slag", choose=True), Column("Motsägelser", "tal"),
               Column("Brister", "tal")]  # fmt: skip
    caption = sv.counted(len(rows), "system eller behandling", "system och behandlingar")
    downloads = (Download(_LIST, _LIST),)
    return table("alla", caption, columns, rows, downloads, most_rows=max(len(rows), 1), most_bytes=200_000)
