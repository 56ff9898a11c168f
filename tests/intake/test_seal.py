"""The sealed archive: written without a secret, read anew with it alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyrage import decrypt, x25519

from assets.intake.seal import IdentityMissing, check_recipient
from tests.intake.places import Place

NAME = "vor_indikatorer_2026-10-31.csv"
CONTENT = "Indikator;År;Bedömning\nBehörighet;2023;Delvis\n"
KEY = x25519.Identity.generate()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    place.archive = replace(place.archive, seal_to=str(KEY.to_public()))
    return place


def identity(place: Place, key: x25519.Identity = KEY) -> Path:
    path = place.inbox.parent / "identity.txt"
    path.write_text(f"# public key: {key.to_public()}\n{key}\n", encoding="utf-8")
    return path


def bytes_of(place: Place) -> dict[str, bytes]:
    return {path: content for path, content in place.files("read", "receipts").items() if "lookup" not in path}


def test_the_night_reads_what_came_and_leaves_nothing_in_clear(place: Place) -> None:
    place.deliver(NAME, CONTENT)
    assert place.night() == 1
    assert place.statuses() == [(NAME, "i kraft")]
    ((path, sealed),) = bytes_of(place).items()
    sha256 = place.deliveries().filter(status="i kraft")["sha256"].item()
    assert path == f"raw/{sha256[:2]}/{sha256}.age"
    assert b"Beh" not in sealed
    assert decrypt(sealed, [KEY]).decode() == CONTENT
    assert place.night(2) == 0


def test_a_night_that_was_killed_before_it_read_needs_no_secret(place: Place) -> None:
    sha256 = place.archive.store(place.deliver(NAME, CONTENT))
    assert sha256
    assert place.archive.unread(sha256).read_text() == CONTENT
    assert place.night() == 1
    assert not place.archive.unread(sha256).exists()


def test_what_lay_in_clear_before_the_key_is_sealed(place: Place) -> None:
    place.deliver(NAME, CONTENT)
    sealing, place.archive = place.archive, replace(place.archive, seal_to=None)
    place.night()
    assert list(bytes_of(place).values()) == [CONTENT.encode()]
    place.archive = sealing
    place.night(2)
    assert [path[-4:] for path in bytes_of(place)] == [".age"]


def test_reading_anew_refuses_without_the_secret_and_works_with_it(place: Place) -> None:
    place.deliver(NAME, CONTENT)
    place.night()
    before = place.rows("vor_indikatorer")
    place.forget("read")
    with pytest.raises(IdentityMissing, match="1 förseglade leveranser måste läsas om"):
        place.night(2)
    assert place.statuses() == [(NAME, "i kraft")], "nothing is taken for refused"
    place.archive = replace(place.archive, identity=identity(place, x25519.Identity.generate()))
    with pytest.raises(IdentityMissing, match="öppnar inte"):
        place.night(2)
    place.archive = replace(place.archive, identity=identity(place))
    assert place.night(2) == 1
    assert [rows.rows() for rows in place.rows("vor_indikatorer")] == [rows.rows() for rows in before]
    assert len(bytes_of(place)) == 1, "nothing is left in clear"


@pytest.mark.parametrize("content", ["", "# a comment\n", "AGE-SECRET-KEY-1NONE\n"])
def test_a_file_without_a_key_is_told(place: Place, content: str) -> None:
    place.deliver(NAME, CONTENT)
    place.night()
    place.forget("read")
    path = identity(place)
    path.write_text(content, encoding="utf-8")
    place.archive = replace(place.archive, identity=path)
    with pytest.raises(IdentityMissing, match="inte på någon nyckelfil"):
        place.night(2)


def test_a_recipient_is_checked() -> None:
    check_recipient(str(KEY.to_public()))
    for text in ("", "age1x", str(KEY)):
        with pytest.raises(ValueError, match="no age recipient"):
            check_recipient(text)
