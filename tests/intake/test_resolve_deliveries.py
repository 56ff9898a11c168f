"""The deliveries of one night: every file seen and every register missed, of every organisation there is."""

from datetime import date

import polars as pl
import pytest

from assets.intake import resolve_deliveries
from assets.intake.require_inbox import InboxUnavailable
from assets.registers.contract import CITY
from tests.intake.delivered import REGISTERS
from tests.intake.places import FAR, Place

VOR = "Indikator;År;Bedömning\n{};2025;Delvis\n"
CITY_LEVEL = {name for name, register in REGISTERS.items() if register.level == "city"}


def take(place: Place, known_at: date = FAR) -> pl.DataFrame:
    target = place.archive.root.parent / f"{known_at}" / "deliveries.parquet"
    resolve_deliveries.resolve_deliveries(place.inbox, place.archive, REGISTERS, date(2026, 11, 1), known_at, target)
    return pl.read_parquet(target)


def test_an_organisation_is_a_folder_or_archived_deliveries(place: Place) -> None:
    place.deliver("vor_indikatorer_2026-10-31.csv", VOR.format("A"), folder="gone")
    take(place, date(2026, 10, 1))
    (place.inbox / "gone" / "vor_indikatorer_2026-10-31.csv").unlink()
    (place.inbox / "gone").rmdir()
    (place.inbox / "empty").mkdir()
    (place.inbox / CITY).mkdir()
    found = take(place)
    organisations = pl.read_parquet(place.archive.root.parent / f"{FAR}" / "organisations.parquet")
    assert organisations["organisation"].to_list() == ["empty", "gone"]
    assert set(found["organisation"]) == {"empty", "gone", CITY}
    assert found.filter(organisation="gone", status="i kraft").height == 1


def test_without_an_inbox_no_night_says_that_nobody_delivers(place: Place) -> None:
    place.inbox.rmdir()
    with pytest.raises(InboxUnavailable):
        take(place)
    place.inbox.mkdir()
    found = take(place)
    assert (set(found["organisation"]), set(found["status"])) == ({CITY}, {"saknas"})
    assert set(found["register"]) == CITY_LEVEL


def test_a_row_for_every_register_of_the_level_without_any_file(place: Place) -> None:
    place.deliver("vor_indikatorer_2026-10-31.csv", VOR.format("A"))
    place.deliver("personal_2026-10-31.csv", "trasig")
    place.deliver("enheter_2026-12-31.csv", "Enhet;Verksamhet\nE1;Förskola\n")
    place.deliver("utbildningskrav_2026-10-31.csv", "fel mapp")
    found = take(place, date(2026, 11, 1))
    statuses = {
        (row["register"], row["name"]): row["status"] for row in found.filter(organisation="farsta").to_dicts()
    }
    missing = {register for (register, _), status in statuses.items() if status == "saknas"}
    assert missing == set(REGISTERS) - CITY_LEVEL - {"vor_indikatorer", "personal", "enheter"}
    assert {name: status for (_, name), status in statuses.items() if name} == {
        "vor_indikatorer_2026-10-31.csv": "i kraft", "personal_2026-10-31.csv": "avvisad",
        "enheter_2026-12-31.csv": "framtida", "utbildningskrav_2026-10-31.csv": "okänd",
    }  # fmt: skip
    assert set(found.filter(organisation=CITY)["register"]) == CITY_LEVEL


def test_what_is_told_of_each_kind(place: Place) -> None:
    for name, content in {
        "vor_indikatorer_2026-10-01.csv": VOR.format("A"), "vor_indikatorer_2026-10-02.csv": VOR.format("B"),
        "vor_indikatorer_igen_2026-10-03.csv": VOR.format("B"), "vor_indikatorer_2026-10-04.csv": "Indikator;År\n",
        "vor_indikatorer_2026-10-05.csv": "", "vor_indikatorer_2026-10-06.txt": "Hej", "okänt_2026-10-07.csv": "x",
        "okänt.csv": "y", "vor_indikatorer_2026-12-01.csv": VOR.format("C"),
    }.items():  # fmt: skip
        place.deliver(name, content)
    found = take(place, date(2026, 11, 1)).filter(pl.col("name").is_not_null())
    statuses = {
        row[0]: tuple(map(str, row[1:]))
        for row in found.select("name", "status", "reason", "delivered", "confirmed").rows()
    }
    assert statuses == {
        "vor_indikatorer_2026-10-01.csv": ("ersatt", "None", "2026-10-01", "None"),
        "vor_indikatorer_2026-10-02.csv": ("i kraft", "None", "2026-10-02", "2026-10-03"),
        "vor_indikatorer_igen_2026-10-03.csv": (
            "upprepad", "samma innehåll som vor_indikatorer_2026-10-02.csv", "2026-10-03", "None",
        ),
        "vor_indikatorer_2026-10-04.csv": ("avvisad", "kolumnen Bedömning saknas", "2026-10-04", "None"),
        "vor_indikatorer_2026-10-05.csv": ("avvisad", "filen är tom", "2026-10-05", "None"),
        "vor_indikatorer_2026-10-06.txt": ("avvisad", "ingen rubrikrad", "2026-10-06", "None"),
        "okänt_2026-10-07.csv": ("okänd", "filen passar inget register", "2026-10-07", "None"),
        "okänt.csv": ("okänd", "filen passar inget register", "None", "None"),
        "vor_indikatorer_2026-12-01.csv": ("framtida", "daterad efter K", "2026-12-01", "None"),
    }  # fmt: skip


def test_only_headings_is_in_force_with_no_rows_and_the_next_confirms_it(place: Place) -> None:
    place.deliver("vor_indikatorer_2026-10-01.csv", "Indikator;År;Bedömning\n")
    place.deliver("vor_indikatorer_2026-10-02.csv", "Indikator;År;Bedömning\n")
    found = take(place).filter(register="vor_indikatorer").sort("position")
    assert found.select("status", "read", "loaded").rows() == [("i kraft", 0, 0), ("upprepad", None, None)]
    assert place.rows("vor_indikatorer")[0].height == 0


def test_a_stock_that_is_there_is_not_taken_again(place: Place) -> None:
    first = take(place)
    place.deliver("vor_indikatorer_2026-10-31.csv", VOR.format("A"))
    assert take(place).equals(first)
    assert not (place.archive.root / "raw").exists()
