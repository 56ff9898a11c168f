"""OpenDocument spreadsheets: made by hand here, and as the samples have them."""

import os
import tempfile
from datetime import date, datetime
from pathlib import Path

import pytest

from assets.intake.inbox import files
from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from tests.intake.books import Cell, ods
from tests.intake.delivered import REGISTERS, read

HEADING = ["Indikator", "År", "Bedömning"]
SAMPLES = Path(__file__).parents[3] / "shared" / "samples-law"


def test_empty_rows_count_and_the_first_sheet_with_a_heading_is_read(tmp_path: Path) -> None:
    rows: list[list[Cell] | int] = [
        ["Titel"], 3, [*HEADING], ["A", 2023, "Delvis"], 2, ["B & <C>\nrad", 2023.0, "delvis"], 1_000_000,
    ]  # fmt: skip
    found = read(tmp_path, "vor_indikatorer", ods(("Tomt", []), ("Data", rows), ("Mer", [HEADING])), ".ods").valid
    assert found.select("row", "indikator", "ar").rows() == [(6, "A", 2023), (9, "B & <C>\nrad", 2023)]


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ([("Tomt", [])], "filen är tom"),
        ([("Tomt", [5])], "filen är tom"),
        ([("Brev", [["Hej"]])], "ingen rubrikrad"),
        ([("Data", [30, HEADING])], "ingen rubrikrad"),
        ([("Data", [HEADING[:2]])], "kolumnen Bedömning saknas"),
    ],
    ids=["no rows", "empty rows", "no heading", "row 31", "one lacks"],
)
def test_what_refuses_it(tmp_path: Path, sheets: list[tuple[str, list[list[Cell] | int]]], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, "vor_indikatorer", ods(*sheets), ".ods")
    assert str(refused.value) == reason


def test_a_date_cell_gives_its_day_and_its_time_where_it_has_one(tmp_path: Path) -> None:
    cells: list[Cell] = [
        date(2023, 10, 31), datetime(2023, 10, 31), datetime(2023, 10, 31, 14, 5, 33), "2023-10-31 00:00:00",  # noqa: DTZ001
        "2023-10-31T00:00", 45230, 45230.5,
    ]  # fmt: skip
    headings = ["Anställnings-id", "Kurskod", "Avsnitt", "Status", "Genomförd"]
    rows: list[list[Cell]] = [[f"A{n}", 114, n, "Genomförd", cell] for n, cell in enumerate(cells)]
    found = read(tmp_path, "utbildning", ods(("Data", [headings, *rows])), ".ods").valid
    assert found["genomford_day"].to_list() == [date(2023, 10, 31)] * len(cells)
    assert (found["genomford"] == found["genomford_last"]).to_list() == [False, False, True, True, True, False, True]
    assert set(found["kurskod"]) == {"114"}


@pytest.mark.skipif(not SAMPLES.exists(), reason="../shared/samples-law isn't there")
def test_every_ods_of_the_samples_is_read_or_refused_for_a_reason_in_it() -> None:
    found = [
        file
        for sample in sorted(SAMPLES.glob("*/inbox"))
        for file in files(sample, REGISTERS)
        if file.path.suffix == ".ods" and file.register
    ]
    assert found, "the samples hold ods files"
    refusals = []
    for file in found:
        assert file.register
        try:
            delivered, conformed = read_delivery(file.path, ".ods", REGISTERS[file.register])
        except Refused as refused:
            refusals.append(str(refused))
            continue
        assert conformed.read == delivered.cells.height > 0, file.name
        assert conformed.read == conformed.valid.height + conformed.quarantined.height + conformed.duplicates
    assert "filen går inte att läsa" not in refusals


def test_a_spreadsheet_without_a_table_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        read(tmp_path, "vor_indikatorer", ods(), ".ods")
    with tempfile.TemporaryDirectory() as folder, pytest.raises(Refused):
        read(Path(folder), "vor_indikatorer", os.urandom(2000), ".ods")
