"""Characters that no document can hold: dropped wherever a delivery has them, counted, and told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assets.intake.unholdable import drop_from_bytes, drop_from_text
from tests.intake.books import handmade_xlsx, sheet_xlsx
from tests.intake.delivered import delivered
from tests.intake.places import Place
from tests.intake.sources.sourced import Sourced

HEADINGS = ("Enhet", "Verksamhet")
CONTROLS = "För\u0001sko\u001fla\u0000"
SPOILED = f"{CONTROLS}\ufffe\uffff"
ESCAPED = "För_x0001_sko_x001f_la_x0000__xFFFE__xffff__xD83D_"
CELLS = (
    '<row r="1"><c t="inlineStr"><is><t>Enhet</t></is></c><c t="inlineStr"><is><t>Verksamhet</t></is></c></row>'
    '<row r="2"><c t="inlineStr"><is><t>E1</t></is></c><c t="{1}">{0}</c></row>'
)
TEXT = f"{';'.join(HEADINGS)}\nE1;{SPOILED}\n"
DELIVERED = {
    "utf-8": (".csv", TEXT.encode(), 5),
    "utf-16": (".csv", TEXT.encode("utf-16"), 5),
    "in quotes": (".csv", TEXT.replace(SPOILED, f'"{SPOILED}"').encode(), 5),
    "windows-1252": (".csv", TEXT.replace(SPOILED, CONTROLS).encode("cp1252"), 3),
    "workbook": (".xlsx", sheet_xlsx([HEADINGS, ("E1", SPOILED)]), 5),
    "workbook, in the cell": (".xlsx", handmade_xlsx(CELLS.format(f"<is><t>{ESCAPED}</t></is>", "inlineStr")), 6),
    "workbook, by a formula": (".xlsx", handmade_xlsx(CELLS.format(f"<f>A1</f><v>{ESCAPED}</v>", "str")), 6),
    "none": (".csv", "Enhet;Verksamhet\r\nE1;Förskola\r\n\x1a".encode(), 0),
}
"""The same delivery as every kind of file that can hold them: its ending, its bytes and how many."""


@pytest.mark.parametrize("kind", DELIVERED)
def test_they_are_dropped_and_counted_in_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    ending, content, number = DELIVERED[kind]
    parsed, found = delivered(tmp_path, "enheter", content, ending)
    assert found.valid["verksamhet"].to_list() == ["Förskola"]
    assert parsed.dropped_characters == number


@pytest.mark.parametrize(
    ("name", "content", "number"),
    [
        ("a.csv", TEXT, 5),
        ("a.json", json.dumps([{"Enhet": "E1", "Verksamhet": f"{SPOILED}\ud83d"}]), 6),
        ("a.html", "<table><tr><td>Enhet<td>Verksamhet<tr><td>E1<td>För\u0001&#2;skola</table>", 1),
    ],
)
def test_they_are_dropped_and_counted_in_what_a_source_reads(
    sourced: Callable[..., Sourced], name: str, content: str, number: int
) -> None:
    source = sourced('register = "enheter"\nfiles = ["*"]\n')
    parsed, found = source.read(content, name)
    assert found.valid["verksamhet"].to_list() == ["Förskola"]
    assert parsed.dropped_characters >= number


def test_the_count_stands_with_the_delivery(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.deliver("enheter_2026-10-31.csv", TEXT)
    place.deliver("vor_indikatorer_2026-10-31.csv", "Indikator;År;Bedömning\nA;2026;Delvis\n")
    place.night()
    in_force = place.deliveries().filter(status="i kraft").select("register", "dropped_characters")
    assert dict(in_force.rows()) == {"enheter": 5, "vor_indikatorer": 0}


def test_line_ends_and_tabs_stay() -> None:
    assert drop_from_bytes(b"a\tb\r\nc\n") == (b"a\tb\r\nc\n", 0)
    assert drop_from_text("a\tb\r\n\ud800c\x0b") == ("a\tb\r\nc", 2)
