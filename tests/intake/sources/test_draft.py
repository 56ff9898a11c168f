"""What a file that nobody has described says: its dates, its heading row."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from assets.intake.headings import Cells
from assets.intake.near_headings import NearHeading, near_headings
from assets.intake.refusal import Refused
from assets.intake.sources.date_formats import fitting_formats
from assets.intake.sources.definition import Source
from assets.intake.sources.likely_headings import LikelyHeadings
from assets.registers.refusal_reasons import NO_HEADING_ROW
from tests.intake.delivered import REGISTERS

UTBILDNING = REGISTERS["utbildning"]
SOURCE = Source.model_validate({"name": "draft", "register": "utbildning", "files": ["*"]})


@pytest.mark.long
@pytest.mark.parametrize(
    ("texts", "formats"),
    [
        (["3/25/2026", "3/4/2026"], ("%m/%d/%Y",)),
        (["3/2/2026", "3/4/2026"], ("%d/%m/%Y", "%m/%d/%Y")),
        (["3/2/2026", "2026-03-25"], ("%d/%m/%Y", "%m/%d/%Y")),
        (["01 Jan 2026", "14 okt 2026"], ("%d %b %Y",)),
        (["tisdag, 3 mars 2026, 09:14"], ("%A, %d %B %Y, %H:%M",)),
        (["1772442895"], ("epoch_s",)),
        (["1772442895000"], ("epoch_ms",)),
        (["3/25/2026 8:00 AM", "3/25/2026"], ()),
        (["2026-03-02", "9999-12-31"], ()),
        (["32/13/2026"], ()),
        (["Enhet 12"], ()),
        ([], ()),
    ],
)
def test_the_formats_that_fit_every_cell(texts: list[str], formats: tuple[str, ...]) -> None:
    assert fitting_formats(pl.Series(texts, dtype=pl.String)) == formats


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([["Rapport", ""], ["Anst.nr", "Kurskod"], ["A1", "K"]], 1),
        ([["Uttag 2026-01-02", ""], ["who", "when"], ["A1", "x"]], 1),
        ([["name", "number"], ["Vårdplan", "APM1"]], 0),
        ([["Anna Prov", "E1"], ["Bo Prov", "E2"]], None),
        ([["Anna Prov", "Klar"], ["Bo Prov", "Klar"]], None),
        ([["anna@kommun.example", "Klar"], ["b@kommun.example", "E2"]], None),
        ([["a"], ["1"]], None),
        ([], None),
    ],
)
def test_a_row_of_data_is_never_taken_for_headings(rows: Sequence[Cells], index: int | None) -> None:
    found = LikelyHeadings(SOURCE, UTBILDNING).find(rows)
    assert (found.index if found else None) == index


def test_of_a_workbook_the_row_most_like_headings_is_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("två").append(["Anstälningsid", "Prov Ett", "Kurskodd"])
    book.save(tmp_path / "bok.xlsx")
    found = near_headings(Refused(NO_HEADING_ROW), tmp_path / "bok.xlsx", ".xlsx", UTBILDNING)
    meant = {"Anstälningsid": "Anställnings-id", "Kurskodd": "Kurskod"}
    assert found == [NearHeading(1, text, column) for text, column in meant.items()]


def test_a_cell_near_a_heading_is_shown_without_the_person_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Kurskodd a@x.se;Anstälningsid b\u200b@x.se\n1;2\n", encoding="utf-8")
    found = near_headings(Refused(NO_HEADING_ROW), tmp_path / "a.csv", ".csv", UTBILDNING)
    assert [near.text for near in found] == ["Kurskodd [e-post]", "Anstälningsid [e-post]"]
