"""From the inbox to what is in force: names, dates, arrivals, and what each delivery is for a K."""

import hashlib
import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assets.intake import inbox, inbox_names
from assets.intake.archive import Archive
from assets.intake.deliveries import deliveries
from assets.intake.ingest import ingest
from assets.registers.contract import CITY
from tests.intake.delivered import REGISTERS

HEADINGS = "Indikator;År;Bedömning\n"
LATE = date(2030, 1, 1)


class Place:
    """An inbox with one organisation, landed night by night."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.archive = folder / "inbox", Archive(folder / "archive")
        (self.inbox / "farsta").mkdir(parents=True)

    def deliver(self, name: str, rows: str, mtime: int | None = None, folder: str = "farsta") -> None:
        path = self.inbox / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(rows, encoding="utf-8")
        if mtime:
            os.utime(path, (mtime, mtime))

    def night(self, day: int = 1) -> int:
        return ingest(self.inbox, self.archive, REGISTERS, date(2026, 1, day), limits=None)

    def standing(self, known_at: date = LATE, register: str = "vor_indikatorer") -> list[tuple[str, str, str, str]]:
        found = deliveries(self.archive, REGISTERS, ["farsta"], known_at).filter(
            register=register, organisation="farsta"
        )
        rows = found.select(
            "name", pl.col("delivered").cast(pl.String), pl.col("confirmed").cast(pl.String), "status"
        )
        return [tuple(cell or "" for cell in row) for row in rows.rows()]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def vor(name: str) -> str:
    return f"{HEADINGS}{name};2025;Delvis\n"


@pytest.mark.parametrize(
    ("name", "register"),
    [
        ("Registerförteckning_2023-10-31.xlsx", "registerforteckning"),
        ("REGISTERFORTECKNING.CSV", "registerforteckning"),
        ("registerfo\u0308rteckning_x.ods", "registerforteckning"),
        ("utbildning_2023.txt", "utbildning"),
        ("utbildningstillfällen_2023.tsv", "utbildningstillfallen"),
        ("pm3_system_uttag_2023-01-01.xls", "pm3_system"),
        ("utbildningar_2026-10-31.csv", None),
        ("personal 2023.csv", "personal"),
        ("personal.pdf", None),
        ("utbildningskrav_2023-10-31.csv", None),
    ],
)
def test_the_name_tells_the_register(name: str, register: str | None) -> None:
    assert inbox_names.match_register(name, "farsta", REGISTERS) == register


def test_city_registers_stand_only_in_staden() -> None:
    assert inbox_names.match_register("utbildningskrav.csv", CITY, REGISTERS) == "utbildningskrav"
    assert inbox_names.match_register("personal.csv", CITY, REGISTERS) is None


@pytest.mark.parametrize(
    ("name", "dated"),
    [
        ("personal_2023-10-31.csv", date(2023, 10, 31)),
        ("personal_2026-01-01_till_20261102.csv", date(2026, 11, 2)),
        ("personal_20231332.csv", None),
        ("personal_2023-02-30_2023-01-05.csv", date(2023, 1, 5)),
        ("personal_2023-01-05_2023-02-30.csv", date(2023, 1, 5)),
        ("personal_18971009-9947.csv", None),
        ("personal_123456789.csv", None),
        ("personal.csv", None),
    ],
)
def test_the_last_date_in_the_name(name: str, dated: date | None) -> None:
    assert inbox_names.date_in(name) == dated


def test_what_is_passed_over_and_what_belongs_to_nobody(place: Place) -> None:
    for name in (".dold.csv", "~$personal.xlsx", "personal.csv.part", "personal.TMP"):
        place.deliver(name, "")
    place.deliver("narrativ.md", "", folder="farsta/texter")
    place.deliver("lös.csv", "", folder=".")
    place.deliver("x.csv", "", folder="Södermalm")
    found = [(file.organisation, file.name, file.register) for file in inbox.files(place.inbox, REGISTERS)]
    assert found == [("staden", "Södermalm", None), ("staden", "lös.csv", None)]


def test_a_personal_number_in_a_name_is_not_told(place: Place) -> None:
    place.deliver("vor_indikatorer_18971009-9947_2026-01-01.csv", vor("A"))
    place.night()
    assert place.standing()[0][:2] == ("vor_indikatorer_[personnummer]_2026-01-01.csv", "2026-01-01")


def test_the_newest_holds_and_the_same_content_confirms(place: Place) -> None:
    place.deliver("vor_indikatorer_2026-01-01.csv", vor("A"))
    place.deliver("vor_indikatorer_2026-01-02.csv", vor("B"))
    place.deliver("vor_indikatorer_2026-01-03.csv", vor("B"))
    place.deliver("vor_indikatorer_2026-01-04.csv", vor("B"))
    place.night()
    assert [row[1:] for row in place.standing()] == [
        ("2026-01-01", "", "ersatt"),
        ("2026-01-02", "2026-01-04", "i kraft"),
        ("2026-01-03", "", "upprepad"),
        ("2026-01-04", "", "upprepad"),
    ]
    assert [row[1:] for row in place.standing(date(2026, 1, 3))] == [
        ("2026-01-01", "", "ersatt"),
        ("2026-01-02", "2026-01-03", "i kraft"),
        ("2026-01-03", "", "upprepad"),
        ("2026-01-04", "", "framtida"),
    ]
    assert [row[3] for row in place.standing(date(2025, 12, 31))] == ["framtida"] * 4


def test_content_of_an_older_replaced_delivery_is_a_new_delivery(place: Place) -> None:
    for day, name in enumerate("ABA", start=1):
        place.deliver(f"vor_indikatorer_2026-01-0{day}.csv", vor(name))
    place.night()
    assert [row[3] for row in place.standing()] == ["ersatt", "ersatt", "i kraft"]


def test_on_the_same_day_the_later_written_holds_then_the_name(place: Place) -> None:
    place.deliver("vor_indikatorer_a_2026-01-01.csv", vor("A"), mtime=2_000_000_000)
    place.deliver("vor_indikatorer_b_2026-01-01.csv", vor("B"), mtime=1_000_000_000)
    place.night()
    assert {row[0]: row[3] for row in place.standing()} == {
        "vor_indikatorer_a_2026-01-01.csv": "i kraft", "vor_indikatorer_b_2026-01-01.csv": "ersatt",
    }  # fmt: skip
    place.deliver("vor_indikatorer_c_2026-01-01.csv", vor("C"), mtime=2_000_000_000)
    place.night()
    assert place.standing()[-1][0::3] == ("vor_indikatorer_c_2026-01-01.csv", "i kraft")


def test_of_an_accumulating_register_all_hold_and_any_content_confirms(place: Place) -> None:
    headings = "Anställnings-id;Kurskod;Avsnitt;Status;Genomförd\n"
    for day, person in ((1, "A1"), (2, "A2"), (3, "A1")):
        place.deliver(f"utbildning_2026-01-0{day}.csv", f"{headings}{person};K;0;Genomförd;2025-01-01\n")
    place.night()
    assert [row[1:] for row in place.standing(register="utbildning")] == [
        ("2026-01-01", "2026-01-03", "i kraft"),
        ("2026-01-02", "", "i kraft"),
        ("2026-01-03", "", "upprepad"),
    ]


def test_an_undated_file_is_of_the_day_it_was_first_seen(place: Place) -> None:
    place.deliver("vor_indikatorer.csv", vor("A"), mtime=1_000_000_000)
    place.night(1)
    place.night(9)
    assert [row[1:] for row in place.standing()] == [("2026-01-01", "", "i kraft")]
    assert place.standing(date(2025, 12, 31))[0][3] == "framtida"
    place.deliver("vor_indikatorer.csv", vor("A"), mtime=1_100_000_000)
    place.night(10)
    assert [row[1:] for row in place.standing()] == [("2026-01-01", "2026-01-10", "i kraft")], (
        "written anew: confirmed"
    )
    place.deliver("vor_indikatorer.csv", vor("B"), mtime=1_200_000_000)
    place.night(11)
    place.deliver("vor_indikatorer.csv", vor("A"), mtime=1_300_000_000)
    place.night(12)
    assert [row[1:] for row in place.standing()] == [
        ("2026-01-01", "2026-01-12", "ersatt"), ("2026-01-11", "", "i kraft"),
    ], "bytes that are known confirm, whatever else came since"  # fmt: skip


def test_an_inbox_that_is_copied_anew_changes_nothing_that_holds(place: Place) -> None:
    for name, written in (("vor_indikatorer_ny.csv", "B"), ("vor_indikatorer.csv", "A")):
        place.deliver(name, vor(written), mtime=1_100_000_000)
    place.night(1)
    place.deliver("vor_indikatorer.csv", vor("C"), mtime=1_200_000_000)
    place.night(2)
    for name, written in (("vor_indikatorer_ny.csv", "B"), ("vor_indikatorer.csv", "C")):
        place.deliver(name, vor(written), mtime=1_300_000_000)
    place.night(3)
    in_force = [row for row in place.standing() if row[3] == "i kraft"]
    assert in_force == [("vor_indikatorer.csv", "2026-01-02", "2026-01-03", "i kraft")]


def test_the_same_name_written_over_with_an_older_time_is_the_newer_arrival(place: Place) -> None:
    place.deliver("vor_indikatorer_2026-01-01.csv", vor("A"), mtime=2_000_000_000)
    place.night(1)
    place.deliver("vor_indikatorer_2026-01-01.csv", vor("B"), mtime=1_000_000_000)
    path = place.inbox / "farsta" / "vor_indikatorer_2026-01-01.csv"
    place.night(2)
    place.night(3)
    found = deliveries(place.archive, REGISTERS, ["farsta"], LATE).filter(status="i kraft")
    assert found["sha256"].to_list() == [hashlib.sha256(path.read_bytes()).hexdigest()]


def test_a_refused_delivery_leaves_the_last_good_one_in_force(place: Place) -> None:
    place.deliver("vor_indikatorer_2026-01-01.csv", vor("A"))
    place.deliver("vor_indikatorer_2026-01-02.csv", "Indikator;År\nA;2025\n")
    place.night()
    assert [row[3] for row in place.standing()] == ["i kraft", "avvisad"]


def test_registers_without_a_file_and_files_without_a_register(place: Place) -> None:
    place.deliver("läsmig.txt", "Hej")
    place.night()
    found = deliveries(place.archive, REGISTERS, ["farsta"], LATE)
    assert found.filter(status="saknas").group_by("organisation").len().sort("organisation").rows() == [
        ("farsta", 23), ("staden", 3),
    ]  # fmt: skip
    unknown = found.filter(status="okänd").row(0, named=True)
    assert (unknown["name"], unknown["reason"]) == ("läsmig.txt", "filen passar inget register")
    assert len(unknown["sha256"]) == 64
    assert not (place.archive.root / "raw").exists(), "what fits no register is not kept"


def test_nothing_is_read_twice_and_a_gone_file_stays_in_force(place: Place) -> None:
    place.deliver("vor_indikatorer_2026-01-01.csv", vor("A"))
    assert (place.night(), place.night()) == (1, 0)
    (place.inbox / "farsta" / "vor_indikatorer_2026-01-01.csv").unlink()
    assert place.night() == 0
    assert place.standing()[0][3] == "i kraft"


def test_a_changed_contract_reads_again(place: Place) -> None:
    place.deliver("vor_indikatorer_2026-01-01.csv", vor("A"))
    place.night()
    changed = REGISTERS["vor_indikatorer"].model_copy(update={"mode": "accumulate"})
    registers = REGISTERS | {"vor_indikatorer": changed.model_validate(changed.model_dump())}
    assert ingest(place.inbox, place.archive, registers, date(2026, 1, 2), limits=None) == 1


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_night(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.deliver("vor_indikatorer_2026-01-01.csv", vor("A"))
    path = place.inbox / "farsta" / "vor_indikatorer_2026-01-01.csv"

    before = os.fstat

    def growing(opened: int) -> os.stat_result:
        found = before(opened)
        if Path(f"/proc/self/fd/{opened}").readlink() == path:
            os.utime(path, ns=(0, found.st_mtime_ns + 1))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", growing)
        assert place.night() == 0
    assert place.night() == 1
