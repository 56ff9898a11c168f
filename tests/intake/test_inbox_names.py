"""A file's name: which register it is, at which level, and of which day."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake import inbox_names
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


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_every_register_by_its_name_in_any_case_with_any_ending_at_its_level_alone(register: str) -> None:
    here, elsewhere = (CITY, "farsta") if register in CITY_LEVEL else ("farsta", CITY)
    for ending in ENDINGS:
        for stem in (register, register.upper(), f"{register}_2026-10-31", f"{register}_export från källan_20261031"):
            for name in (f"{stem}.{ending}", f"{stem}.{ending.upper()}"):
                assert inbox_names.match_register(name, here, REGISTERS) == register
                assert inbox_names.match_register(name, elsewhere, REGISTERS) is None


@pytest.mark.parametrize(("register", "spelled"), SWEDISH.items())
def test_swedish_letters_do_not_matter(register: str, spelled: str) -> None:
    for form in ("NFC", "NFD"):
        for name in (spelled, spelled.upper(), spelled.lower()):
            assert (
                inbox_names.match_register(unicodedata.normalize(form, f"{name}.csv"), home(register), REGISTERS)
                == register
            )


@pytest.mark.parametrize(
    "name",
    [
        "personal-2026.csv", "personal2026.csv", "min_personal.csv", "personal.csv.gz", "personal", "personal.",
        "personal.docx", "personal.xlsb", "personal_2026-10-31", "csv", "_.csv", "personal.csv ",
        "utbildningskrav.csv",
        "personuppgifts_incidenter.csv", "(1).csv", "2026-10-31.csv", "2026-10-31personal.csv",
        "20261031 min personal.csv",
        "personal(a).csv", "2026 personal.csv", "1.10.26 personal.csv",
    ],
)  # fmt: skip
def test_names_that_fit_no_register(name: str) -> None:
    assert inbox_names.match_register(name, "farsta", REGISTERS) is None


@pytest.mark.parametrize(
    ("name", "register"),
    [
        ("personal (1).csv", "personal"), ("personal(2).csv", "personal"), ("personal (1) (3).csv", "personal"),
        ("personal_2026-10-31 (1).xlsx", "personal"), (" personal .csv", "personal"),
        ("personal export.csv", "personal"),
        ("pm3 system.csv", "pm3_system"), ("PM3  System (1).csv", "pm3_system"), ("personal\u00a0x.csv", "personal"),
        ("2026-10-31 personal.csv", "personal"), ("20261031_personal.csv", "personal"),
        ("31.10.2026 personal.csv", "personal"),
        ("1.9.2026-personal.csv", "personal"), ("2026-10-31 - Personal (1).xlsx", "personal"),
        ("personal 31.10.2026.csv", "personal"), ("31.10.2026 PM3 objekt - kopia.csv", "pm3_objekt"),
    ],
)  # fmt: skip
def test_names_as_people_and_browsers_write_them(name: str, register: str) -> None:
    assert inbox_names.match_register(name, "farsta", REGISTERS) == register


def test_the_longest_register_name_wins() -> None:
    assert inbox_names.match_register("utbildning_tillfallen.csv", "farsta", REGISTERS) == "utbildning"
    assert inbox_names.match_register("utbildningstillfallen_x.csv", "farsta", REGISTERS) == "utbildningstillfallen"
    assert inbox_names.match_register("pm3_system_pm3_objekt.csv", "farsta", REGISTERS) == "pm3_system"
    short = {"pm3": REGISTERS["pm3_system"].model_copy(update={"name": "pm3"})}
    for registers in (REGISTERS | short, short | REGISTERS):
        assert inbox_names.match_register("pm3_system_2026-10-31.csv", "farsta", registers) == "pm3_system"
        assert inbox_names.match_register("pm3_syst_2026-10-31.csv", "farsta", registers) == "pm3"


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
        ("personal_31.10.2026.csv", date(2026, 10, 31)),
        ("1.9.2026 personal.csv", date(2026, 9, 1)),
        ("personal.31.10.2026.csv", date(2026, 10, 31)),
        ("personal 31.10.2026 (1).csv", date(2026, 10, 31)),
        ("personal_2026-10-30_31.10.2026.csv", date(2026, 10, 31)),
        ("personal_31.10.2026_2026-10-30.csv", date(2026, 10, 30)),
        ("personal_10.31.2026.csv", None),
        ("personal_31.10.26.csv", None),
        ("personal_1.31.10.2026.csv", None),
        ("personal_31.10.20261.csv", None),
        ("personal_31.10.2026.1.csv", None),
        ("personal.20261031", None),
        (f"personal_{PERSON}_2026-10-31.csv", date(2026, 10, 31)),
        (f"personal_2026-10-31_{PERSON[:8]}-{PERSON[8:]}.csv", date(2026, 10, 31)),
    ],
)
def test_the_date_of_a_delivery_in_its_name(name: str, dated: date | None) -> None:
    assert inbox_names.date_in(name) == dated


@given(st.dates(), st.dates(), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y"]))
def test_any_two_dates_the_last_counts(first: date, last: date, form: str) -> None:
    written = form.replace("%Y", f"{last.year:04}").replace("%m", f"{last.month:02}").replace("%d", f"{last.day:02}")
    assert inbox_names.date_in(f"personal_{first.isoformat()}_{written}.csv") == last


@given(st.text(max_size=40))
def test_no_name_is_too_odd(name: str) -> None:
    assert inbox_names.match_register(name, "farsta", REGISTERS) in {None, *REGISTERS}
    assert isinstance(inbox_names.date_in(name), date | None)
