"""The pages of systems and records of processing: what every register knows of one, what is missing and what
can't all be true; and a list of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from markupsafe import Markup

from assets.publication import sv
from assets.publication.page.html_table import Column, Table, link, table
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
_NOT_HERE = {RegisterStatus.MISSING: "har inte kommit", RegisterStatus.NOT_USED: "används inte här"}


@dataclass(frozen=True)
class Section:
    """What one register says. `lines`: label and text. `empty`: the sentence that stands where there are none."""

    heading: str
    lines: Sequence[tuple[Markup | str, str]]
    empty: str


@dataclass(frozen=True)
class Objects:
    """The report's rows by object. `names`: the files of all pages. `gaps`: the open gaps whose row is one of those
    that a page shows."""

    names: Mapping[Object, str]
    facts: Mapping[Object, pl.DataFrame]
    gaps: Mapping[Object, pl.DataFrame]
    contradictions: Mapping[Object, pl.DataFrame]


def names_of(report: Report) -> dict[Object, str]:
    """The files of all pages, by object."""
    found: list[Object] = report.tables.system_facts.select("kind", "id").unique(maintain_order=True).rows()
    return page_names(found)


def write_systems(report: Report, folder: Path, missing: tuple[str, ...] = ()) -> None:
    """Writes the list of all and a page of each into the organisation's folder. `missing`: files that no page may
    lead to."""
    objects = _by_object(report)
    (folder / FOLDER).mkdir()
    for each, name in objects.names.items():
        (folder / FOLDER / name).write_text(_page(report, each, objects, missing), encoding="utf-8", newline="\n")
    index = render(
        "systemlista.html",
        head=head(report, "System och behandlingar", "system", "../", missing),
        list=_list(objects),
    )
    (folder / FOLDER / "index.html").write_text(index, encoding="utf-8", newline="\n")


def _by_object(report: Report) -> Objects:
    own = report.tables
    rows = own.system_facts.select("kind", "id", "delivery", "row").unique(maintain_order=True)
    gaps = (
        own.gaps.join(rows, on=["delivery", "row"], how="inner")
        .join(own.figures.select("indicator", "title"), on="indicator", how="left")
        .unique(["kind", "id", "gap_id"], maintain_order=True)
        .sort("opened", "indicator", "key")
    )
    tables = (own.system_facts, gaps, own.system_contradictions)
    return Objects(names_of(report), *(_split(each) for each in tables))


def _split(rows: pl.DataFrame) -> dict[Object, pl.DataFrame]:
    parts = rows.partition_by("kind", "id", as_dict=True, maintain_order=True)
    return {(str(kind), str(ident)): part for (kind, ident), part in parts.items()}


def _page(report: Report, each: Object, objects: Objects, missing: tuple[str, ...]) -> str:
    kind, ident = each
    own, contradictions = objects.facts[each], objects.contradictions.get(each)
    title = f"{ident} {_name(own)}"
    return render(
        "system.html",
        head=head(report, title, "system", "../", missing),
        kind=KINDS[kind],
        id=ident,
        name=_name(own),
        contradictions=[] if contradictions is None else contradictions["text"].to_list(),
        gaps=_gaps(objects.gaps.get(each)),
        sections=[_section(register, own, report, objects.names) for register in _SECTIONS[kind]],
    )


def _name(own: pl.DataFrame) -> str:
    """The first line of its own register."""
    names = own.filter(pl.col("label") == KINDS[own["kind"][0]], pl.col("place") == 1)["text"].to_list()
    return names[0] if names else ""


def _section(register: str, own: pl.DataFrame, report: Report, names: Mapping[Object, str]) -> Section:
    rows = own.filter(pl.col("register") == register).select("label", "text", "to_kind", "to_id").iter_rows()
    lines = [(_linked(label, names.get((kind, ident))), text) for label, text, kind, ident in rows]
    called = sv.register_name(register)
    status = report.tables.register_status.filter(pl.col("register") == register)["status"].to_list()
    absent = _NOT_HERE.get(RegisterStatus(status[0])) if status else None
    empty = f"{sv.sentence(called)} {absent}." if absent else f"Inget i {called} rör det."
    return Section(sv.sentence(called), lines, empty)


def _linked(label: str, name: str | None) -> Markup | str:
    return link(name, label) if name else label


def _gaps(rows: pl.DataFrame | None) -> Table | None:
    if rows is None:
        return None
    cells = [
        [link(f"../indikatorer/{row['indicator']}.html", f"{row['indicator']} {row['title']}"), row["key"],
         sv.sentence(row["reason"] or ""), row["opened"]]
        for row in rows.to_dicts()
    ]  # fmt: skip
    columns = [Column("Indikator"), Column("Objekt", "kod"), Column("Vad som saknas", "fras"),
               Column("Öppen sedan", "dag")]  # fmt: skip
    return table("brister", sv.counted(len(cells), "öppen brist", "öppna brister"), columns, cells)


def _list(objects: Objects) -> Table:
    """All of them, those with contradictions and gaps first."""
    rows: list[list[Any]] = [
        [
            link(name, each[1]), _name(objects.facts[each]), KINDS[each[0]],
            objects.contradictions[each].height if each in objects.contradictions else 0,
            objects.gaps[each].height if each in objects.gaps else 0,
        ]
        for each, name in objects.names.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[3], -row[4]))
    columns = [Column("Id", "kod"), Column("Namn"), Column("Slag", choose=True), Column("Motsägelser", "tal"),
               Column("Brister", "tal")]  # fmt: skip
    caption = sv.counted(len(rows), "system eller behandling", "system och behandlingar")
    return table("alla", caption, columns, rows, most_rows=len(rows) or 1, most_bytes=250_000)
