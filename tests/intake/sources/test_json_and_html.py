"""JSON records and the tables of web pages."""

import json
from collections.abc import Callable

import pytest

from assets.intake.refusal import Refused
from assets.registers.refusal_reasons import EMPTY, UNREADABLE
from tests.intake.sources.sourced import Sourced

Make = Callable[..., Sourced]
VOR = """
register = "vor_indikatorer"
files = ["*"]
[columns]
Indikator = { from = "value" }
"År" = { constant = "2025" }
"Bedömning" = { constant = "Delvis" }
"""


def cells_of(make: Make, select: str, content: object, name: str = "a.json", read: str = "") -> list[object]:
    source = make(VOR.replace("[columns]", f"[read]\n{read}\n[columns]"), f"SELECT row, {select} AS value FROM raw")
    text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    return source.cells(text, "indikator", name)


def test_objects_are_flattened_and_plain_lists_joined(sourced: Make) -> None:
    record = {
        "a": {"b": {"c": "x"}, "n": None},
        "l": ["p", 2, True],
        "o": [{"k": 1.5}],
        "t": True,
        "i": 1234567890123456789,
    }
    select = 'concat_ws(\'|\', row, "a.b.c", "a.n", l, o, t, i)'
    assert cells_of(sourced, select, [record]) == ['1|x||p; 2; true|[{"k": 1.5}]|true|1234567890123456789']


def test_records_stand_at_a_path(sourced: Make) -> None:
    document = {"value": {"rows": [{"a": "x"}, {"b": "y"}]}}
    assert cells_of(sourced, "concat_ws('|', row, a, b)", document, read='records = "value.rows"') == ["1|x|", "2||y"]
    with pytest.raises(Refused, match=r"listan value\.rader saknas i filen"):
        cells_of(sourced, "a", document, read='records = "value.rader"')
    with pytest.raises(Refused, match="ingen lista med poster"):
        cells_of(sourced, "a", document)


def test_one_record_a_line(sourced: Make) -> None:
    content = '\ufeff{"row": "x", "A": 1}\r\n\n{"a": 2}\n'
    assert cells_of(sourced, 'concat_ws(\'|\', row, "row#2", A, "a#2")', content, "a.jsonl") == ["1|x|1|", "3|||2"]


def test_lines_are_known_whatever_the_ending(sourced: Make) -> None:
    assert cells_of(sourced, "concat_ws('|', row, a)", '{"a": "x"}\n{"a": "y"}\n') == ["1|x", "2|y"]
    assert cells_of(sourced, "a", '{\n"value": [{"a": "x"}]\n}\n', read='records = "value"') == ["x"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_records_are_read_in_every_unicode(sourced: Make, encoding: str) -> None:
    assert cells_of(sourced, "a", '[{"a": "Å"}]'.encode(encoding)) == ["Å"]
    assert cells_of(sourced, "a", '{"a": "Å"}\n{"a": "ä"}\n'.encode(encoding), "a.jsonl") == ["Å", "ä"]


def test_a_record_of_one_field_is_a_record(sourced: Make) -> None:
    source = sourced('register = "vor_indikatorer"\nfiles = ["*"]\n')
    assert source.faults('[{"Indikator": "A", "År": 2025, "Bedömning": "Delvis"}, {"Indikator": "B"}]', "a.json") == [
        (2, "År", None, "krävs"),
        (2, "Bedömning", None, "krävs"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [("{", UNREADABLE), ("[1]", UNREADABLE), ("[]", EMPTY), (b"[\xff]", UNREADABLE), ("[" * 100_000, UNREADABLE)],
)
def test_what_is_no_list_of_records_is_refused(sourced: Make, content: str | bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        cells_of(sourced, "a", content)


PAGE = """<html><head><meta charset="windows-1252"></head><body>
<table><tr><td>Sökning</td><td>Alla</td></tr></table>
<table><tr><th colspan="2">Rapport</th></tr>
<tr><th>Indikator</th><th>År</th><th>Bedömning</th></tr>
<tr><td rowspan="2">A<br>å</td><td>2025</td><td><b>Delvis</b></td></tr>
<tr><td>2024</td><td>Delvis <table><tr><td>x</td></tr></table></td></tr>
</table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_table_with_the_headings_is_read(sourced: Make, encoding: str) -> None:
    source = sourced('register = "vor_indikatorer"\nfiles = ["*"]\n')
    _, result = source.read(PAGE.replace(" <table><tr><td>x</td></tr></table>", "").encode(encoding), "a.xls")
    assert result.valid.select("row", "indikator", "ar").rows() == [(3, "A å", 2025)]
    assert result.failures.select("row", "column", "rule").rows() == [(4, "Indikator", "krävs")]


def test_a_table_in_a_cell_is_a_table_of_its_own(sourced: Make) -> None:
    source = sourced('register = "vor_indikatorer"\nfiles = ["*"]\n')
    assert source.read(PAGE, "a.html")[1].read == 2


def test_two_tables_with_the_headings_refuse(sourced: Make) -> None:
    source = sourced('register = "vor_indikatorer"\nfiles = ["*"]\n')
    table = PAGE[PAGE.index("<table><tr><th") : PAGE.index("</body>")]
    with pytest.raises(Refused, match="flera blad har rubrikraden: tabell 2, tabell"):
        source.read(PAGE.replace("</body>", f"{table}</body>"), "a.html")


def test_a_page_without_the_headings_has_no_heading_row(sourced: Make) -> None:
    source = sourced('register = "vor_indikatorer"\nfiles = ["*"]\n')
    with pytest.raises(Refused, match="ingen rubrikrad"):
        source.read("<html><table><tr><td>x</td></tr></table></html>", "a.html")
    with pytest.raises(Refused, match="filen är tom"):
        source.read("<html><p>x</p></html>", "a.html")
