"""texter/: what people write for the document, as they save it, with what must not leave the intake taken out."""

import errno
import json
import os
from pathlib import Path

import pytest

from assets.intake.narrative import MAX_BYTES, collect_narratives, template_of
from assets.intake.privacy import masked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox" / "farsta" / "texter"
    folder.mkdir(parents=True)
    return folder


def taken(folder: Path) -> dict[str, dict[str, object]]:
    texts = folder.parents[2] / "run" / "texts.json"
    collect_narratives(folder.parents[1], ["farsta", "staden"], texts)
    found: dict[str, dict[str, object]] = json.loads(texts.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_in_every_encoding(folder: Path, encoding: str) -> None:
    (folder / "2.2.1 Budget.md").write_bytes("Nämnden får\r\n2 åtgärder.".encode(encoding))
    assert taken(folder) == {"farsta": {"texts": {"2.2.1 Budget": "Nämnden får\n2 åtgärder."}, "remarks": []}}


def test_what_is_no_text_is_told_and_passed_over(folder: Path) -> None:
    (folder / "1.md").write_text("Text.", encoding="utf-8")
    (folder / "2.1.docx").write_bytes(b"x")
    (folder / "2.2.md").write_bytes(b"x" * (MAX_BYTES + 1))
    (folder / "~$1.md").write_bytes(b"x")
    (folder / ".1.md").write_bytes(b"x")
    found = taken(folder)["farsta"]
    assert found["texts"] == {"1": "Text."}
    assert found["remarks"] == [
        "texter/2.1.docx används inte: texterna ska heta <kapitel>.md, till exempel 2.2.1.md.",
        "texter/2.2.md används inte: filen är större än en megabyte.",
    ]


@pytest.mark.parametrize("name", ["1.md", "mall.docx"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_told_and_neither_followed_nor_waited_for(folder: Path, name: str, kind: str) -> None:
    (folder / "2.1.md").write_text("Text.", encoding="utf-8")
    (folder.parent / "elsewhere").write_text("Hemlighet", encoding="utf-8")
    match kind:
        case "link":
            (folder / name).symlink_to("../elsewhere")
        case "pipe":
            os.mkfifo(folder / name)
        case _:
            (folder / name).mkdir()
    assert taken(folder)["farsta"] == {
        "texts": {"2.1": "Text."},
        "remarks": [f"texter/{name} används inte: det är ingen vanlig fil som går att läsa."],
    }


def test_a_folder_of_texts_that_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: Path) -> list[Path]:
        raise PermissionError(errno.EACCES, "x")

    monkeypatch.setattr(Path, "iterdir", closed)
    assert taken(folder)["farsta"]["remarks"] == ["texter används inte: mappen går inte att läsa."]


def test_the_template_is_taken_as_it_is(folder: Path) -> None:
    (folder / "mall.docx").write_bytes(b"PK\x03\x04")
    assert taken(folder) == {"farsta": {"texts": {}, "remarks": []}}
    texts = folder.parents[2] / "run" / "texts.json"
    assert template_of(texts, "farsta").read_bytes() == b"PK\x03\x04"
    assert not template_of(texts, "staden").exists()


def test_personal_numbers_and_addresses_stop_here(folder: Path) -> None:
    text = "Ring 850709-9805 eller skriv till a.b-c@exempel.se."
    assert masked(text) == "Ring [personnummer] eller skriv till [e-post]."
    (folder / "850709-9805.md").write_text("x", encoding="utf-8")
    assert "850709" not in json.dumps(taken(folder))


def test_nothing_is_changed_in_the_inbox(folder: Path) -> None:
    (folder / "1.md").write_text("Mejla a@b.se.", encoding="utf-8")
    taken(folder)
    assert (folder / "1.md").read_text(encoding="utf-8") == "Mejla a@b.se."


def test_without_texts_there_is_nothing(tmp_path: Path) -> None:
    collect_narratives(tmp_path, ["farsta"], tmp_path / "run" / "texts.json")
    assert json.loads((tmp_path / "run" / "texts.json").read_text(encoding="utf-8")) == {}
