"""Each reason for which a file is refused says what there is to do."""

from datetime import date

import polars as pl
import pytest

from assets.publication.explain_refusal import explain_refusal, explained_refusals
from assets.registers import refusal_reasons
from assets.registers.refusal_reasons import NO_HEADING_ROW, UNKNOWN
from tests.intake.delivered import REGISTERS

UTBILDNING = REGISTERS["utbildning"]
_WITH_LIKELY_ROW = {refusal_reasons.NO_HEADING_ROW}
REASONS = {
    name: value
    for name, value in vars(refusal_reasons).items()
    if name.isupper() and isinstance(value, str) and value not in _WITH_LIKELY_ROW
}
_WITHOUT_MEND = {"NO_REVIEW_DATE"}


@pytest.mark.parametrize("name", sorted(REASONS.keys() - _WITHOUT_MEND))
def test_a_reason_that_says_the_same_of_every_file_has_its_mend(name: str) -> None:
    reason = REASONS[name].format_map({"row": 3, "sheets": "A, B", "column": "x", "sources": "a", "number": 2,
                                       "heading": "H", "sheet": "S", "most": 9})  # fmt: skip
    (line,) = explain_refusal(reason, UTBILDNING, [])
    assert line.endswith(".")


def test_the_page_tells_the_row_most_like_headings_and_what_is_missing() -> None:
    near = [{"row": 2, "text": "Kurskodd", "meant": "Kurskod"}, {"row": 2, "text": "Avsnitt", "meant": "Avsnitt"}]
    lacking = [
        {"row": None, "text": "Slutförd d", "meant": "Genomförd"},
        {"row": None, "text": None, "meant": "Kurskod"},
    ]
    files = pl.DataFrame({
        "register": ["utbildning", "utbildning", "utbildning", None],
        "delivery": ["a.csv", "b.csv", "c.csv", "d.csv"],
        "delivered": [date(2026, 1, 1)] * 4,
        "reason": [NO_HEADING_ROW, "kolumnen Genomförd saknas", NO_HEADING_ROW, UNKNOWN],
        "near_headings": pl.Series([near, lacking, [], []]),
    })  # fmt: skip
    assert explained_refusals(files, REGISTERS)["mend"].to_list() == [
        "Rad 2 liknar mest en rubrikrad: Kurskodd (menas Kurskod?), Avsnitt.",
        (
            "Genomförd: rubriken ska vara Genomförd, Slutförd, Datum eller Genomförandedatum (filen har Slutförd d). "
            "Kurskod: rubriken ska vara Kurskod eller Kurs-id."
        ),
        "Ingen cell i filens början liknar en rubrik som utbildning har.",
        "Ge filen registrets namn först i sitt namn, eller ta bort den ur inkorgen.",
    ]
