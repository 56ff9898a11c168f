"""The inbox: which files lie there, whose they are, what they are and of which day (interfaces.md, the inbox)."""

import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.intake import inbox
from assets.registers.contract import CITY
from tests.intake.delivered import REGISTERS
from tests.intake.fictitious import PERSON

SWEDISH = {
    "registerforteckning": "Registerförteckning",
    "utbildningstillfallen": "Utbildningstillfällen",
    "omvarldsbevakning": "Omvärldsbevakning",
    "informationstillgangar": "Informationstillgångar",
    "konsekvensbedomningar": "Konsekvensbedömningar",
}
ENDINGS = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"]
CITY_LEVEL = {"utbildningskrav", "behandlingskatalog", "omvarldsbevakning"}


def home(register: str) -> str:
    return CITY if register in CITY_LEVEL else "farsta"


def listed(folder: Path) -> list[tuple[str, str, str | None, date | None]]:
    return [(file.organisation, file.name, file.register, file.dated) for file in inbox.files(folder, REGISTERS)]


def lay(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_every_register_by_its_name_in_any_case_with_any_ending_at_its_level_alone(register: str) -> None:
    here, elsewhere = (CITY, "farsta") if register in CITY_LEVEL else ("farsta", CITY)
    for ending in ENDINGS:
        for stem in (register, register.upper(), f"{register}_2026-10-31", f"{register}_export från källan_20261031"):
            for name in (f"{stem}.{ending}", f"{stem}.{ending.upper()}"):
                assert inbox.fits(name, here, REGISTERS) == register
                assert inbox.fits(name, elsewhere, REGISTERS) is None


@pytest.mark.parametrize(("register", "spelled"), SWEDISH.items())
def test_swedish_letters_do_not_matter(register: str, spelled: str) -> None:
    for form in ("NFC", "NFD"):
        for name in (spelled, spelled.upper(), spelled.lower()):
            assert inbox.fits(unicodedata.normalize(form, f"{name}.csv"), home(register), REGISTERS) == register


@pytest.mark.parametrize(
    "name",
    [
        "personal-2026.csv", "personal2026.csv", "min_personal.csv", " personal.csv", "personal.csv.gz", "personal",
        "personal.", "personal.docx", "personal.xlsb", "personal_2026-10-31", "personal (1).csv", "csv", "_.csv",
        "personal.csv ", "utbildningskrav.csv", "personuppgifts_incidenter.csv", "pm3 system.csv",
    ],
)  # fmt: skip
def test_names_that_fit_no_register(name: str) -> None:
    assert inbox.fits(name, "farsta", REGISTERS) is None


def test_the_longest_register_name_wins() -> None:
    assert inbox.fits("utbildning_tillfallen.csv", "farsta", REGISTERS) == "utbildning"
    assert inbox.fits("utbildningstillfallen_x.csv", "farsta", REGISTERS) == "utbildningstillfallen"
    assert inbox.fits("pm3_system_pm3_objekt.csv", "farsta", REGISTERS) == "pm3_system"


@pytest.mark.parametrize(
    ("name", "dated"),
    [
        ("personal_2026-02-28.csv", date(2026, 2, 28)),
        ("personal_20260228.csv", date(2026, 2, 28)),
        ("personal_2024-02-29.csv", date(2024, 2, 29)),
        ("personal_2026-02-29.csv", None),
        ("personal_20260229.csv", None),
        ("2026-01-01 personal 20260201.csv", date(2026, 2, 1)),
        ("personal_20260201_2026-01-01.csv", date(2026, 1, 1)),
        ("personal_2026-01-01--2026-10-31.csv", date(2026, 10, 31)),
        ("personal_uttag2026-10-31slut.csv", date(2026, 10, 31)),
        ("personal_2026-10-31 kl 14.05.csv", date(2026, 10, 31)),
        ("personal_2026-10-311.csv", None),
        ("personal_202610311.csv", None),
        ("personal_12026-10-31.csv", None),
        ("personal_2026-1-5.csv", None),
        ("personal_2026_10_31.csv", None),
        ("personal_261031.csv", None),
        ("personal_0000-01-01.csv", None),
        ("personal.2026-10-31.csv", date(2026, 10, 31)),
        ("personal.20261031", None),
        (f"personal_{PERSON}_2026-10-31.csv", date(2026, 10, 31)),
        (f"personal_2026-10-31_{PERSON[:8]}-{PERSON[8:]}.csv", date(2026, 10, 31)),
    ],
)
def test_the_date_of_a_delivery_in_its_name(name: str, dated: date | None) -> None:
    assert inbox.date_in(name) == dated


@given(st.dates(), st.dates(), st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_two_dates_the_last_counts(first: date, last: date, dashed: bool) -> None:
    shown = last.isoformat() if dashed else last.isoformat().replace("-", "")
    assert inbox.date_in(f"personal_{first.isoformat()}_{shown}.csv") == last


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_name_is_too_odd(name: str) -> None:
    assert inbox.fits(name, "farsta", REGISTERS) in {None, *REGISTERS}
    assert isinstance(inbox.date_in(name), date | None)


def test_what_is_passed_over(tmp_path: Path) -> None:
    lay(
        tmp_path, "farsta/.personal.csv", "farsta/~$personal.xlsx", "farsta/personal.csv.part", "farsta/personal.TMP",
        "farsta/personal.Part", "farsta/texter/personal.csv", "farsta/gammalt/2025/personal.csv", ".git/personal.csv",
        ".personal.csv",
    )  # fmt: skip
    (tmp_path / "farsta" / "enheter.csv").mkdir()
    assert listed(tmp_path) == []


def test_every_other_file_is_seen_also_where_it_fits_nothing(tmp_path: Path) -> None:
    lay(
        tmp_path, "farsta/personal.csv", "farsta/läsmig.pdf", "farsta/omvarldsbevakning.csv", "staden/personal.csv",
        "staden/omvarldsbevakning.csv", "bolag-2/personal_2026-10-31.csv", "Farsta stad/personal.csv", "personal.csv",
    )  # fmt: skip
    assert sorted(listed(tmp_path), key=str) == sorted(
        [
            ("farsta", "personal.csv", "personal", None), ("farsta", "läsmig.pdf", None, None),
            ("farsta", "omvarldsbevakning.csv", None, None), ("staden", "personal.csv", None, None),
            ("staden", "omvarldsbevakning.csv", "omvarldsbevakning", None),
            ("bolag-2", "personal_2026-10-31.csv", "personal", date(2026, 10, 31)),
            ("staden", "Farsta stad/personal.csv", None, None), ("staden", "personal.csv", None, None),
        ],
        key=str,
    )  # fmt: skip


def test_organisations_are_the_folders_that_can_be_one(tmp_path: Path) -> None:
    for name in ("farsta", "bolag-2", "staden", "Farsta", "söder", "a b", ".dold", "a_b"):
        (tmp_path / name).mkdir()
    lay(tmp_path, "personal.csv")
    assert inbox.organisations(tmp_path) == ["bolag-2", "farsta"]
    assert inbox.organisations(tmp_path / "nowhere") == []
    assert listed(tmp_path / "nowhere") == []


def test_an_empty_folder_and_a_link_to_nothing_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "farsta").mkdir()
    (tmp_path / "farsta" / "personal.csv").symlink_to(tmp_path / "gone.csv")
    assert listed(tmp_path) == []


def test_looking_changes_nothing(tmp_path: Path) -> None:
    lay(tmp_path, "farsta/personal.csv", "farsta/läsmig.pdf")
    os.utime(tmp_path / "farsta", (1, 1))
    listed(tmp_path)
    assert (tmp_path / "farsta").stat().st_mtime == 1
    assert sorted(os.listdir(tmp_path / "farsta")) == ["läsmig.pdf", "personal.csv"]  # noqa: PTH208


def test_a_personal_number_in_a_name_is_never_shown(tmp_path: Path) -> None:
    dashed = f"{PERSON[:8]}-{PERSON[8:]}"
    lay(tmp_path, f"farsta/personal_{dashed}.csv", f"farsta/{PERSON}.pdf", f"farsta/brev.{PERSON}", f"{dashed}.csv",
        f"Akt {dashed}/x.csv")  # fmt: skip
    shown = [file.name for file in inbox.files(tmp_path, REGISTERS)]
    assert len(shown) == 5
    assert all("[personnummer]" in name and PERSON[8:] not in name for name in shown)
