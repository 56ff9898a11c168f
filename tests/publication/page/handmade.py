"""Small pictures made by hand: a night of one organisation, with whatever a test lays into it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from assets.publication.report import Picture, Tables
from assets.settings import Run

B = date(2026, 11, 21)
MADE_AT = datetime(2026, 11, 21, 1, 3, tzinfo=UTC)
RUN = "20261121T020311-0123abcd"

_FIGURE = {
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "value": pl.Float64,
    "state": pl.String,
    "reason": pl.String,
}
_INDICATOR = {
    "organisation": pl.String, "indicator": pl.String, "title": pl.String, "area": pl.String, "kind": pl.String,
    "target": pl.Int32, "law": pl.Boolean, "first_day": pl.Date, "needs": pl.List(pl.String), "gap_list": pl.Boolean,
    "motive": pl.String, "question": pl.String, **_FIGURE, "not_measured": pl.Int64,
    "previous": pl.Decimal(18, 1), "source_date": pl.Date,
}  # fmt: skip
_PART = {
    "organisation": pl.String, "indicator": pl.String, "place": pl.String, "place_name": pl.String, **_FIGURE,
    "not_measured": pl.Int64,
}  # fmt: skip
_SERIES = {
    "as_of": pl.Date, "night": pl.Boolean, "indicator": pl.String, "organisation": pl.String, **_FIGURE
}  # fmt: skip
_CHANGE = {
    "indicator": pl.String, "organisation": pl.String, "since": pl.String, "before": pl.Date,
    "value_before": pl.Float64, "state_before": pl.String, "value": pl.Float64, "state": pl.String,
    "changed": pl.Boolean,
}  # fmt: skip
_ITEM = {
    "Brist-id": pl.String, "Indikator": pl.String, "Organisation": pl.String, "Enhet": pl.String,
    "Objekt": pl.String, "Benämning": pl.String, "Orsak": pl.String, "Öppen sedan": pl.Date, "Ålder dagar": pl.Int64,
    "Källfil": pl.String, "Källrad": pl.Int32,
}  # fmt: skip
_PLACE = {"Organisation": pl.String, "Register": pl.String, "Källfil": pl.String, "Källrad": pl.Int32}
_DELIVERY = {
    "Organisation": pl.String, "Register": pl.String, "Källfil": pl.String, "Sha256": pl.String, "Levererad": pl.Date,
    "Senast bekräftad": pl.Date, "Rader lästa": pl.Int64, "Rader inlästa": pl.Int64, "Rader i karantän": pl.Int64,
    "Dubbletter": pl.Int64, "Celler åtgärdade": pl.Int64, "Status": pl.String, "Orsak": pl.String,
}  # fmt: skip

Rows = Sequence[dict[str, Any]]


def indicator(ident: str = "UTB-01", **own: Any) -> dict[str, Any]:
    return {
        "organisation": "a", "indicator": ident, "title": "Utbildade", "area": "Utbildning", "kind": "share",
        "target": 100, "law": False, "needs": ["personal"], "gap_list": True, "motive": "S 2.2.3.2",
        "question": "Är alla utbildade?", "numerator": 7, "denominator": 8, "value": 87.5, "state": "gul",
        "not_measured": 0,
        "source_date": date(2026, 10, 31),
    } | own  # fmt: skip


def gap(number: int, **own: Any) -> dict[str, Any]:
    return {
        "list": "brist", "Brist-id": f"UTB-01-{number:012}", "Indikator": "UTB-01", "Organisation": "a",
        "Enhet": f"E{number % 7}", "Objekt": f"A{number:06}", "Benämning": "Medarbetare", "Orsak": "saknar kurs",
        "Öppen sedan": date(2026, 11, 1), "Ålder dagar": 20, "Källfil": "personal.csv", "Källrad": number + 2,
    } | own  # fmt: skip


def picture(
    indicators: Rows = (), parts: Rows = (), series: Rows = (), changes: Rows = (), gaps: Rows = (),
    closed: Rows = (), deliveries: Rows = (), organisation: str = "a", name: str = "A-förvaltningen",
    kind: Any = "nightly", made_at: datetime = MADE_AT,
) -> Picture:  # fmt: skip
    nothing = pl.DataFrame(schema={"Organisation": pl.String})
    tables = Tables(
        indicators=pl.DataFrame(indicators, schema=_INDICATOR),
        parts=pl.DataFrame(parts, schema=_PART),
        series=pl.DataFrame(series, schema=_SERIES),
        changes=pl.DataFrame(changes, schema=_CHANGE),
        due=nothing,
        by_organisation=pl.DataFrame(),
        figures=nothing,
        history=nothing,
        gaps=pl.DataFrame(gaps, schema={"list": pl.String} | _ITEM),
        closed=pl.DataFrame(closed, schema=_ITEM | {"Stängd": pl.Date}),
        unmatched=pl.DataFrame(schema=_PLACE | {"Kolumn": pl.String, "Värde": pl.String, "Pekar på": pl.String}),
        personal_numbers=pl.DataFrame(schema=_PLACE | {"Kolumn": pl.String}),
        quarantine=pl.DataFrame(
            schema=_PLACE | dict.fromkeys(["Kolumn", "Värde", "Regel", "Följd", "Förklaring"], pl.String)
        ),
        deliveries=pl.DataFrame(deliveries, schema=_DELIVERY),
    )
    return Picture(organisation, name, Run(RUN, kind, B, B, B, Path("run")), made_at, tables)


def alerts(*rows: tuple[str, str, str]) -> pl.DataFrame:
    names = ["Larm-id", "Slag", "Allvar", "Enhet", "Register", "Indikator", "Text", "Sedan", "Tillstånd"]
    made = [
        dict.fromkeys(names, "x") | {"Allvar": how, "Text": text, "Tillstånd": state} for how, text, state in rows
    ]
    return pl.DataFrame(made, schema=dict.fromkeys(names, pl.String))


def delivery(register: str | None, status: str, delivered: date | None, **own: Any) -> dict[str, Any]:
    name = f"{register}_{delivered}.csv"
    return {
        "Organisation": "a", "Register": register, "Källfil": name, "Levererad": delivered, "Status": status
    } | own  # fmt: skip
