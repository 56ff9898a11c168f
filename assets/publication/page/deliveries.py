"""Which deliveries the figures rest on: by register on the first page, every one of them on leveranser.html."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.queries import report_query
from assets.publication.report import Report
from assets.publication.sv import counted, register_name, whole_number
from assets.settings import DEFAULT_LATE_AFTER_DAYS

WITH_REMARK = "i kraft med anmärkning"
_ORDER = ("saknas", "avvisad", "sen", WITH_REMARK, "i kraft")
_LIST_BYTES = 60_000
_KINDS = {"Register": "kod", "Källfil": "fil", "Orsak": "fras", "Förklaring": "fras"}


@dataclass(frozen=True)
class Register:
    """What is in force of a register at B. `state`: saknas (nothing), avvisad (something in force, the newest was
    refused), sen (too old), i kraft med anmärkning (rows of it stand in quarantine) or i kraft."""

    name: str
    state: str
    newest: date | None
    age: int | None
    remark: str


def by_register(report: Report, late_days: Mapping[str, int]) -> list[Register]:
    """Every register of the organisation's level, those that need something done first."""
    known = report.tables.deliveries.filter(pl.col("register").is_not_null())
    found = [
        _register(register_name(str(name)), rows, report.run.as_of, late_days.get(str(name), DEFAULT_LATE_AFTER_DAYS))
        for (name,), rows in known.group_by(["register"], maintain_order=True)
    ]
    return sorted(found, key=lambda register: (_ORDER.index(register.state), -(register.age or 0), register.name))


def _register(name: str, rows: pl.DataFrame, as_of: date, late_after: int) -> Register:
    day = pl.coalesce("confirmed", "delivered")
    in_force = rows.filter(pl.col("status") == "i kraft")
    valid = in_force.select(day.max()).item()
    refused = rows.filter(pl.col("status") == "avvisad").sort("delivered", nulls_last=False).tail(1)
    fault = f"{refused['delivery'][0]}: {refused['reason'][0]}" if refused.height else ""
    if valid is None:
        return Register(name, "saknas", None, None, f"Avvisad: {fault}" if fault else "Ingen leverans gäller")
    age = (as_of - valid).days
    if refused.height and (refused["delivered"][0] is None or refused["delivered"][0] >= valid):
        return Register(name, "avvisad", valid, age, f"{fault}. Den förra leveransen gäller")
    if age > late_after:
        return Register(name, "sen", valid, age, f"Äldre än {counted(late_after, 'dag', 'dagar')}")
    read, quarantined = (int(in_force[name].sum()) for name in ("rows_read", "rows_quarantined"))
    if quarantined:
        remark = f"{counted(quarantined, 'rad', 'rader')} av {whole_number(read)} i karantän"
        return Register(name, WITH_REMARK, valid, age, remark)
    return Register(name, "i kraft", valid, age, "")


def unknown_files(report: Report) -> int:
    return report.tables.deliveries.filter(pl.col("status") == "okänd").height


def lists_of(report: Report) -> list[tuple[str, str, Table]]:
    """What stands on leveranser.html, as heading, what it is, and table."""
    own = report.tables
    found = [
        (
            "Alla leveranser",
            "Varje fil som har setts, och vad det blev av den.",
            _list("leveranser", "fil eller saknat register", "filer och saknade register",
                  _headed("deliveries", own.deliveries).drop("Sha256"),
                  Download("leveranser.csv", "leveranser.csv"), sheet("Leveranser")),
        ),
        (
            "Karantän",
            "Rader och celler i gällande leveranser som inte gick att läsa in.",
            _list("karantan", "rad eller cell", "rader och celler", _headed("quarantine", own.quarantine),
                  Download("karantan.csv", "karantan.csv"), sheet("Karantän")),
        ),
    ]  # fmt: skip
    if report.is_city:
        return found
    return [
        *found,
        (
            "Omatchade hänvisningar",
            "Värden som pekar på något som inte finns i det register som de hänvisar till.",
            _list("omatchade", "hänvisning", "hänvisningar", _headed("unmatched", own.unmatched),
                  Download("bristlistor/omatchade.csv", "omatchade.csv"), sheet("Omatchade")),
        ),
        (
            "Personnummer i fritext",
            "Ställen där ett personnummer har tagits bort ur en text. Numret självt finns inte kvar någonstans här.",
            _list("personnummer", "ställe", "ställen", _headed("personal_numbers", own.personal_numbers),
                  Download("bristlistor/personnummer_i_fritext.csv", "personnummer_i_fritext.csv"),
                  sheet("Personnummer")),
        ),
    ]  # fmt: skip


def _headed(query: str, rows: pl.DataFrame) -> pl.DataFrame:
    return report_query(query).for_sheet(rows)


def _list(ident: str, one: str, many: str, rows: pl.DataFrame, *downloads: Download) -> Table:
    own = rows.drop("Organisation")
    columns = [
        Column(name, _kind(name, dtype), choose=name in ("Register", "Status")) for name, dtype in own.schema.items()
    ]
    return table(ident, counted(rows.height, one, many), columns, own.rows(), downloads, _LIST_BYTES)


def _kind(name: str, dtype: pl.DataType) -> str:
    if own := _KINDS.get(name):
        return own
    return "tal" if dtype.is_numeric() else "dag" if dtype == pl.Date else "text"
