"""The site of one organisation: its first page, one page per indicator, its deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from assets.publication.narrative import Note
from assets.publication.output import Output
from assets.publication.page import (
    changes,
    deliveries,
    gaps,
    in_short,
    indicator,
    matrix,
    overview,
    sidebar,
    trend,
    year_in_charts,
)
from assets.publication.page.page_names import links_by_id
from assets.publication.page.render import Head, head, render
from assets.publication.page.sidebar import Downloads
from assets.publication.page.system import names_of
from assets.publication.page.way_to_green import way_of
from assets.publication.report import Report


@dataclass(frozen=True)
class _Site:
    """What the pages of one organisation are made of. `missing`: the files that could not be written; `notes`: the
    dated notes, oldest first; `pages`: id of a system, or of a record of processing, → its page."""

    report: Report
    rows: indicator.Rows
    registers: Sequence[deliveries.Register]
    missing: tuple[str, ...]
    notes: Sequence[Note]
    pages: Mapping[str, str]

    def head(self, title: str, here: str, root: str = "") -> Head:
        return head(self.report, title, here, root, self.missing)


def write_site(
    report: Report,
    folder: Path,
    alerts: pl.DataFrame | None,
    remarks: Sequence[str],
    downloads: Downloads = (),
    failures: Mapping[Output, str] = MappingProxyType({}),
    notes: Sequence[Note] = (),
) -> None:
    """Writes the pages into the organisation's folder.

    `alerts`: larm.csv as it stands, None where there is none. `remarks`: sentences about the document. `downloads`:
    the files that lie in the folder. `failures`: output → why it could not be written.
    `notes`: the dated notes on indicators, oldest first.
    """
    missing = tuple(pattern for output in failures for pattern in output.files)
    pages = {} if report.is_city or "system/*.html" in missing else links_by_id(names_of(report))
    site = _Site(report, indicator.split(report), deliveries.by_register(report), missing, notes, pages)
    (folder / "indikatorer").mkdir()
    not_written = [f"{output.title} kunde inte skrivas: {reason}" for output, reason in failures.items()]
    _write(folder / "index.html", _first_page(site, alerts, remarks, downloads, not_written))
    _write(folder / "leveranser.html", _deliveries_page(site))
    lines = indicator.lines(report)
    for at, line in enumerate(lines):
        before, after = lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None
        page = _indicator_page(site, line, before, after)
        _write(folder / "indikatorer" / f"{line['indicator']}.html", page)


def _first_page(
    site: _Site,
    alerts: pl.DataFrame | None,
    remarks: Sequence[str],
    downloads: Downloads,
    not_written: Sequence[str],
) -> str:
    return render(
        "index.html",
        head=site.head("Översikt", "oversikt"),
        is_city=site.report.is_city,
        short=in_short.in_short(site.report, site.registers),
        unlocked=in_short.unlocked(site.report),
        states=overview.states(site.report.states),
        by_organisation=matrix.counts(site.report) if site.report.is_city else None,
        charts=year_in_charts.charts(site.report),
        changes=changes.changes(site.report),
        alerts=None if alerts is None else sidebar.alerts_of(alerts),
        registers=site.registers,
        unknown_files=deliveries.unknown_files(site.report),
        areas=overview.areas(site.report, site.rows),
        iso=overview.iso_words(site.report),
        inactive=overview.inactive(site.report),
        downloads=downloads,
        remarks=remarks,
        not_written=not_written,
    )


def _deliveries_page(site: _Site) -> str:
    return render(
        "leveranser.html",
        head=site.head("Leveranser", "leveranser"),
        registers=site.registers,
        calendar=year_in_charts.delivery_days(site.report),
        lists=deliveries.lists_of(site.report),
    )


def _indicator_page(
    site: _Site, line: Mapping[str, Any], before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> str:
    ident, rows, is_city = line["indicator"], site.rows, site.report.is_city
    history, tables = rows.history.get(ident), site.report.tables
    notes = [note for note in site.notes if note.indicator in (None, ident)]
    own_gaps = way = None
    if ident in rows.ways:
        way = way_of(rows.ways[ident].row(0, named=True), rows.open_gaps.get(ident, tables.open_gaps.clear()))
    if line["gap_list"] and not is_city:
        own_gaps = gaps.gaps_of(
            ident,
            rows.gaps.get(ident, gaps.Listed()),
            rows.not_measured.get(ident, gaps.Listed()),
            rows.closed.get(ident),
            site.pages,
        )
    head = site.head(f"{ident} {line['title']}", "indikator", root="../")
    return render(
        "indikator.html",
        head=head,
        own=indicator.facts(line),
        is_city=is_city,
        chart=trend.chart(line, history, notes),
        notes=notes,
        history=None if history is None else trend.history_table(line, history),
        parts=indicator.parts_table(line, rows.parts.get(ident), is_city, head.has_units),
        gaps=own_gaps,
        way=way,
        before=before,
        after=after,
    )


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")
