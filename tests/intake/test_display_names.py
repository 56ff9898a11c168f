"""Names of files and folders as they are shown, and the folders that are no organisation's."""

from pathlib import Path

import pytest

from assets.alerts.findings import waiting_files
from assets.intake import inbox, inbox_names
from assets.settings import Settings
from tests.intake.delivered import REGISTERS
from tests.intake.fictitious import PERSON
from tests.intake.places import FAR, Place

FULL = "Indikator;År;Bedömning\nBehörighet;2023;Delvis\n"


@pytest.mark.parametrize(
    ("name", "displayed"),
    [
        ("personal_åäö é 2026.csv", "personal_åäö é 2026.csv"),
        ("personal\x1b[31m.csv", r"personal\x1b[31m.csv"),
        ("personal\n2026.csv", r"personal\x0a2026.csv"),
        ("personal\u2028\u202ecsv.exe", r"personal\u2028\u202ecsv.exe"),
        ("personal\x7f\x9b.csv", r"personal\x7f\x9b.csv"),
        ("l\udce4smig.txt", "l\ufffdsmig.txt"),
        ("personal anna.ek@exempel.se.csv", "personal [e-post].csv"),
        ("anna.ek@exempel.se", "[e-post]"),
        ("Akt anna@exempel.se/brev.pdf", "Akt [e-post]/brev.pdf"),
        ("anna@exempel.se_2026.XLSX", "[e-post].XLSX"),
        ("kl 8@9.csv", "kl 8@9.csv"),
        (f"risker_{PERSON[:8]}\u200b{PERSON[8:]}.csv", "risker_[personnummer].csv"),
        (f"risker {PERSON[:8]}\n{PERSON[8:]}.csv", "risker [personnummer].csv"),
        (f"risker {PERSON[:4]}\x1b{PERSON[4:]}.pdf", "risker [personnummer].pdf"),
        (f"risker {PERSON[:8]}\udce4{PERSON[8:]}.csv", "risker [personnummer].csv"),
        ("akt alva.kvist\u200b@exempel.se.csv", "akt [e-post].csv"),
        ("akt alva\u2060.kvist@\u200bexempel.se.csv", "akt [e-post].csv"),
        ("akt alva\u2028@exempel.se", "akt [e-post]"),
        ("akt alva.kvist\uff20exempel.se.csv", "akt [e-post].csv"),
        ("akt alva.kvist&#64;exempel.se.csv", "akt [e-post].csv"),
        ("akt alva%40exempel.se.csv", "akt [e-post].csv"),
        ("akt a\u030asa.o'brien@exempel.se.csv", "akt [e-post].csv"),
        (f"akt alva.{PERSON}@exempel.se.csv", "akt [personnummer].csv"),
    ],
)
def test_what_cannot_be_seen_is_escaped_and_addresses_are_masked(name: str, displayed: str) -> None:
    assert inbox_names.display_name(name) == displayed


def test_two_files_that_look_alike_are_two_deliveries_and_stay_so(tmp_path: Path) -> None:
    place = Place(tmp_path)
    for person, status in (("anna", "Delvis"), ("bo", "Godtagbar")):
        place.deliver(f"vor_indikatorer {person}@exempel.se.csv", FULL.replace("Delvis", status))
        place.deliver(f"vor_indikatorer_{person}@exempel.se.csv", FULL.replace("Delvis", status))
    place.night()
    seen = place.deliveries().filter(name="[e-post].csv")
    assert seen.height == 2
    before = place.files()
    place.night(2)
    assert place.files() == before, "nothing new has come"


@pytest.mark.parametrize("name", sorted(inbox.RESERVED))
def test_a_name_of_the_installation_s_own_is_no_organisation_and_its_folder_is_listed(
    tmp_path: Path, name: str
) -> None:
    place = Place(tmp_path)
    place.deliver("vor_indikatorer.csv", FULL, folder=name)
    place.deliver("vor_indikatorer.csv", FULL)
    for day in (1, 2):
        place.night(day)
        assert inbox.organisations(place.inbox) == ["farsta"]
        assert place.archive.organisations() == ["farsta", "staden"]
        unknown = place.deliveries().filter(status="okänd").select("organisation", "name", "reason")
        assert unknown.rows() == [("staden", name, "mappens namn är lägesbildens eget: döp om mappen")]


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("Enskede Årsta", "döp om mappen till enskede-arsta"),
        ("FARSTA", "flytta filerna till farsta"),
        ("Ältsjö_2", "döp om mappen till altsjo-2"),
        ("Alva.Kvist@exempel.se", "döp om mappen till e-post"),
        (f"Akt {PERSON[:8]}\n{PERSON[8:]}", "döp om mappen till akt-personnummer"),
        ("???", "döp om mappen, med bara a–z, 0–9 och -"),
        ("a" * 201, "döp om mappen, med högst 200 tecken"),
        ("b" * 255, "döp om mappen, med högst 200 tecken"),
    ],
)
def test_a_folder_with_other_letters_is_one_line_that_says_which_name_to_use(
    tmp_path: Path, name: str, mend: str
) -> None:
    place = Place(tmp_path)
    place.deliver("vor_indikatorer.csv", FULL)
    for number in range(30):
        place.deliver(f"personal_{number}.csv", FULL, folder=name)
    place.night()
    unknown = place.deliveries().filter(status="okänd").select("organisation", "name", "reason")
    shown = inbox_names.display_name(name)
    assert unknown.rows() == [("staden", shown, f"mappens namn kan inte vara en organisations: {mend}")]
    assert ("staden", name) in set(waiting_files(place.inbox)) or inbox_names.is_masked(shown)


@pytest.mark.parametrize("name", ["-", "--", "0", "a" * 200])
def test_odd_names_are_organisations_all_the_same(tmp_path: Path, name: str) -> None:
    place = Place(tmp_path)
    place.deliver("vor_indikatorer.csv", FULL, folder=name)
    place.night()
    assert inbox.organisations(place.inbox) == [name]
    assert place.deliveries(FAR, name).filter(status="i kraft").height == 1


def test_a_folder_with_a_line_break_in_its_name_belongs_to_nobody(tmp_path: Path) -> None:
    (tmp_path / "farsta\nstad").mkdir()
    (tmp_path / "farsta\nstad" / "personal.csv").write_text("", encoding="utf-8")
    (file,) = inbox.files(tmp_path, REGISTERS)
    assert (file.organisation, file.name, file.register) == ("staden", r"farsta\x0astad", None)


def test_a_configured_name_stands_in_one_line(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, inbox=tmp_path, config=tmp_path,
        names={"farsta": "Farsta\nstadsdels\u2028förvaltning\x1b"},
    )  # fmt: skip
    assert settings.names == {"farsta": "Farsta stadsdels förvaltning" + r"\x1b"}
    with pytest.raises(ValueError, match="farsta has an empty name"):
        Settings(data=tmp_path, inbox=tmp_path, config=tmp_path, names={"farsta": " \n"})
