"""Packed files, within limits and without nesting."""

import gzip
import io
import zipfile

import pytest

from assets.intake.refusal import Refused
from assets.intake.sources import unpack
from assets.intake.sources.unpack import ending_of, members, unpack_gzip, unpack_member
from assets.registers.refusal_reasons import NESTED, UNREADABLE


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def test_hidden_files_and_folders_are_no_members() -> None:
    names = ["a.csv", "mapp/", "mapp/b.csv", "__MACOSX/a.csv", ".dold", "mapp/~$b.csv", "mapp/.dold/c.csv"]
    assert members(packed(dict.fromkeys(names, b""))) == ["a.csv", "mapp/b.csv"]


def test_a_member_is_unpacked_whole() -> None:
    target = io.BytesIO()
    unpack_member(packed({"m/å.csv": b"x" * 3_000_000}), "m/å.csv", target)
    assert target.getvalue() == b"x" * 3_000_000


def test_too_many_members_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MAX_MEMBERS", 2)
    with pytest.raises(Refused, match="filen packar fler än 2 filer"):
        members(packed(dict.fromkeys(["a", "b", "c"], b"")))


def test_a_long_list_of_members_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    many = packed({str(number): b"" for number in range(30_000)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(Refused, match="filen packar fler än 200 filer"):
        members(many)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MAX_UNPACKED", 1000)
    bomb = packed({"a.csv": b"0" * 2000})
    with pytest.raises(Refused, match="för stor när den packas upp"):
        members(bomb)
    target = io.BytesIO()
    with pytest.raises(Refused, match="för stor när den packas upp"):
        unpack_member(bomb, "a.csv", target)  # whatever the list says
    with pytest.raises(Refused, match="för stor när den packas upp"):
        unpack_gzip(io.BytesIO(gzip.compress(b"0" * 2000)), target)
    assert len(target.getvalue()) <= 1000


@pytest.mark.parametrize("name", ["b.zip", "B.ZIP", "b.csv.gz", "b.tar"])
def test_nothing_packed_is_unpacked_from_what_is_packed(name: str) -> None:
    inner = packed({"a.csv": b"x"}).getvalue()
    with pytest.raises(Refused, match=NESTED):
        unpack_member(packed({name: inner}), name, io.BytesIO())


def test_what_is_no_archive_or_a_torn_one_is_unreadable() -> None:
    packed_bytes = packed({"a.csv": b"innehall" * 100}, zipfile.ZIP_STORED).getvalue()
    torn = packed_bytes.replace(b"innehall", b"lennahni", 1)
    for read in (
        lambda: members(io.BytesIO(b"PK nothing")),
        lambda: members(io.BytesIO(packed_bytes[:-30])),
        lambda: unpack_member(io.BytesIO(torn), "a.csv", io.BytesIO()),
        lambda: unpack_member(io.BytesIO(packed_bytes), "b.csv", io.BytesIO()),
        lambda: unpack_gzip(io.BytesIO(b"no gzip"), io.BytesIO()),
        lambda: unpack_gzip(io.BytesIO(gzip.compress(b"x" * 1000)[:-9]), io.BytesIO()),
    ):
        with pytest.raises(Refused, match=UNREADABLE):
            read()


def test_an_encrypted_member_is_unreadable() -> None:
    content = packed({"a.csv": b"x"}).getvalue()
    flagged = bytearray(content)
    flagged[6] |= 1
    flagged[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Refused, match=UNREADABLE):
        unpack_member(io.BytesIO(bytes(flagged)), "a.csv", io.BytesIO())


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.csv", ".csv"), ("a.CSV.GZ", ".csv"), ("z.zip/m/a.Json", ".json"), ("a", ""), ("a.gz", "")],
)
def test_the_ending_is_that_of_what_is_packed(name: str, ending: str) -> None:
    assert ending_of(name) == ending
