"""Which deliveries the figures rest on: by register on the first page, every one of them on leveranser.html."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.queries import report_query
from assets.publication.report import Report
from assets.publication.sv import counted, register_name, sentence
from assets.registers.vocabulary import RegisterStatus

_ORDER = tuple(RegisterStatus)
_LIST_BYTES = 60_000
_KINDS = {
    "Källfil": "fil",
    "Fil": "fil",
    "Gäller i": "fil",
    "Källrad": "tal",
    "Orsak": "fras",
    "Anmärkning": "fras",
    "Förklaring": "fras",
    "Så rättas den": "fras",
}


@dataclass(frozen=True)
class Register:
    """How a register stands on B: a row of sql/marts/register_status.sql, in words."""

    name: str
    state: str
    newest: date | None
    age: int | None
    remark: str
    quarantined: int


def by_register(report: Report) -> list[Register]:
    """Every register of the organisation's level, those that need something done first."""
    found = [
        Register(
            register_name(row["register"]),
            row["status"],
            row["newest"],
            row["age"],
            _remark(row["reason"] or ""),
            row["quarantined"] or 0,
        )
        for row in report.tables.register_status.to_dicts()
    ]
    return sorted(
        found,
        key=lambda register: (_ORDER.index(RegisterStatus(register.state)), -(register.age or 0), register.name),
    )


def _remark(text: str) -> str:
    """The text as a sentence; a file's name that it begins with stays as it is written."""
    return text if "." in text.partition(" ")[0] else sentence(text)


def unknown_files(report: Report) -> int:
    return report.tables.deliveries.filter(pl.col("status") == "okänd").height


def lists_of(report: Report) -> list[tuple[str, str, Table]]:
    """What stands on leveranser.html, as heading, what it is, and table."""
    own = report.tables
    found = [
        (
            "Avvisade filer",
            "Filer som inte gick att läsa in, de senaste först, och hur de rättas.",
            _list("avvisade", "fil", "filer", _headed("refused_deliveries", own.refused_deliveries)),
        ),
        (
            "Alla leveranser",
            "Varje fil som har setts, och vad det blev av den.",
            _list("leveranser", "fil eller saknat register", "filer och saknade register", _page_rows(own.deliveries),
                  Download("leveranser.csv", "leveranser.csv"), sheet("Leveranser")),
        ),
        (
            "Karantän",
            "Rader och celler i gällande leveranser som inte gick att läsa in.",
            _list("karantan", "rad eller cell", "rader och celler",
                  _headed("quarantine", own.quarantine).drop("Regel", strict=False),
                  Download("karantan.csv", "karantan.csv"), sheet("Karantän")),
        ),
        (
            "Dubbla källor",
            "Rader vars nyckel också finns i en annan källa av samma register; den senare leveransens rad gäller.",
            _list("dubbla-kallor", "rad", "rader", _headed("doubles", own.doubles),
                  Download("bristlistor/dubbla_kallor.csv", "dubbla_kallor.csv"), sheet("Dubbla källor")),
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


_NOTED = (
    ("duplicates", "dubblett", "dubbletter"),
    ("dropped_cells", "cell lämnad tom", "celler lämnade tomma"),
    ("notes", "notering", "noteringar"),
    ("unknown_columns", "okänd kolumn", "okända kolumner"),
    ("other_rows", "annan rad", "andra rader"),
    ("other_organisations", "rad om en annan organisation", "rader om andra organisationer"),
)
"""What is counted of a delivery beside its rows, as one and as several. The file has a column for each."""


def _page_rows(deliveries: pl.DataFrame) -> pl.DataFrame:
    """The deliveries in as few columns as a page has room for: what is rare stands in a remark."""
    counts = [
        pl.when(pl.col(name) > 0).then(
            pl.format("{} {}", pl.col(name), pl.when(pl.col(name) == 1).then(pl.lit(one)).otherwise(pl.lit(many)))
        )
        for name, one, many in _NOTED
    ]
    return deliveries.select(
        Organisation="organisation",
        Register="register",
        Fil="delivery",
        Levererad="delivered",
        Lästa="rows_read",
        Inlästa="rows_loaded",
        **{"I karantän": "rows_quarantined"},
        Status="status",
        Anmärkning=pl.concat_str(
            "reason", pl.format("bekräftad {}", "confirmed"), *counts, separator="; ", ignore_nulls=True
        ),
    )


def _headed(query: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as the workbook has them, without the columns that none of them has anything in."""
    found = report_query(query).for_sheet(rows)
    return found.select(
        name for name in found.columns if name == "Organisation" or found[name].null_count() < found.height
    )


def _list(ident: str, one: str, many: str, rows: pl.DataFrame, *downloads: Download) -> Table:
    own = rows.drop("Organisation", strict=False)
    if "Register" in own.columns:
        slugs = own["Register"].unique().drop_nulls()
        own = own.with_columns(pl.col("Register").replace({slug: sentence(register_name(slug)) for slug in slugs}))
    columns = [
        Column(name, _kind(name, dtype), choose=name in ("Register", "Status")) for name, dtype in own.schema.items()
    ]
    return table(ident, counted(rows.height, one, many), columns, own.rows(), downloads, _LIST_BYTES)


def _kind(name: str, dtype: pl.DataType) -> str:
    if own := _KINDS.get(name):
        return own
    return "tal" if dtype.is_numeric() else "dag" if dtype == pl.Date else "text"
