"""The site of one organisation: its first page, one page per indicator, its deliveries."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from assets.publication.page import changes, deliveries, gaps, indicator, overview, sidebar, trend
from assets.publication.page.render import TEMPLATES, head, render
from assets.publication.report import Picture


def write_site(
    picture: Picture,
    folder: Path,
    alerts: pl.DataFrame | None,
    remarks: Sequence[str],
    late_days: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Writes the pages into the organisation's folder.

    `alerts`: larm.csv as it stands, None where there is none. `remarks`: sentences about the document. `late_days`:
    per register how old its newest delivery may be, where that isn't the usual (Settings).
    """
    rows, registers = indicator.split(picture), deliveries.by_register(picture, late_days)
    (folder / "indikatorer").mkdir()
    _write(folder / "index.html", _first_page(picture, rows, alerts, remarks, registers))
    _write(
        folder / "leveranser.html",
        render(
            "leveranser.html",
            head=head(picture, "Leveranser", "leveranser"),
            registers=registers,
            lists=deliveries.lists_of(picture),
        ),
    )
    lines = indicator.lines(picture)
    for at, line in enumerate(lines):
        before, after = lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None
        page = _indicator_page(picture, rows, line, before, after)
        _write(folder / "indikatorer" / f"{line['indicator']}.html", page)
    for name in ("stil.css", "sida.js"):
        shutil.copyfile(TEMPLATES / name, folder / name)


def _first_page(
    picture: Picture,
    rows: indicator.Rows,
    alerts: pl.DataFrame | None,
    remarks: Sequence[str],
    registers: Sequence[deliveries.Register],
) -> str:
    return render(
        "index.html",
        head=head(picture, "Översikt", "oversikt"),
        states=overview.states(picture.states),
        changes=changes.changes(picture),
        alerts=None if alerts is None else sidebar.alerts_of(alerts),
        registers=registers,
        unknown_files=deliveries.unknown_files(picture),
        areas=overview.areas(picture, rows),
        downloads=sidebar.downloads(picture, alerts is not None),
        remarks=remarks,
    )


def _indicator_page(
    picture: Picture,
    rows: indicator.Rows,
    line: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> str:
    ident = line["indicator"]
    series = rows.series.get(ident)
    has_list = line["gap_list"] and not picture.is_city
    return render(
        "indikator.html",
        head=head(picture, f"{ident} {line['title']}", "indikator", root="../"),
        own=indicator.facts(line),
        is_city=picture.is_city,
        curve=trend.large_curve(line, series),
        history=None if series is None else trend.history_table(line, series),
        parts=indicator.parts_table(line, rows.parts.get(ident), picture.is_city),
        gaps=gaps.gaps_of(line, rows.gaps.get(ident), rows.closed.get(ident), picture.tables.gaps)
        if has_list
        else None,
        before=before,
        after=after,
    )


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")
