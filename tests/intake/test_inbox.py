"""The inbox: which files lie there, whose they are, what they are and of which day (docs/spec/interfaces.md,
the inbox)."""

import os
from datetime import date
from pathlib import Path

import pytest

from assets.intake import inbox
from tests.intake.delivered import REGISTERS
from tests.intake.fictitious import PERSON
from tests.intake.places import Place


def files_in(folder: Path) -> list[tuple[str, str, str | None, date | None]]:
    return [(file.organisation, file.name, file.register, file.dated) for file in inbox.files(folder, REGISTERS)]


def lay(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_what_is_passed_over(tmp_path: Path) -> None:
    lay(
        tmp_path, "farsta/.personal.csv", "farsta/~$personal.xlsx", "farsta/personal.csv.part", "farsta/personal.TMP",
        "farsta/personal.Part", "farsta/texter/personal.csv", "farsta/gammalt/2025/personal.csv", ".git/personal.csv",
        ".personal.csv",
    )  # fmt: skip
    (tmp_path / "farsta" / "enheter.csv").mkdir()
    assert files_in(tmp_path) == []


def test_every_other_file_is_seen_also_where_it_fits_nothing(tmp_path: Path) -> None:
    lay(
        tmp_path, "farsta/personal.csv", "farsta/läsmig.pdf", "farsta/omvarldsbevakning.csv", "staden/personal.csv",
        "staden/omvarldsbevakning.csv", "bolag-2/personal_2026-10-31.csv", "Farsta stad/personal.csv", "personal.csv",
    )  # fmt: skip
    assert sorted(files_in(tmp_path), key=str) == sorted(
        [
            ("farsta", "personal.csv", "personal", None), ("farsta", "läsmig.pdf", None, None),
            ("farsta", "omvarldsbevakning.csv", None, None), ("staden", "personal.csv", None, None),
            ("staden", "omvarldsbevakning.csv", "omvarldsbevakning", None),
            ("bolag-2", "personal_2026-10-31.csv", "personal", date(2026, 10, 31)),
            ("staden", "Farsta stad", None, None), ("staden", "personal.csv", None, None),
        ],
        key=str,
    )  # fmt: skip


def test_organisations_are_the_folders_that_can_be_one(tmp_path: Path) -> None:
    for name in ("farsta", "bolag-2", "staden", "Farsta", "söder", "a b", ".dold", "a_b"):
        (tmp_path / name).mkdir()
    lay(tmp_path, "personal.csv")
    assert inbox.organisations(tmp_path) == ["bolag-2", "farsta"]
    assert inbox.organisations(tmp_path / "nowhere") == []
    assert files_in(tmp_path / "nowhere") == []


def test_an_empty_folder_holds_no_files(tmp_path: Path) -> None:
    (tmp_path / "farsta").mkdir()
    assert files_in(tmp_path) == []


def test_links_and_what_is_no_file_are_listed_and_never_followed_or_waited_for(tmp_path: Path) -> None:
    place = Place(tmp_path)
    secret = tmp_path / "personal.csv"
    secret.write_text("Anställnings-id;Enhet\nA1;E1\n", encoding="utf-8")
    place.deliver("vor_indikatorer_2026-10-31.csv", "Indikator;År;Bedömning\nA;2023;Delvis\n")
    farsta = place.inbox / "farsta"
    (farsta / "personal_2026-10-30.csv").symlink_to(secret)
    (farsta / "enheter_2026-10-30.csv").symlink_to(tmp_path / "gone.csv")
    os.mkfifo(farsta / "revision_2026-10-30.csv")
    (place.inbox / "lank").symlink_to("/")
    (farsta / "texter").symlink_to("/etc")
    for _ in range(2):
        place.night()
        unknown = place.deliveries().filter(status="okänd").select("organisation", "name", "reason")
        assert set(unknown.rows()) == {
            ("farsta", "personal_2026-10-30.csv", "länkar följs inte"),
            ("farsta", "enheter_2026-10-30.csv", "länkar följs inte"),
            ("farsta", "revision_2026-10-30.csv", "är ingen vanlig fil"),
            ("farsta", "texter", "länkar följs inte"),
            ("staden", "lank", "länkar följs inte"),
        }
    assert inbox.organisations(place.inbox) == ["farsta"]
    assert not [content for content in place.files().values() if b"A1;E1" in content]
    with pytest.raises(OSError, match="symbolic links"):
        inbox.open_file(farsta / "personal_2026-10-30.csv", farsta)


def test_looking_changes_nothing(tmp_path: Path) -> None:
    lay(tmp_path, "farsta/personal.csv", "farsta/läsmig.pdf")
    os.utime(tmp_path / "farsta", (1, 1))
    files_in(tmp_path)
    assert (tmp_path / "farsta").stat().st_mtime == 1
    assert sorted(os.listdir(tmp_path / "farsta")) == ["läsmig.pdf", "personal.csv"]  # noqa: PTH208


def test_a_personal_number_in_a_name_is_never_shown(tmp_path: Path) -> None:
    dashed = f"{PERSON[:8]}-{PERSON[8:]}"
    lay(tmp_path, f"farsta/personal_{dashed}.csv", f"farsta/{PERSON}.pdf", f"farsta/brev.{PERSON}", f"{dashed}.csv",
        f"Akt {dashed}/x.csv")  # fmt: skip
    names = [file.name for file in inbox.files(tmp_path, REGISTERS)]
    assert len(names) == 5
    assert all("[personnummer]" in name and PERSON[8:] not in name for name in names)
