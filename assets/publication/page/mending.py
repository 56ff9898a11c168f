"""atgarder.html: what to mend first, what several figures share, and the page of each unit."""

import polars as pl
from markupsafe import Markup

from assets.publication import sv
from assets.publication.output import OrganisationFolder
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.page.render import head, render
from assets.publication.page.way_to_green import is_followed, shared_table, ways_table
from assets.publication.report import Report
from assets.publication.units.names import FOLDER
from assets.publication.units.own import Unit, units_of


def write_mending(folder: OrganisationFolder) -> None:
    """Writes atgarder.html."""
    report = folder.report
    own_head = head(report, "Att åtgärda", "atgarder", missing=folder.missing)
    page = render(
        "atgarder.html",
        head=own_head,
        sentence=_sentence(report),
        unknown=_unknown(report),
        ways=ways_table(report.tables.way_to_green) if report.tables.way_to_green.height else None,
        is_followed=is_followed(report.tables.way_to_green),
        shared=shared_table(report),
        units=units_table(units_of(report), linked=own_head.has_units),
        of_no_unit=_of_no_unit(report.tables.open_gaps),
    )
    (folder.path / "atgarder.html").write_text(page, encoding="utf-8", newline="\n")


def _sentence(report: Report) -> str:
    """How many gaps are open, those of protected persons with them."""
    gaps = report.tables.open_gaps
    hidden = sum(int(number) for number in gaps.filter(pl.col("gap_id").is_null())["label"])
    number = gaps.filter(pl.col("gap_id").is_not_null()).height + hidden
    if not number:
        return "Det finns inga öppna brister i det som går att mäta."
    indicators = sv.counted(gaps["indicator"].n_unique(), "indikator", "indikatorer")
    found = f"{sv.counted(number, 'öppen brist', 'öppna brister')} i {indicators}"
    if not hidden:
        return f"{found}."
    return f"{found}, varav {sv.integer(hidden)} inte visas eftersom de rör personer med skyddade uppgifter."


def _unknown(report: Report) -> str:
    """Whose gaps nobody knows, for there is no figure."""
    number = report.active.filter(pl.col("gap_list") & (pl.col("state") == "ej mätbar")).height
    if not number:
        return ""
    return f"{sv.counted(number, 'indikator', 'indikatorer')} går inte att mäta, så vad som brister där är inte känt."


def _of_no_unit(gaps: pl.DataFrame) -> int:
    return gaps.filter(pl.col("unit").is_null() & pl.col("gap_id").is_not_null()).height


def units_table(units: list[Unit], *, linked: bool) -> Table | None:
    """Every unit with its page, those with the most gaps first; None where there is none. `linked`: the units' files
    are there."""
    if not units:
        return None
    columns = (
        Column("Enhet"), Column("Namn"), Column("Öppna brister", "tal"), Column("Röda", "tal"), Column("Gula", "tal"),
        Column("Gröna", "tal"), Column("Att skicka"),
    )  # fmt: skip
    ordered = sorted(units, key=lambda unit: (-unit.gaps.height, unit.code))
    rows = [
        (
            unit.code,
            unit.name,
            unit.gaps.height,
            *map(unit.states, ("röd", "gul", "grön")),
            _files(unit) if linked else None,
        )
        for unit in ordered
    ]
    downloads = (Download("brister.csv", "brister.csv"), sheet("Per enhet"))
    caption = f"{sv.counted(len(rows), 'enhet', 'enheter')}, flest brister först"
    return table("enheterna", caption, columns, rows, downloads, 150_000, most_rows=1_000)


def _files(unit: Unit) -> Markup:
    """Ways to the unit's files, told apart for whoever hears the links alone."""
    return Markup(" ").join(
        Markup('<a href="{0}/{1}.{2}" aria-label="{3} för {4}">{3}</a>').format(
            FOLDER, unit.file, ending, word, unit.name
        )
        for ending, word in (("html", "Sida"), ("xlsx", "Excel"))
    )
