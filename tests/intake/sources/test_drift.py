"""What is new in a source: delivery by delivery, told once, and never a word of it."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from assets.intake.deliveries import resolved
from assets.intake.drift import drift
from assets.intake.lookup_key import HASHED, LookupKey
from assets.intake.parsing import SPOILED
from assets.intake.sources.unread_words import unread_words
from tests.intake.delivered import REGISTERS
from tests.intake.places import FAR, Place
from tests.intake.sources.sourced import Sourced

MOODLE = """
register = "utbildning"
files = ["kurs_a*.csv", "kurs_b*.csv"]
ignore = ["Telefon"]
[columns]
"Anställnings-id" = "A"
Kurskod = { constant = "K" }
Avsnitt = { constant = "1" }
Status = "T"
"Genomförd" = { constant = "" }
[values.Status]
"klar*" = "Genomförd"
"""
SECRET = "Complete (set by Prov Person)"  # noqa: S105 – a name
AS_BEFORE = "A;T\n1;Påbörjad\n"
NEW = f"A;T;Telefon;Betyg\n1;{SECRET};0;0\n2;Pausad;0;0\n3;pausad ;0;0\n4;Klar nu;0;0\n5;Påbörjad;0;0\n"

News = list[tuple[object, ...]]


@pytest.fixture
def moodle(place: Place) -> Place:
    place.configure(moodle=MOODLE)
    return place


def news(place: Place, known_at: date = FAR, *organisations: str) -> News:
    found = drift(resolved(place.archive, REGISTERS, organisations or ["farsta"], known_at))
    return found.select("delivery", "heading", "column", "words").rows()


def test_what_a_later_delivery_brings_is_told_until_another_has_come(moodle: Place) -> None:
    moodle.deliver("kurs_a_2026-10-01.csv", AS_BEFORE)
    moodle.night(1)
    assert news(moodle) == []
    moodle.deliver("kurs_a_2026-11-02.csv", NEW)
    moodle.night(2)
    expected = [("kurs_a_2026-11-02.csv", None, "Status", 2), ("kurs_a_2026-11-02.csv", "Betyg", None, None)]
    assert news(moodle) == expected
    moodle.night(3)
    assert news(moodle) == expected, "nothing has come"
    moodle.deliver("kurs_a_2026-11-04.csv", NEW + "6;Påbörjad;0;0\n")
    moodle.night(4)
    assert news(moodle) == []
    assert news(moodle, date(2026, 11, 3)) == expected, "as known then"
    moodle.deliver("kurs_a_2026-11-05.csv", NEW.replace("Betyg", "betyg").replace("Pausad", "Vilande"))
    moodle.night(5)
    assert news(moodle) == [("kurs_a_2026-11-05.csv", None, "Status", 1)], "a heading is the same in any case"


def test_the_same_content_again_ends_it_too(moodle: Place) -> None:
    for day, content in ((1, AS_BEFORE), (2, NEW), (3, NEW)):
        moodle.deliver(f"kurs_a_2026-11-0{day}.csv", content)
        moodle.night(day)
    assert news(moodle) == []


def test_what_the_source_file_says_of_it_ends_it(moodle: Place) -> None:
    for day, content in ((1, AS_BEFORE), (2, NEW)):
        moodle.deliver(f"kurs_a_2026-11-0{day}.csv", content)
        moodle.night(day)
    mapped = MOODLE.replace('"Telefon"', '"Telefon", "Betyg"') + '"Complete*" = "Genomförd"\n'
    moodle.configure(moodle=mapped)
    moodle.night(3)
    assert news(moodle) == [("kurs_a_2026-11-02.csv", None, "Status", 1)]
    moodle.configure(moodle=mapped + '"Pausad" = "Påbörjad"\n')
    moodle.night(3)
    assert news(moodle) == []


def test_what_comes_together_is_compared_with_what_came_before(moodle: Place) -> None:
    moodle.deliver("kurs_a_2026-09-01.csv", AS_BEFORE)
    moodle.deliver("kurs_a_2026-10-01.csv", NEW)
    moodle.night(1)
    assert news(moodle) == [], "nobody has seen anything before"
    for name in ("kurs_a_2026-11-02.csv", "kurs_b_2026-11-02.csv", "kurs_b_2026-11-01.csv"):
        moodle.deliver(name, NEW.replace("Betyg", "Poäng").replace("2;", f"{name[5]};"))
    moodle.night(3)
    assert news(moodle) == [("kurs_b_2026-11-02.csv", "Poäng", None, None)]
    moodle.deliver("kurs_a_2026-11-04.csv", AS_BEFORE)
    moodle.night(4)
    assert news(moodle) == [("kurs_b_2026-11-02.csv", "Poäng", None, None)], "the other sequence has no newer"


def test_each_organisation_has_its_own_and_what_no_source_reads_has_none(moodle: Place) -> None:
    plain = "Anställnings-id;Kurskod;Avsnitt;Status;Genomförd;{}\n1;K;1;{};;x\n"
    for day, content, heading in ((1, AS_BEFORE, "X"), (2, NEW, "Y")):
        moodle.deliver(f"kurs_a_2026-11-0{day}.csv", content)
        moodle.deliver(f"utbildning_2026-11-0{day}.csv", plain.format(heading, heading))
        moodle.night(day)
    moodle.deliver("kurs_a_2026-11-03.csv", NEW, folder="jarva")
    moodle.night(3)
    assert {row[0] for row in news(moodle, FAR, "farsta", "jarva")} == {"kurs_a_2026-11-02.csv"}


def test_no_word_is_kept_and_no_address_is_a_heading(moodle: Place) -> None:
    for day, content in ((1, AS_BEFORE), (2, NEW.replace("Betyg", "prov.person@kommun.example"))):
        moodle.deliver(f"kurs_a_2026-11-0{day}.csv", content)
        moodle.night(day)
    assert ("kurs_a_2026-11-02.csv", "[e-post]", None, None) in news(moodle)
    text = b"".join(moodle.files("raw").values()).decode("latin-1")
    assert "words" in text
    assert "set by" not in text
    assert "prov.person" not in text, "nor in a receipt"


def test_receipts_of_earlier_versions_are_nothing_to_compare_words_with(moodle: Place) -> None:
    moodle.deliver("kurs_a_2026-11-01.csv", AS_BEFORE)
    moodle.night(1)
    path = moodle.archive.receipts_path("farsta")
    lines = pl.read_ndjson(path.read_bytes().partition(b"\n")[2]).drop("words").write_ndjson()
    path.write_text(lines, encoding="utf-8")
    assert moodle.archive.receipts("farsta")["words"].to_list() == [None]
    moodle.deliver("kurs_a_2026-11-02.csv", NEW)
    moodle.night(2)
    assert news(moodle) == [("kurs_a_2026-11-02.csv", "Betyg", None, None)]


def test_of_a_column_that_held_no_words_no_more_is_told(moodle: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("assets.intake.drift.MAX_WORDS", "assets.intake.sources.unread_words.MAX_WORDS"):
        monkeypatch.setattr(name, 3)
    for day, words in ((1, ""), (2, "abcd"), (3, "efgh")):
        rows = "".join(f"{word};{word}{word}{word}\n" for word in words)
        moodle.deliver(f"kurs_a_2026-11-0{day}.csv", AS_BEFORE + rows)
        moodle.night(day)
        assert news(moodle) == ([(f"kurs_a_2026-11-0{day}.csv", None, "Status", 3)] if day == 2 else [])


def test_words_are_those_that_stay_unreadable() -> None:
    key, register = LookupKey(), REGISTERS["personal"]
    cells = pl.DataFrame(
        {
            "Roll": ["Chef", "CHEF", "Boss", " boss", None, f"{SPOILED}#REF!"],
            "Skyddade personuppgifter": ["ja", "0", "nej", None, "x", "kanske"],
            "Namn": list("abcdef"),
        }
    )
    found = unread_words(cells, register, key)
    assert {column: len(words) for column, words in found.items()} == {"Roll": 1, "Skyddade personuppgifter": 1}
    assert key.digest("BOSS").startswith(found["Roll"][0], len(HASHED))


def test_a_reading_holds_them(sourced: Callable[..., Sourced]) -> None:
    parsed, _ = sourced(MOODLE).read(NEW, "kurs_a.csv")
    assert {column: len(words) for column, words in parsed.words.items()} == {"Status": 2}
