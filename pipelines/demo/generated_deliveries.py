"""The files of the registers that are generated, and of the units and sessions that go with them.

Of a snapshot register the newest file is the one in force; the older ones are there to be replaced.
"""

from dataclasses import replace
from datetime import date

from pipelines.demo import export_profiles
from pipelines.demo.delivery import COUNTED, TITLED_AND_COUNTED, Delivery
from pipelines.demo.export_format import Frame
from pipelines.demo.people import staff
from pipelines.demo.records import records
from pipelines.demo.rows import Row, after, seed_rows, up_to
from pipelines.demo.training import completions

GONE_SINCE_AUGUST = "FS11190"
"""A protected person who has left HR's list since. PM3 still names them, and no list may."""


def generated_deliveries() -> list[Delivery]:
    units = seed_rows("enheter")
    people = staff(units)
    return [
        *_organisation(units, people),
        *_completions(completions(people)),
        *_sessions(seed_rows("utbildningstillfallen")),
        *_records(records(units)),
    ]


def _organisation(units: list[Row], people: list[Row]) -> list[Delivery]:
    before = up_to(people, "Anställd från", date(2023, 8, 31))
    now = [person for person in people if person["Anställnings-id"] != GONE_SINCE_AUGUST]
    tree = Frame(synonym=1, titles=(("Organisationsträd",), ()), extra=(("Kommentar", ""),))
    old = Frame(extra=(("Befattning", "se lönesystemet"),))
    new = Frame(synonym=1, twice=(17, 600), note=COUNTED)
    return [
        Delivery("enheter", "Enheter_2023-10-31.xlsx", units, export_profiles.SHEET_WITH_LISTS, tree),
        Delivery("personal", "personal_2023-08-31.csv", before, export_profiles.HR, old),
        Delivery("personal", "Personal_HR-uttag_2023-11-01.csv", now, export_profiles.HR_RENEWED, new),
    ]


def _completions(rows: list[Row]) -> list[Delivery]:
    """Exports that add up. The last begins a little before the one before it ends, and was sent twice."""
    year_end, midsummer = date(2022, 12, 31), date(2023, 6, 30)
    spring = up_to(after(rows, "Genomförd", year_end), "Genomförd", midsummer)
    autumn = after(rows, "Genomförd", date(2023, 6, 20))
    twice = Frame(synonym=1, twice=(3, 40))
    last = Delivery("utbildning", "utbildning_2023-11-01.csv", autumn, export_profiles.PORTAL_REPORT, twice)
    first = up_to(rows, "Genomförd", year_end)
    return [
        Delivery("utbildning", "utbildning_2022-12-31.csv", first, export_profiles.PORTAL),
        Delivery("utbildning", "utbildning_2023-06-30.xlsx", spring, export_profiles.SHEET),
        last,
        replace(last, file="Utbildning_kopia_2023-11-08.csv"),
    ]


def _sessions(rows: list[Row]) -> list[Delivery]:
    summer = date(2023, 6, 30)
    spring, autumn = up_to(rows, "Datum", summer), after(rows, "Datum", summer)
    titled = Frame(synonym=1, titles=(("Tillfällen hösten 2023",),))
    return [
        Delivery("utbildningstillfallen", "utbildningstillfallen_2023-06-30.csv", spring, export_profiles.MACHINE),
        Delivery(
            "utbildningstillfallen", "Utbildningstillfällen_2023-11-03.xlsx", autumn, export_profiles.SHEET, titled
        ),
    ]


def _records(rows: list[Row]) -> list[Delivery]:
    half_year = up_to(rows, "Senast inventerad", date(2023, 6, 15))
    new = replace(TITLED_AND_COUNTED, synonym=1, again_every=60, twice=(30,))
    name, assessed = "registerforteckning", seed_rows("konsekvensbedomningar")
    return [
        Delivery(name, "registerforteckning_2023-06-15.csv", half_year, export_profiles.DIARY),
        Delivery(name, "Registerförteckning_2023-10-30.xlsx", rows, export_profiles.SHEET, new),
        Delivery("konsekvensbedomningar", "Konsekvensbedömningar_2023-11-15.csv", assessed, export_profiles.HR),
    ]
