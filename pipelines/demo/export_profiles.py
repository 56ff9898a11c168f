"""The source systems' export profiles: how each spells its values and what kind of file it makes."""

from dataclasses import dataclass

from pipelines.demo.export_format import NBSP, Spelling
from pipelines.demo.write import Text, Workbook


@dataclass(frozen=True)
class ExportProfile:
    spelling: Spelling
    form: Text | Workbook


_TYPED = Spelling(typed=True)
SHEET = ExportProfile(_TYPED, Workbook())
"""A workbook with real dates and numbers. Unit codes become numbers too: a spreadsheet knows no codes."""

SHEET_WITH_LISTS = ExportProfile(_TYPED, Workbook(hidden="Listor"))

_STAFF = Spelling(dates=("%Y%m%d",), yes="J", no="N")
HR = ExportProfile(_STAFF, Text(encoding="cp1252"))
HR_RENEWED = ExportProfile(_STAFF, Text())

_PORTAL = Spelling(clock=" %H:%M:%S", empty="NULL")
PORTAL = ExportProfile(_PORTAL, Text("\t", "utf-16"))
PORTAL_REPORT = ExportProfile(_PORTAL, Text(",", "utf-8", quote_all=True))
"""The training portal: to the second, and its database shows through."""

DIARY = ExportProfile(Spelling(dates=("%d.%m.%Y",), clock=" %H.%M", yes="Sant", no="Falskt"), Text(encoding="cp1252"))

_MACHINE = Spelling(clock="T%H:%M", yes="1", no="0", list_mark="|")
MACHINE = ExportProfile(_MACHINE, Text(",", "utf-8"))
MACHINE_TABS = ExportProfile(_MACHINE, Text("\t"))

PROCUREMENT = ExportProfile(Spelling(dates=("%d/%m/%Y",), yes="Yes", no="No"), Text("|"))

_BY_HAND = Spelling(
    dates=("%Y-%m-%d", "%-d %b %Y", "%d/%m/%Y", "%-d %B %Y", "serial"),
    empty="–",
    padding=NBSP,
    thousands=NBSP,
)
HAND_KEPT_LIST = ExportProfile(_BY_HAND, Text())
HAND_KEPT_TABS = ExportProfile(_BY_HAND, Text("\t"))
HAND_KEPT_SHEET = ExportProfile(_BY_HAND, Workbook())
"""Kept by people: a new way to write a date in every row, and a thousand with a blank in it."""
