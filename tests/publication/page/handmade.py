"""Small reports made by hand: a night of one organisation, with whatever a test lays into it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from assets.publication.report import Report, Tables
from assets.registers.contract import CITY
from assets.settings import Run

B = date(2026, 11, 21)
MADE_AT = datetime(2026, 11, 21, 1, 3, tzinfo=UTC)
RUN = "20261121T020311-0123abcd"

_NUMBERS = {
    "numerator": pl.Int64, "denominator": pl.Int64, "value": pl.Float64, "state": pl.String, "reason": pl.String,
}  # fmt: skip
_WHY = {"reason_code": pl.String, "concerns": pl.List(pl.String), "first_day": pl.Date}
_FIGURE = {
    "organisation": pl.String, "indicator": pl.String, "title": pl.String, "area": pl.String, "kind": pl.String,
    "target": pl.Int32, "law": pl.Boolean, "needs": pl.List(pl.String), "gap_list": pl.Boolean,
    "motive": pl.String, "question": pl.String, "mend": pl.String, "iso": pl.List(pl.String),
    **_NUMBERS, **_WHY, "not_measured": pl.Int64,
    "previous": pl.Decimal(18, 1), "source_date": pl.Date, "lowest": pl.Float64, "highest": pl.Float64,
    "certain": pl.Boolean,
    "quarantined": pl.Int64, "incomplete": pl.Int64, "unmatched": pl.Int64, "setting": pl.String,
}  # fmt: skip
_PART = {"organisation": pl.String, "indicator": pl.String, **_NUMBERS, **_WHY, "not_measured": pl.Int64}
_UNIT = _PART | {
    "unit": pl.String, "unit_name": pl.String, "title": pl.String, "kind": pl.String, "law": pl.Boolean,
    "target": pl.Int32, "area": pl.String, "as_of": pl.Date, "measure": pl.String, "previous": pl.Decimal(18, 1),
    "source_date": pl.Date,
}  # fmt: skip
_HISTORY = {
    "as_of": pl.Date, "night": pl.Boolean, "run_kind": pl.String, "indicator": pl.String, "organisation": pl.String,
    **_NUMBERS,
}  # fmt: skip
_CHANGE = {
    "indicator": pl.String, "organisation": pl.String, "since": pl.String, "before": pl.Date,
    "value_before": pl.Float64, "state_before": pl.String, "value": pl.Float64, "state": pl.String,
    "changed": pl.Boolean, "numerator": pl.Int64, "denominator": pl.Int64, "numerator_before": pl.Int64,
    "denominator_before": pl.Int64,
}  # fmt: skip
_GAP = {
    "gap_id": pl.String, "indicator": pl.String, "organisation": pl.String, "unit": pl.String, "key": pl.String,
    "label": pl.String, "reason": pl.String, "opened": pl.Date, "age_days": pl.Int64, "delivery": pl.String,
    "row": pl.Int32,
}  # fmt: skip
_OPEN_GAP = _GAP | {
    "title": pl.String, "unit_name": pl.String, "mend": pl.String, "place": pl.Int64, "first": pl.Boolean,
    "shared": pl.String,
}  # fmt: skip
_WAY = {
    "organisation": pl.String, "indicator": pl.String, "title": pl.String, "as_of": pl.Date, "value": pl.Float64,
    "measure": pl.String, "target": pl.Int32, "state": pl.String, "law": pl.Boolean, "kind": pl.String,
    "gaps": pl.Int64, "to_close": pl.Int64, "days": pl.Int64, "closed": pl.Int64, "opened": pl.Int64,
    "green_on": pl.Date, "no_forecast": pl.String, "why": pl.String,
}  # fmt: skip
_PLACE = {
    "organisation": pl.String, "register": pl.String, "delivery": pl.String, "row": pl.Int32, "column": pl.String,
}  # fmt: skip
_CELL = ["value", "rule", "effect", "explanation", "source_heading"]
_DELIVERY = {
    "organisation": pl.String, "register": pl.String, "delivery": pl.String, "sha256": pl.String,
    "delivered": pl.Date, "confirmed": pl.Date, "rows_read": pl.Int64, "rows_loaded": pl.Int64,
    "rows_quarantined": pl.Int64, "duplicates": pl.Int64, "dropped_cells": pl.Int64, "status": pl.String,
    "reason": pl.String, "notes": pl.Int64, "unknown_columns": pl.Int64, "other_rows": pl.Int64,
    "other_organisations": pl.Int64, "source": pl.String, "dropped_characters": pl.Int64,
}  # fmt: skip
_REFUSED = {
    name: _DELIVERY[name] for name in ("organisation", "register", "delivery", "sha256", "delivered", "reason")
} | {"mend": pl.String}

_STATUS = {
    "organisation": pl.String, "register": pl.String, "newest": pl.Date, "age": pl.Int64, "status": pl.String,
    "reason": pl.String, "quarantined": pl.Int64,
}  # fmt: skip

_KINDS = {"organisation": pl.String, "incident_kind": pl.String, "incidents": pl.Int64}

_DUE = {"organisation": pl.String, "kind": pl.String, "key": pl.String, "label": pl.String, "due": pl.Date,
        "moment": pl.Datetime}  # fmt: skip

_OBJECT = {"organisation": pl.String, "kind": pl.String, "id": pl.String}
_FACT = _OBJECT | {
    "register": pl.String, "place": pl.Int32, "label": pl.String, "text": pl.String, "to_kind": pl.String,
    "to_id": pl.String, "delivery": pl.String, "row": pl.Int32,
}  # fmt: skip

Rows = Sequence[dict[str, Any]]


def indicator(ident: str = "UTB-01", **own: Any) -> dict[str, Any]:
    return {
        "organisation": "a", "indicator": ident, "title": "Utbildade", "area": "Utbildning", "kind": "share",
        "target": 100, "law": False, "needs": ["personal"], "gap_list": True, "motive": "S 2.2.3.2",
        "question": "Är alla utbildade?", "mend": "Gå kursen.", "iso": ["d2"],
        "numerator": 7, "denominator": 8, "value": 87.5, "state": "gul",
        "not_measured": 0,
        "source_date": date(2026, 10, 31),
    } | own  # fmt: skip


def gap(number: int, **own: Any) -> dict[str, Any]:
    return {
        "gap_id": f"UTB-01-{number:012}", "indicator": "UTB-01", "organisation": "a",
        "unit": f"E{number % 7}", "key": f"A{number:06}", "label": "Medarbetare", "reason": "saknar kurs",
        "opened": date(2026, 11, 1), "age_days": 20, "delivery": "personal.csv", "row": number + 2,
    } | own  # fmt: skip


def report(
    indicators: Rows = (), parts: Rows = (), history: Rows = (), changes: Rows = (), gaps: Rows = (),
    closed: Rows = (), due: Rows = (), deliveries: Rows = (), not_measured: Rows = (), organisation: str = "a",
    name: str = "A-förvaltningen", kind: Any = "nightly", made_at: datetime = MADE_AT,
    registers: Rows = (), open_gaps: Rows = (), ways: Rows = (), incident_kinds: Rows = (),
    facts: Rows = (), contradictions: Rows = (),
) -> Report:  # fmt: skip
    is_city = organisation == CITY
    tables = Tables(
        figures=pl.DataFrame(indicators, schema=_FIGURE),
        bounds=pl.DataFrame(schema={"organisation": pl.String}),
        figures_per_unit=pl.DataFrame([] if is_city else parts, schema=_UNIT),
        figures_per_organisation=pl.DataFrame(parts if is_city else [], schema=_PART),
        history=pl.DataFrame(history, schema=_HISTORY),
        changes=pl.DataFrame(changes, schema=_CHANGE),
        due=pl.DataFrame(due, schema=_DUE),
        gaps=pl.DataFrame(gaps, schema=_GAP),
        open_gaps=pl.DataFrame(open_gaps, schema=_OPEN_GAP),
        way_to_green=pl.DataFrame(ways, schema=_WAY),
        not_measured=pl.DataFrame(not_measured, schema=_GAP),
        closed_gaps=pl.DataFrame(closed, schema=_GAP | {"closed": pl.Date}),
        unmatched=pl.DataFrame(schema=_PLACE | {"value": pl.String, "target": pl.String}),
        doubles=pl.DataFrame(schema=_PLACE | {"key": pl.String, "holds_in": pl.String}),
        personal_numbers=pl.DataFrame(schema=_PLACE),
        quarantine=pl.DataFrame(schema=_PLACE | dict.fromkeys(_CELL, pl.String)),
        deliveries=pl.DataFrame(deliveries, schema=_DELIVERY),
        refused_deliveries=pl.DataFrame(schema=_REFUSED),
        register_status=pl.DataFrame(registers, schema=_STATUS),
        incident_kinds=pl.DataFrame(incident_kinds, schema=_KINDS),
        system_facts=pl.DataFrame(facts, schema=_FACT),
        system_contradictions=pl.DataFrame(contradictions, schema=_OBJECT | {"text": pl.String}),
    )
    return Report(organisation, name, Run(RUN, kind, B, B, B, Path("run")), made_at, tables, {"a": "A-förvaltningen"})


def alerts(*rows: tuple[str, str, str]) -> pl.DataFrame:
    names = ["Larm-id", "Slag", "Allvar", "Enhet", "Register", "Indikator", "Text", "Sedan", "Tillstånd"]
    made = [
        dict.fromkeys(names, "x") | {"Allvar": how, "Text": text, "Tillstånd": state} for how, text, state in rows
    ]
    return pl.DataFrame(made, schema=dict.fromkeys(names, pl.String))


def delivery(register: str | None, status: str, delivered: date | None, **own: Any) -> dict[str, Any]:
    name = f"{register}_{delivered}.csv"
    return {
        "organisation": "a", "register": register, "delivery": name, "delivered": delivered, "status": status
    } | own  # fmt: skip


def register(
    name: str, status: str, age: int | None, reason: str | None = None, quarantined: int = 0
) -> dict[str, Any]:
    newest = None if age is None else B - timedelta(days=age)
    return {
        "organisation": "a", "register": name, "newest": newest, "age": age, "status": status, "reason": reason,
        "quarantined": quarantined,
    }  # fmt: skip
