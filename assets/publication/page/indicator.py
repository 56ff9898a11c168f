"""What stands on the page of one indicator."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup, escape

from assets.publication import sv
from assets.publication.page import html_table, reason
from assets.publication.page.gaps import Listed, listed_by_indicator
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.report import Report
from assets.publication.sv import NBSP
from assets.publication.units.names import FOLDER, file_name, has_files
from assets.registers.vocabulary import IsoInput

Row = Mapping[str, Any]

_METHODS = {
    "share": "Andel i procent: de som är i ordning av alla som omfattas.",
    "count": "Antal.",
    "open": "Antal som inte är i ordning.",
}


@dataclass(frozen=True)
class Rows:
    """The report's lists, split by indicator once for all its pages."""

    parts: Mapping[str, pl.DataFrame]
    history: Mapping[str, pl.DataFrame]
    gaps: Mapping[str, Listed]
    not_measured: Mapping[str, Listed]
    closed: Mapping[str, pl.DataFrame]
    open_gaps: Mapping[str, pl.DataFrame]
    ways: Mapping[str, pl.DataFrame]


def split(report: Report) -> Rows:
    """The report's lists by indicator; an indicator without any row has no list."""
    own = report.tables
    return Rows(
        parts=_by_indicator(report.parts),
        history=_by_indicator(own.history),
        gaps=listed_by_indicator(own.gaps),
        not_measured=listed_by_indicator(own.not_measured),
        closed=_by_indicator(own.closed_gaps),
        open_gaps=_by_indicator(own.open_gaps),
        ways=_by_indicator(own.way_to_green),
    )


def _by_indicator(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    parts = rows.partition_by("indicator", as_dict=True, maintain_order=True)
    return {str(indicator): part for (indicator,), part in parts.items()}


def lines(report: Report) -> list[dict[str, Any]]:
    """The indicators in the catalogue's order. `part_target` is the target of each unit, or organisation: the same as
    the whole's, but that the city as a whole has none for a count."""
    found = report.tables.figures.with_columns(pl.col("target").alias("part_target"))
    if report.is_city:
        found = found.with_columns(pl.when(pl.col("kind") != "count").then("target").alias("target"))
    return found.to_dicts()


def facts(row: Row) -> dict[str, object]:
    """The indicator's figure and definition in words."""
    kind, value = row["kind"], row["value"]
    gaps = sv.counted(int(value), "brist", "brister") if kind == "open" and value is not None else None
    return {
        "id": row["indicator"],
        "title": row["title"],
        "area": row["area"],
        "value": gaps or sv.figure(kind, value),
        "has_value": value is not None,
        "parts": sv.base(kind, row["numerator"], row["denominator"]),
        "could_be": sv.could_be(kind, row["value"], row["lowest"], row["highest"]),
        "certain": bool(row["certain"]),
        "unknown": _unknown(row),
        "target": sv.target(kind, row["target"]),
        "law": row["law"],
        "state": html_table.state(row["state"]),
        "state_name": row["state"],
        "reason": reason.sentence(row),
        "not_measured": sv.integer(row["not_measured"]) if value is not None or row["not_measured"] else sv.NONE,
        "previous": sv.figure(kind, row["previous"]),
        "change": sv.change(kind, value, row["previous"]),
        "change_unit": "procentenheter" if kind == "share" else "",
        "source_date": sv.cell_text(row["source_date"]),
        "question": row["question"],
        "mend": row["mend"],
        "motive": sv.motive(row["motive"]),
        "iso": [f"{IsoInput(letter).words} ({letter})" for letter in row["iso"]],
        "method": _METHODS[kind],
        "rule": _rule(row),
        "needs": [sv.register_name(slug) for slug in row["needs"] or []],
        "first_day": row["first_day"].isoformat() if row["first_day"] else "",
        "gap_list": row["gap_list"],
        "setting": _setting(row),
    }  # fmt: skip


def _setting(row: Row) -> str:
    """What the installation has chosen in place of the product's own, in a sentence."""
    chosen = json.loads(row["setting"]) if row["setting"] else {}
    kind, parts = row["kind"], []
    if "target" in chosen:
        product = chosen["product_target"]
        of_product = f"produktens är {sv.target(kind, product)}" if product is not None else "produkten har inget"
        parts.append(f"Målet {sv.target(kind, chosen['target'])} är satt här; {of_product}.")
    if "title" in chosen:
        parts.append(f"I produkten heter den {chosen['product_title']}.")
    if "off" in chosen:
        parts.append("Frågan är avstängd här.")
    return " ".join(parts)


def _unknown(row: Row) -> str:
    """How many rows of the registers that the indicator needs could change its figure, were they in order."""
    counts = (
        (row["quarantined"], "rad i karantän", "rader i karantän"),
        (row["incomplete"], "rad med en cell som inte gick att läsa", "rader med en cell som inte gick att läsa"),
        (row["unmatched"], "rad med en hänvisning som inte pekar på något",
         "rader med hänvisningar som inte pekar på något"),
    )  # fmt: skip
    return sv.join_list([sv.counted(number, one, many) for number, one, many in counts if number])


def _rule(row: Row) -> str:
    """How the state follows from the value."""
    wanted = row["target"]
    if wanted is None:
        return "Inget mål: siffran är en upplysning."
    if row["kind"] != "share":
        return f"Grön vid {sv.target(row['kind'], wanted)}, annars röd."
    if row["law"]:
        return f"Lagkrav: grön vid {wanted}{NBSP}%, annars röd."
    return f"Grön från {wanted}{NBSP}%, gul ned till {wanted - 15}{NBSP}%, därunder röd."


def parts_table(row: Row, parts: pl.DataFrame | None, is_city: bool, linked: bool = False) -> Table | None:
    """Unit by unit, worst first; for the city organisation by organisation. None where no unit has a figure.
    `linked`: the units' own pages are there."""
    if parts is None:
        return None
    ordered = sorted(parts.to_dicts(), key=lambda part: _worst_first(row, part))
    rows = [
        [
            _unit(part["part"]) if linked else part["part"], part["part_name"],
            part["numerator"], part["denominator"],
            _figure(row["kind"], part), html_table.state(part["state"]), reason.sentence(part),
            part["not_measured"] or None,
        ]
        for part in ordered
    ]  # fmt: skip
    columns = [
        Column("Organisation" if is_city else "Enhet"), Column("Namn"),
        Column("Täljare" if row["kind"] == "share" else "Antal", "tal"), Column("Nämnare", "tal"),
        Column("Värde", "tal"), Column("Status", choose=True), Column("Orsak"), Column("Ej mätta", "tal"),
    ]  # fmt: skip
    columns, rows = _without_empty(columns, rows)
    caption = sv.counted(len(rows), *(("organisation", "organisationer") if is_city else ("enhet", "enheter")))
    file = f"indikatorer_per_{'organisation' if is_city else 'enhet'}.csv"
    downloads = (Download(f"../{file}", file), sheet("Per organisation" if is_city else "Per enhet", "../"))
    without_target = "lägst först" if row["kind"] == "share" else "flest först"
    order = without_target if row["part_target"] is None else "sämst först"
    return table("enheter", f"{caption}, {order}", columns, rows, downloads, most_bytes=50_000)


def _unit(code: str) -> str | Markup:
    """The unit, with the way to its own page where it has one."""
    return html_table.link(f"../{FOLDER}/{file_name(code)}.html", code) if has_files(code) else code


def _figure(kind: str, part: Row) -> Markup:
    """A unit's figure; its base stands in the columns beside it, and is said here where it is small."""
    few = kind == "share" and part["value"] is not None and 0 < (part["denominator"] or 0) < sv.FEW
    return escape(sv.figure(kind, part["value"])) + (
        Markup(' <span class="bas">litet underlag</span>') if few else ""
    )


def _without_empty(
    columns: Sequence[Column], rows: Sequence[Sequence[object]]
) -> tuple[list[Column], list[list[object]]]:
    """Without the columns in which no row has anything."""
    kept = [at for at in range(len(columns)) if any(row[at] not in (None, "") for row in rows)]
    return [columns[at] for at in kept], [[row[at] for at in kept] for row in rows]


def _worst_first(row: Row, part: Row) -> tuple[bool, float, int, str]:
    """Lowest share first, lowest count where more is wanted, most of anything else; where there is no value last."""
    value = part["value"]
    if value is None:
        return True, 0, 0, part["part"]
    lacking = (part["denominator"] or 0) - (part["numerator"] or 0)
    low_is_bad = row["kind"] == "share" or (row["kind"] == "count" and row["part_target"] is not None)
    return False, float(value) if low_is_bad else -float(value), -lacking, part["part"]
