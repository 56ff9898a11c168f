"""noter.csv: dated notes, read as people save them; a row that can't be used is named and costs no other."""

import json
import os
from pathlib import Path

import pytest

from assets.intake.inbox import files
from assets.intake.narrative import collect_narratives
from assets.intake.notes import MAX_BYTES, MAX_CHARACTERS, MAX_NOTES, Notes, read_notes

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox" / "farsta"
    folder.mkdir(parents=True)
    return folder


def taken(folder: Path, content: str | bytes, name: str = "noter.csv") -> Notes:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_notes(folder, folder.parents[1] / "copy.csv")


def note(row: int, date: str, indicator: str | None, text: str) -> dict[str, object]:
    return {"row": row, "date": date, "indicator": indicator, "text": text}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("name", ["noter.csv", "Noter.CSV"])
def test_notes_as_people_save_them(folder: Path, encoding: str, separator: str, name: str) -> None:
    rows = [
        ("Datum", "Indikator", "Text"), ("2026-01-15", "utb-01", "Ny lag på plats"),
        ("1/3/2026", "", "Omorganisation"), ("2026-04-01", "Alla", "Ny nämnd"),
    ]  # fmt: skip
    text = "\r\n".join(separator.join(row) for row in rows)
    assert taken(folder, text.encode(encoding), name) == Notes([
        note(2, "2026-01-15", "UTB-01", "Ny lag på plats"), note(3, "2026-03-01", None, "Omorganisation"),
        note(4, "2026-04-01", None, "Ny nämnd"),
    ])  # fmt: skip


def test_a_wrong_row_is_named_by_its_rule_and_costs_no_other(folder: Path) -> None:
    found = taken(
        folder,
        "Datum;Indikator;Text\n"
        "2026-01-15;;Först\n"
        "igår;;hemligt\n"
        ";UTB-01;utan dag\n"
        "2026-02-01;;\n"
        f"2026-02-02;;{'x' * (MAX_CHARACTERS + 1)}\n"
        ";;bara text\n"
        "2026-03-01;;Sist\n",
    )
    assert [entry["text"] for entry in found.notes] == ["Först", "Sist"]
    assert found.remarks == [
        "noter.csv, rad 3 används inte: Datum går inte att läsa.",
        "noter.csv, rad 4 används inte: Datum krävs.",
        "noter.csv, rad 5 används inte: Notering krävs.",
        "noter.csv, rad 6 används inte: Notering är längre än 300 tecken.",
        "noter.csv, rad 7 används inte: Datum krävs.",
    ]
    assert "hemligt" not in str(found)


def test_a_row_of_the_wrong_form_is_named(folder: Path) -> None:
    found = taken(folder, "Datum;Indikator;Text\n2026-01-15;;a;b;c\n2026-01-16;;Rätt\n")
    assert [entry["row"] for entry in found.notes] == [3]
    assert found.remarks == ["noter.csv, rad 2 används inte: fel antal celler."]


def test_without_the_column_indikator_a_note_is_on_all(folder: Path) -> None:
    assert taken(folder, "Datum;Text\n2026-01-15;Ny lag\n").notes == [note(2, "2026-01-15", None, "Ny lag")]


def test_personal_numbers_and_addresses_stop_here(folder: Path) -> None:
    found = taken(folder, "Datum;Text\n2026-01-15;811218-9876 eller anna.b@exempel.se\n2026-01-16;a@b.se sade\n")
    assert [entry["text"] for entry in found.notes] == ["[personnummer] eller [e-post]", "[e-post] sade"]


def test_so_many_notes_and_no_more(folder: Path) -> None:
    rows = "".join(f"2026-01-15;Not {number}\n" for number in range(MAX_NOTES + 5))
    found = taken(folder, f"Datum;Text\n{rows}")
    assert len(found.notes) == MAX_NOTES
    assert found.remarks == ["noter.csv, från rad 202 används inga rader: högst 200 noter läses."]


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (b"", "noter.csv används inte: filen är tom."),
        (b"a;b\n1;2\n", "noter.csv används inte: ingen rubrikrad."),
        (b"Datum;Indikator\n2026-01-01;UTB-01\n", "noter.csv används inte: kolumnen Notering saknas."),
        (b"x" * (MAX_BYTES + 1), "noter.csv används inte: filen är större än en megabyte."),
    ],
)
def test_a_file_that_cannot_be_used_is_told(folder: Path, content: bytes, remark: str) -> None:
    assert taken(folder, content) == Notes(remarks=[remark])
    assert not (folder.parents[1] / "copy.csv").exists()


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_told_and_neither_followed_nor_waited_for(folder: Path, kind: str) -> None:
    path = folder / "noter.csv"
    if kind == "link":
        (folder / "other").write_text("Datum;Text\n2026-01-01;x\n", encoding="utf-8")
        path.symlink_to(folder / "other")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    found = read_notes(folder, folder.parents[1] / "copy.csv")
    assert found.remarks == ["noter.csv används inte: det är ingen vanlig fil som går att läsa."]


def test_notes_are_no_delivery_and_stand_with_the_texts(folder: Path) -> None:
    taken(folder, "Datum;Text\n2026-01-15;Ny lag\nx;y\n")
    (folder / "noter_2026.csv").write_text("x", encoding="utf-8")
    assert [file.name for file in files(folder.parent, {})] == ["noter_2026.csv"]
    texts = folder.parents[1] / "run" / "texts.json"
    collect_narratives(folder.parent, ["farsta", "staden"], texts)
    assert json.loads(texts.read_text(encoding="utf-8")) == {
        "farsta": {
            "texts": {},
            "remarks": ["noter.csv, rad 3 används inte: Datum går inte att läsa."],
            "notes": [note(2, "2026-01-15", None, "Ny lag")],
        }
    }


def test_without_notes_there_is_nothing(folder: Path) -> None:
    assert read_notes(folder, folder / "copy") == Notes()
    assert read_notes(folder / "gone", folder / "copy") == Notes()


def test_a_second_file_whose_name_differs_in_case_is_told(folder: Path) -> None:
    (folder / "noter.csv").write_text("Datum;Text\n2026-01-15;Små\n", encoding="utf-8")
    found = taken(folder, "Datum;Text\n2026-01-16;Stora\n", "NOTER.CSV")
    assert [entry["text"] for entry in found.notes] == ["Stora"]
    assert found.remarks == ["noter.csv används inte: NOTER.CSV läses. Lägg samman filerna."]
