"""Which source reads a file."""

from datetime import date

import pytest

from assets.intake.refusal import Refused
from assets.intake.sources.claims import claimed_by, date_by, owners, refuse_rivals
from assets.intake.sources.definition import Source
from tests.intake.delivered import REGISTERS


def source(files: list[str], register: str = "utbildning", **more: object) -> Source:
    return Source.model_validate({"name": "prov", "register": register, "files": files} | more)


@pytest.mark.parametrize(
    ("glob", "name", "matching"),
    [
        ("progress.*.csv", "Progress.INFO.CSV", True),
        ("progress.*.csv", "progress.csv", False),
        ("*aktivitetsslutf*", "2026 Aktivitetsslutförande.csv", True),
        ("ÅTGÄRDER*.csv", "atgarder 2026.csv", True),
        ("etjänst*.csv", "etja\u0308nst.csv", True),
        ("a?[0-9].csv", "ab7.csv", True),
        ("a.csv", "zip.zip/mapp/a.csv", True),
        ("mapp*", "zip.zip/mapp/a.csv", False),
        ("zip*", "zip.zip/mapp/a.csv", False),
        ("a*.csv", "ab.csv.gz", True),
        ("a*.csv.gz", "ab.csv.gz", True),
    ],
)
def test_a_glob_is_held_against_the_files_own_name(glob: str, name: str, matching: bool) -> None:
    assert (claimed_by(source([glob]), REGISTERS["utbildning"], name, "farsta") is not None) == matching


def test_the_first_glob_that_fits_is_the_sequence() -> None:
    claim = claimed_by(source(["b*", "a*", "*"]), REGISTERS["utbildning"], "ab.csv", "farsta")
    assert claim
    assert claim.sequence == "a*"


SPLIT = {"column": "b", "values": {"x": "farsta", "y": "enskede", "z": "farsta"}}


def test_a_file_must_lie_where_its_registers_files_do_or_say_whose_it_is() -> None:
    register, city = (
        REGISTERS["utbildning"],
        next(register for register in REGISTERS.values() if register.level == "city"),
    )
    assert claimed_by(source(["*"], **{"in": ["farsta"]}), register, "a.csv", "farsta")
    assert not claimed_by(source(["*"], **{"in": ["farsta"]}), register, "a.csv", "enskede")
    assert not claimed_by(source(["*"]), register, "a.csv", "staden")
    assert claimed_by(source(["*"], organisation=SPLIT), register, "a.csv", "staden")
    assert claimed_by(source(["*"], city.name), city, "a.csv", "staden")
    assert not claimed_by(source(["*"], city.name), city, "a.csv", "farsta")


def test_a_file_of_several_organisations_becomes_a_delivery_of_each() -> None:
    assert owners(source(["*"]), "jarva") == ("jarva",)
    assert owners(source(["*"], organisation=SPLIT), "staden") == ("farsta", "enskede")


def test_two_sources_of_one_register_may_not_claim_one_file() -> None:
    def claim(name: str, register: str) -> object:
        one = source(["*"], register).model_copy(update={"name": name})
        return claimed_by(one, REGISTERS[register], "a.xlsx", "farsta")

    refuse_rivals([claim("a", "pm3_objekt"), claim("b", "pm3_system")])  # type: ignore[list-item]
    with pytest.raises(Refused, match=r"flera källor gör anspråk på filen: a, c$"):
        refuse_rivals([claim("c", "pm3_objekt"), claim("a", "pm3_objekt"), claim("b", "pm3_system")])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("pattern", "name", "day"),
    [
        (r"(?<day>\d+)_(?<month>\d+)_(?<year>\d{4})", "Report_3_11_2026.xlsx", date(2026, 11, 3)),
        (r"(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)", "a261103.csv", date(2026, 11, 3)),
        (r"(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)", "a2026-02-30.csv", None),
        (r"(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)", "a.csv", None),
    ],
)
def test_a_source_says_where_the_day_stands(pattern: str, name: str, day: date | None) -> None:
    assert date_by(source(["*"], date=pattern), [name]) == day


def test_the_day_of_a_member_is_its_own_or_its_archives() -> None:
    pattern = r"(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)"
    assert date_by(source(["*"], date=pattern), ["a.csv", "b_2026-11-02.zip"]) == date(2026, 11, 2)


def test_the_rows_of_a_delivery_hang_on_what_its_mapping_asks_for() -> None:
    plain, by_file = source(["*"]), source(["*"], columns={"Kurskod": {"file": "(.+)"}})
    by_day = source(["*"], sql="SELECT row, delivered FROM raw")
    split = source(["*"], organisation=SPLIT)
    one, other = ("a.csv", "2026-11-01", "farsta"), ("b.csv", "2026-11-02", "enskede")
    assert plain.reading(*one) == plain.reading(*other)
    assert by_file.reading(*one) == by_file.reading("a.csv", *other[1:]) != by_file.reading("b.csv", *one[1:])
    assert by_day.reading(*one) == by_day.reading("b.csv", "2026-11-01", "x") != by_day.reading("a.csv", *other[1:])
    assert split.reading(*one) == split.reading("b.csv", "x", "farsta") != split.reading("a.csv", "x", "enskede")
