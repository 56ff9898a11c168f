"""Whatever goes wrong inside a reader costs its own delivery alone, and the log tells no cell of it."""

import logging
from collections.abc import Callable
from pathlib import Path

import fastexcel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake import encoding as encodings
from assets.intake import read_delivery, reading
from assets.intake.refusal import Refused
from tests.intake.books import ods, sheet_xlsx
from tests.intake.delivered import REGISTERS, read, written
from tests.intake.fictitious import PERSON
from tests.intake.places import Place

HEADING = ["Indikator", "År", "Bedömning"]
PLAIN = "Indikator;År;Bedömning\nA;2023;Delvis\nB;2024;Delvis\n"
SECRET = f"Alva Kvist {PERSON}"


class Panic(BaseException):
    """As pyo3's PanicException: no Exception, so `except Exception` misses it."""


def raising(fault: BaseException) -> Callable[..., object]:
    def fails(*_: object, **__: object) -> object:
        raise fault

    return fails


FAULTS = [
    Panic(SECRET), ValueError(SECRET), RuntimeError(SECRET), KeyError(SECRET), AssertionError(SECRET),
    UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET), RecursionError(SECRET), GeneratorExit(SECRET),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=[type(fault).__name__ for fault in FAULTS])
@pytest.mark.parametrize(
    ("module", "name", "ending"),
    [(reading, "_read_text", ".csv"), (reading, "_read_workbook", ".xlsx"), (fastexcel, "read_excel", ".xlsx"),
     (read_delivery, "select_rows", ".csv"), (read_delivery, "apply_contract", ".csv")],
    ids=["text", "workbook", "fastexcel", "rows", "apply_contract"],
)  # fmt: skip
def test_every_fault_of_every_step_refuses_and_tells_no_cell(
    tmp_path: Path, module: object, name: str, ending: str, fault: BaseException,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(module, name, raising(fault))
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Refused) as refused:
        read(tmp_path, "vor_indikatorer", sheet_xlsx([HEADING]) if ending == ".xlsx" else PLAIN, ending)
    assert str(refused.value) == "filen går inte att läsa"
    assert refused.value.__suppress_context__, "what is shown of the refusal doesn't show the fault"
    assert type(fault).__name__ in caplog.text
    assert not [word for word in SECRET.split() if word in caplog.text]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, SystemExit])
def test_who_stops_the_run_stops_it(
    tmp_path: Path, fault: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_read_text", raising(fault()))
    with pytest.raises(fault):
        read(tmp_path, "vor_indikatorer", PLAIN)


def test_a_refusal_keeps_its_own_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_read_text", raising(Refused("för att")))
    with pytest.raises(Refused, match="för att"):
        read(tmp_path, "vor_indikatorer", PLAIN)


def test_a_panic_costs_its_own_delivery_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path)
    place.deliver("vor_indikatorer_2026-10-30.csv", PLAIN)
    place.deliver("vor_indikatorer_2026-10-31.xlsx", sheet_xlsx([HEADING]))
    monkeypatch.setattr(fastexcel, "read_excel", raising(Panic(SECRET)))
    assert place.night() == 2
    assert place.statuses() == [
        ("vor_indikatorer_2026-10-30.csv", "i kraft"), ("vor_indikatorer_2026-10-31.xlsx", "avvisad"),
    ]  # fmt: skip
    assert "Kvist" not in "".join(content.decode(errors="replace") for content in place.files("raw").values())


STARTS = [
    b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"%PDF-1.7\n",
    b"\x09\x08\x10\x00", b"<html>", b'"', PLAIN.encode(), PLAIN.encode("utf-16"), sheet_xlsx([HEADING])[:400],
]  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"])
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=200), register=st.sampled_from(sorted(REGISTERS)))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, ending: str, start: bytes, rest: bytes, register: str
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    try:
        found = read(folder, register, start + rest, ending)
    except Refused:
        return
    assert found.read == found.valid.height + found.quarantined.height + found.duplicates


INTACT = {
    ".xlsx": sheet_xlsx([HEADING, ["A", 2023, "Delvis"]]),
    ".ods": ods(("Data", [HEADING, ["A", 2023, "Delvis"]])),
}


@pytest.mark.parametrize("ending", INTACT)
@given(data=st.data())
def test_a_workbook_with_a_byte_gone_wrong_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject
) -> None:
    content = bytearray(INTACT[ending])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("bytes")
    try:
        found = read(folder, "vor_indikatorer", bytes(content), ending)
    except Refused:
        return
    assert found.read == found.valid.height + found.quarantined.height + found.duplicates


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_where_the_pieces_of_a_file_begin_and_end_does_not_matter(
    tmp_path: Path, size: int, encoding: str, line_end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = PLAIN.replace("A;", '"Å\näö";').replace("\n", line_end)
    path = written(tmp_path, content, encoding=encoding)
    intact = reading.read(path, ".csv", REGISTERS["vor_indikatorer"])
    monkeypatch.setattr(encodings, "_CHUNK", size)
    pieces = reading.read(path, ".csv", REGISTERS["vor_indikatorer"])
    assert pieces.cells.equals(intact.cells)
    assert pieces.cells["0"].to_list() == ["Å\näö", "B"]
