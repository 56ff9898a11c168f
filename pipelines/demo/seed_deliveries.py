"""The files of the registers that stand in `seeds/`, the organisation's and the city's.

Of a snapshot register the newest file is the one in force; the older ones are there to be replaced.
"""

from dataclasses import replace
from datetime import date

from pipelines.demo import export_profiles
from pipelines.demo.delivery import TITLED_AND_COUNTED, Delivery
from pipelines.demo.export_format import Frame
from pipelines.demo.rows import Row, seed_rows, up_to


def seed_deliveries() -> list[Delivery]:
    return [
        *_incidents(seed_rows("personuppgiftsincidenter")),
        *_systems(seed_rows("pub_avtal")),
        *_information(seed_rows("klassningar")),
        *_governance(seed_rows("vor_indikatorer")),
        *_management(seed_rows("fortroendevalda")),
        *_from_the_city(),
    ]


def _incidents(rows: list[Row]) -> list[Delivery]:
    """The register of breaches runs on into November: the review must not count what came after October."""
    to_september = up_to(rows, "Registrerad", date(2023, 9, 29))
    colons = Frame(heading="{}:")
    messy = replace(TITLED_AND_COUNTED, synonym=1, again_every=20, twice=(12,))
    name = "personuppgiftsincidenter"
    return [
        Delivery(name, "personuppgiftsincidenter_2023-09-29.csv", to_september, export_profiles.DIARY, colons),
        Delivery(name, "Personuppgiftsincidenter_2023-11-17.xlsx", rows, export_profiles.HAND_KEPT_SHEET, messy),
        Delivery(
            "nis_incidenter", "nis_incidenter_2023-11-17.csv", seed_rows("nis_incidenter"), export_profiles.DIARY
        ),
    ]


def _systems(agreements: list[Row]) -> list[Delivery]:
    """The newest list of agreements was sent without a column: it is refused, and August's stays."""
    objects, systems, bought = seed_rows("pm3_objekt"), seed_rows("pm3_system"), seed_rows("upphandlingar")
    pm3 = Frame(titles=(("PM3", "Farsta"),), extra=(("Skapad av", "Petra Sund"),))
    hasty, other_words = Frame(without=("Gäller till",)), Frame(synonym=1)
    return [
        Delivery("pm3_objekt", "pm3_objekt_2023-11-15.csv", objects, export_profiles.MACHINE_TABS, pm3),
        Delivery("pm3_system", "pm3_system_2023-11-15.xlsx", systems, export_profiles.SHEET, pm3),
        Delivery("pub_avtal", "pub_avtal_2023-08-31.csv", agreements, export_profiles.HAND_KEPT_LIST),
        Delivery("pub_avtal", "pub_avtal_2023-11-06.csv", agreements, export_profiles.HAND_KEPT_LIST, hasty),
        Delivery("upphandlingar", "upphandlingar_2023-11-14.csv", bought, export_profiles.PROCUREMENT, other_words),
    ]


def _information(classified: list[Row]) -> list[Delivery]:
    half_year = up_to(classified, "Genomförd", date(2023, 6, 30))
    assets = seed_rows("informationstillgangar")
    listed = replace(TITLED_AND_COUNTED, synonym=1, twice=(7,))
    short = Frame(synonym=1, without=("KLASSA-version",))
    name = "informationstillgangar"
    return [
        Delivery(name, "Informationstillgångar_2023-10-20.xlsx", assets, export_profiles.HAND_KEPT_SHEET, listed),
        Delivery("klassningar", "klassningar_2023-06-30.csv", half_year, export_profiles.MACHINE, short),
        Delivery("klassningar", "KLASSNINGAR_2023-11-02.csv", classified, export_profiles.MACHINE),
    ]


def _governance(judged: list[Row]) -> list[Delivery]:
    """The last file is dated after the review: known now, but not known then."""
    judged_later = [*judged[:-1], judged[-1] | {"Bedömning": "Godtagbar"}]
    plan = Frame(heading=" {} *", titles=(("Treårsplan",), ()))
    routines, checks, advice = seed_rows("styrdokument"), seed_rows("internkontroll"), seed_rows("revision")
    return [
        Delivery("styrdokument", "styrdokument_2023-11-01.tsv", routines, export_profiles.HAND_KEPT_TABS),
        Delivery(
            "handlingsplan", "Handlingsplan_2023-11-14.xlsx", seed_rows("handlingsplan"), export_profiles.SHEET, plan
        ),
        Delivery("internkontroll", "internkontroll_2023-11-01.csv", checks, export_profiles.DIARY),
        Delivery("revision", "revision_2023-10-12.csv", advice, export_profiles.PORTAL_REPORT),
        Delivery("vor_indikatorer", "vor_indikatorer_2023-11-08.xlsx", judged, export_profiles.SHEET),
        Delivery("vor_indikatorer", "vor_indikatorer_2024-01-15.xlsx", judged_later, export_profiles.SHEET),
    ]


def _management(members: list[Row]) -> list[Delivery]:
    risks, decisions, requests = seed_rows("risker"), seed_rows("beslut"), seed_rows("begaran")
    titled = Frame(synonym=1, titles=(("Riskregister", "Farsta"), ()))
    colons = Frame(heading="{}:")
    return [
        Delivery("risker", "Risker_2023-10-25.xlsx", risks, export_profiles.HAND_KEPT_SHEET, titled),
        Delivery("beslut", "beslut_2023-11-14.csv", decisions, export_profiles.HAND_KEPT_LIST),
        Delivery("begaran", "Begäran_2023-11-17.csv", requests, export_profiles.DIARY, colons),
        Delivery("fortroendevalda", "förtroendevalda_2023-11-01.csv", members, export_profiles.HR),
    ]


def _from_the_city() -> list[Delivery]:
    required, kinds, outlook = (
        seed_rows("utbildningskrav"),
        seed_rows("behandlingskatalog"),
        seed_rows("omvarldsbevakning"),
    )
    other_words = Frame(synonym=1)
    return [
        Delivery("utbildningskrav", "utbildningskrav_2023-10-31.csv", required, export_profiles.PORTAL, other_words),
        Delivery("behandlingskatalog", "behandlingskatalog_2023-09-29.xlsx", kinds, export_profiles.SHEET),
        Delivery("omvarldsbevakning", "Omvärldsbevakning_2023-10-31.csv", outlook, export_profiles.HAND_KEPT_LIST),
    ]
