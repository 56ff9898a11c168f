"""Files that sources claim, night by night: whose deliveries they are, what is in force, and what reads them anew."""

import gzip
import io
import zipfile
from datetime import date

import polars as pl
import pytest

from assets.intake.ingest import ingest
from assets.settings import DEFAULT_LIMITS
from tests.intake.delivered import REGISTERS
from tests.intake.places import FAR, Place
from tests.intake.sources.sourced import book

pytestmark = pytest.mark.slow

INCIDENTS = """
register = "personuppgiftsincidenter"
files = ["desk*.csv", "tele*.csv"]
[columns]
"Ärende-id" = "Nr"
"""
PORTAL = INCIDENTS.replace('"desk*.csv", "tele*.csv"', '"etjänst*"')
HEAD = (
    "Nr;Kännedom;Registrerad;Typ;Risk;Anmäld IMY;Skäl ej anmäld;Registrerade informerade;"
    "Åtgärd klar senast;Åtgärd klar;Status\n"
)
ROW = "{};2026-01-02 08:00;2026-01-02;Felutskick;Risk;;;;;;Öppen\n"
TRAINING = """
register = "utbildning"
files = ["kurs*.csv"]
[columns]
"Anställnings-id" = "A"
Kurskod = { file = 'kurs\\.(.+)\\.csv' }
Avsnitt = { constant = "1" }
Status = "T"
"Genomförd" = { constant = "" }
"""
SPLIT = (
    TRAINING.replace("[columns]", 'in = ["staden"]\n[columns]')
    + """
[organisation]
column = "Bolag"
values = { "Farsta*" = "farsta", "Enskede" = "enskede", "Järva" = "jarva" }
"""
)
ROWS = "A;T;Bolag\n1;Påbörjad;Farsta SDF\n2;Påbörjad;Enskede\n3;Påbörjad;Farsta\n"
CITY_ROWS = "A;T\n1;Påbörjad\n"


def incidents(*numbers: str) -> str:
    return HEAD + "".join(map(ROW.format, numbers))


def stood(place: Place, *organisations: str) -> list[tuple[object, ...]]:
    seen = place.deliveries(FAR, *organisations).filter(pl.col("status") != "saknas").sort("name", "source")
    return seen.select("name", "source", "status", "loaded").rows()


def ids(place: Place, register: str, column: str) -> list[list[str]]:
    return [rows[column].to_list() for rows in place.rows(register)]


def test_each_glob_is_a_sequence_and_so_is_what_no_source_reads(place: Place) -> None:
    place.configure(servicedesk=INCIDENTS, e_tjanst=PORTAL)
    place.deliver("desk_2026-10-01.csv", incidents("1"))
    place.deliver("desk_2026-11-01.csv", incidents("2"))
    place.deliver("tele_2026-09-01.csv", incidents("3"))
    place.deliver("ETJANST_2026-08-01.csv", incidents("4"))
    place.deliver("personuppgiftsincidenter_2026-07-01.csv", incidents("5").replace("Nr", "Ärende-id"))
    assert place.night() == 5
    assert stood(place) == [
        ("ETJANST_2026-08-01.csv", "e_tjanst", "i kraft", 1),
        ("desk_2026-10-01.csv", "servicedesk", "ersatt", 1),
        ("desk_2026-11-01.csv", "servicedesk", "i kraft", 1),
        ("personuppgiftsincidenter_2026-07-01.csv", None, "i kraft", 1),
        ("tele_2026-09-01.csv", "servicedesk", "i kraft", 1),
    ]
    assert place.night() == 0


@pytest.mark.parametrize(
    ("absent", "reason"),
    [
        (["Enhet"], None),
        (["Enhet", "Åtgärd klar"], "kolumnen Åtgärd klar som källan sägs sakna finns och läses"),
        (["Typ", "Åtgärd klar"], "kolumnerna Typ, Åtgärd klar som källan sägs sakna finns och läses"),
    ],
)
def test_a_column_that_is_there_though_its_source_lacks_it_is_said(
    place: Place, absent: list[str], reason: str | None
) -> None:
    place.configure(servicedesk=INCIDENTS.replace("[columns]", f"absent = {absent}\n[columns]"))
    place.deliver("desk_2026-10-01.csv", incidents("1"))
    place.deliver("desk_2026-10-02.csv", incidents("1"))
    place.night()
    found = (
        place.deliveries().filter(register="personuppgiftsincidenter").sort("name").select("status", "reason").rows()
    )
    assert found == [("i kraft", reason), ("upprepad", "samma innehåll som desk_2026-10-01.csv")]


def test_two_sources_of_one_register_may_not_claim_one_file(place: Place) -> None:
    place.configure(a=INCIDENTS, b=INCIDENTS)
    place.deliver("desk.csv", incidents("1"))
    place.deliver("tele.csv", incidents("1"))
    place.night()
    found = place.deliveries().filter(pl.col("status") != "saknas").select("name", "register", "status", "reason")
    assert found.sort("name").rows() == [
        (name, "personuppgiftsincidenter", "avvisad", "flera källor gör anspråk på filen: a, b")
        for name in ("desk.csv", "tele.csv")
    ]
    assert not list((place.archive.root / "raw").glob("??/*"))
    before = place.archive.receipts("farsta")
    place.night(2)
    assert place.archive.receipts("farsta").equals(before)


SHEETS = {
    "Objekt": [{"Objekt-id": "1", "Objekt": "Skola"}],
    "System": [{"System-id": name, "System": name, "Livscykel": "Drift"} for name in ("s", "t")],
}


def test_sources_of_different_registers_share_a_file(place: Place) -> None:
    objekt = 'register = "pm3_objekt"\nfiles = ["pm3*.xlsx"]\n[read]\nsheets = ["Objekt"]\n'
    place.configure(objekt=objekt, system=objekt.replace("pm3_objekt", "pm3_system").replace("Objekt", "System"))
    contracts = {name: [column.name for column in REGISTERS[f"pm3_{name.lower()}"].columns] for name in SHEETS}
    sheets = {
        name: [contracts[name], *([row.get(column, "") for column in contracts[name]] for row in rows)]
        for name, rows in SHEETS.items()
    }
    place.deliver("pm3_system_2026.xlsx", book(sheets))
    assert place.night() == 2
    assert [(source, loaded) for _, source, _, loaded in stood(place)] == [("objekt", 1), ("system", 2)]
    assert len(list((place.archive.root / "raw").glob("??/*"))) == 1


def test_one_file_becomes_each_organisations_delivery(place: Place) -> None:
    place.configure(larportal=SPLIT)
    place.deliver("kurs.A.csv", ROWS, folder="staden")
    assert place.night() == 3
    for organisation, loaded in (("farsta", 2), ("enskede", 1), ("jarva", 0)):
        assert stood(place, organisation) == [("kurs.A.csv", "larportal", "i kraft", loaded)]
    assert place.archive.receipts("staden").is_empty()
    assert len(list((place.archive.root / "raw").glob("??/*"))) == 1
    assert place.night() == 0


def test_an_organisation_that_is_not_named_refuses_the_file_for_all(place: Place) -> None:
    place.configure(larportal=SPLIT)
    place.deliver("kurs.A.csv", ROWS.replace("Enskede", "Hemligt AB"), folder="staden")
    place.night()
    for organisation in ("farsta", "enskede", "jarva"):
        (reason,) = place.deliveries(FAR, organisation).filter(pl.col("status") == "avvisad")["reason"]
        assert reason == "kolumnen Bolag nämner okända organisationer (1 stycken)"
    place.configure(larportal=SPLIT + 'others = "ignore"\n')
    assert place.night(2) == 3
    resolved = place.deliveries(FAR, "farsta").filter(pl.col("status") == "i kraft")
    assert resolved.select("loaded", "other_organisations").rows() == [(2, 1)]


def packed(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv").replace("_", "."), text)
    return target.getvalue()


def test_each_member_of_an_archive_is_a_delivery_of_its_own(place: Place) -> None:
    place.configure(kurser=TRAINING)
    content = packed(kurs_A_csv=CITY_ROWS, export__kurs_B_csv=CITY_ROWS, annat_csv="x")
    place.deliver("kurser_2026-11-02.zip", content)
    assert place.night() == 2
    resolved = place.deliveries().filter(pl.col("status") == "i kraft").sort("name")
    assert resolved.select("name", "delivered").rows() == [
        ("kurser_2026-11-02.zip/export/kurs.B.csv", date(2026, 11, 2)),
        ("kurser_2026-11-02.zip/kurs.A.csv", date(2026, 11, 2)),
    ]
    assert sorted(ids(place, "utbildning", "kurskod")) == [["A"], ["B"]]  # the same bytes under two names
    assert [status for status in place.statuses() if status[1] == "okänd"] == []
    assert place.night() == 0


def test_an_archive_in_which_nothing_is_claimed_fits_nothing(place: Place) -> None:
    place.configure(kurser=TRAINING)
    place.deliver("a.zip", packed(annat_csv="x"))
    place.deliver("b.zip", b"PK nothing")
    place.deliver("c.zip", packed(kurs_A_csv=CITY_ROWS)[:-5])
    place.night()
    found = place.deliveries().filter(pl.col("status") != "saknas").sort("name").select("name", "status", "reason")
    assert found.rows() == [
        ("a.zip", "okänd", "filen passar inget register"),
        ("b.zip", "okänd", "filen går inte att läsa"),
        ("c.zip", "okänd", "filen går inte att läsa"),
    ]


def test_a_member_that_cannot_be_unpacked_costs_itself_alone(place: Place) -> None:
    place.configure(kurser=TRAINING.replace("kurs*.csv", "kurs*"))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("kurs.A.csv", CITY_ROWS)
        archive.writestr("kurs.B.csv.gz", gzip.compress(CITY_ROWS.encode()))
    place.deliver("k.zip", target.getvalue())
    place.deliver("kurs.C.csv.gz", gzip.compress(CITY_ROWS.replace("1", "2").encode()))
    place.deliver("kurs.D.csv.gz", b"no gzip")
    assert place.night() == 2
    found = place.deliveries().filter(pl.col("status") != "saknas").sort("name").select("name", "status", "reason")
    assert found.rows() == [
        ("k.zip/kurs.A.csv", "i kraft", None),
        ("k.zip/kurs.B.csv.gz", "avvisad", "filen är packad i en packad fil"),
        ("kurs.C.csv.gz", "i kraft", None),
        ("kurs.D.csv.gz", "avvisad", "filen går inte att läsa"),
    ]


def test_a_changed_mapping_reads_anew_from_the_bytes(place: Place) -> None:
    place.configure(kurser=TRAINING)
    place.deliver("kurs.A.csv", CITY_ROWS)
    place.night()
    before = place.deliveries().filter(pl.col("status") == "i kraft")
    place.configure(kurser=TRAINING + '[values.Kurskod]\n"A" = "INFOSAK"\n')
    place.forget("../inbox")
    (place.inbox / "farsta").mkdir(parents=True)
    assert place.night(2) == 1
    after = place.deliveries().filter(pl.col("status") == "i kraft")
    assert (ids(place, "utbildning", "kurskod"), after["mapping"].to_list()) == (
        [["INFOSAK"]],
        [place.sources["kurser"].version],
    )
    assert before["mapping"].to_list() != after["mapping"].to_list()
    assert before["sha256"].to_list() == after["sha256"].to_list()


def test_a_file_is_its_sources_as_soon_as_one_claims_it_and_the_registers_again_afterwards(place: Place) -> None:
    place.deliver("utbildning_2026-10-01.csv", "Anställnings-id;Kurskod;Avsnitt;Status;Genomförd\n1;k;1;Påbörjad;\n")
    place.night()
    assert stood(place) == [("utbildning_2026-10-01.csv", None, "i kraft", 1)]
    source = 'register = "utbildning"\nfiles = ["utbildning*"]\n[values.Kurskod]\n"k" = "INFOSAK"\n'
    place.configure(portal=source)
    place.night(2)
    assert stood(place) == [("utbildning_2026-10-01.csv", "portal", "i kraft", 1)]
    assert ids(place, "utbildning", "kurskod") == [["INFOSAK"]]
    (place.config / "sources" / "portal.toml").unlink()
    place.night(3)
    assert stood(place) == [("utbildning_2026-10-01.csv", None, "i kraft", 1)]
    assert ids(place, "utbildning", "kurskod") == [["k"]]


def test_an_organisation_that_is_named_later_gets_what_is_archived(place: Place) -> None:
    place.configure(larportal=SPLIT.replace(', "Järva" = "jarva"', ""))
    place.deliver("kurs.A.csv", ROWS, folder="staden")
    place.night()
    assert stood(place, "jarva") == []
    place.configure(larportal=SPLIT)
    for path in (place.inbox / "staden").iterdir():
        path.unlink()
    assert place.night(2) == 3
    assert stood(place, "jarva") == [("kurs.A.csv", "larportal", "i kraft", 0)]
    receipts = place.archive.receipts("jarva")
    assert receipts.select("folder", "source").rows() == [("staden", "larportal")]


def test_the_runs_deliveries_say_their_source(place: Place) -> None:
    lookup = TRAINING.replace('= "A"', '= { from = "A", lookup = "personal.E-post" }', 1)
    place.configure(kurser=lookup.replace("[columns]", 'absent = ["Registrering"]\n[columns]'))
    place.deliver("kurs.A.csv", CITY_ROWS)
    place.deliver(
        "personal.csv", "Anställnings-id;Enhet;Roll;Anställd från;Anställd till;Chef från\nA;E;Chef;2020-01-01;;\n"
    )
    place.night()
    found = place.deliveries().filter(pl.col("status") == "i kraft").sort("name")
    assert found.select("source", "mapping", "lookups", "absent").rows() == [
        (
            "kurser",
            place.sources["kurser"].version,
            [{"column": "Anställnings-id", "target": "personal.E-post"}],
            ["Registrering"],
        ),
        (None, None, [], []),
    ]


@pytest.mark.parametrize("limits", [None, "default"])
def test_a_fault_of_one_source_costs_itself_alone(place: Place, limits: str | None) -> None:
    place.configure(kurser=TRAINING, kurser_sql="SELECT row, * EXCLUDE (row), CAST(A AS INTEGER) AS tal FROM raw")
    place.deliver("kurs.A.csv", CITY_ROWS)
    place.deliver("kurs.B.csv", CITY_ROWS.replace("1", "te0001@kommun.example"))
    day = date(2026, 11, 1)
    given = DEFAULT_LIMITS if limits else None
    ingest(place.inbox, place.archive, REGISTERS, day, limits=given, sources=place.sources)
    found = place.deliveries().filter(pl.col("status") != "saknas").sort("name").select("status", "reason")
    assert found.rows() == [
        ("i kraft", None),
        ("avvisad", "källan kurser: gör om en cell till något som den inte är: pröva try_cast eller try_strptime"),
    ]
