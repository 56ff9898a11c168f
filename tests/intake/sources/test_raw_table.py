"""The raw table: names of columns, rows that are none, headings over two rows, empty cells that mean "as above"."""

from collections.abc import Callable

import pytest

from assets.intake.refusal import Refused
from assets.intake.sources.raw_table import column_names
from tests.intake.fictitious import PERSON
from tests.intake.sources.sourced import Sourced, book

Make = Callable[..., Sourced]
VOR = 'register = "vor_indikatorer"\nfiles = ["*"]\n'
TRAINING = """
register = "utbildning"
files = ["*"]
[columns]
"Anställnings-id" = "A"
Kurskod = "K"
Avsnitt = "S"
"Genomförd" = { constant = "" }
"""


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (["A", "B"], ["A", "B"]),
        (["A", "a", "A"], ["A", "a#2", "A#3"]),
        (["A", "", "B", ""], ["A", "A#2", "B", "B#2"]),
        (["A", "", ""], ["A", "A#2", "A#3"]),
        (["", "", "A"], ["#1", "#2", "A"]),
        (["A", "A#2", "A"], ["A", "A#2", "A#3"]),
        (["row", "Sheet", "FILE", "delivered"], ["row#2", "Sheet#2", "FILE#2", "delivered#2"]),
        (["A", "", "A"], ["A", "A#2", "A#3"]),
    ],
)
def test_every_column_has_a_name_of_its_own(headings: list[str], names: list[str]) -> None:
    assert column_names(headings) == names


def raw(make: Make, select: str, content: str | bytes, name: str = "export.csv", read: str = "") -> list[object]:
    """What a select over the raw table says, through the texts of a column."""
    source = make(
        f'{VOR}{read}\n[columns]\nIndikator = "value"\n"År" = {{ constant = "2025" }}\n'
        '"Bedömning" = { constant = "Delvis" }\n',
        f"SELECT row, {select} AS value FROM raw",
    )
    return source.cells(content, "indikator", name)


def test_sql_sees_where_a_row_stands(sourced: Make) -> None:
    """A title above the headings counts as a spreadsheet counts."""
    content = "Uttag;;\n\nIndikator;År;Bedömning\nx;y;z\n;;\nx;y;z\n"
    assert raw(sourced, "concat_ws('|', row, sheet, file, delivered)", content, "uttag/Lista.csv") == [
        "4||Lista.csv|2026-11-10",
        "6||Lista.csv|2026-11-10",
    ]


def test_a_sheet_is_named(sourced: Make) -> None:
    content = book({"Blad 1": [["Indikator", "År", "Bedömning"], ["x", "2025", "z"]]})
    assert raw(sourced, "concat_ws('|', row, sheet)", content, "a.xlsx") == ["2|Blad 1"]


def test_cells_are_trimmed_and_never_null(sourced: Make) -> None:
    content = "Indikator;År;Bedömning;Kommentar\n\u00a0x \t;;z;\n"
    assert raw(sourced, "concat(Indikator, '|', År = '', '|', Kommentar IS NULL)", content) == ["x|true|false"]


def test_a_nameless_column_is_the_second_of_the_one_before(sourced: Make) -> None:
    content = "Indikator;;År;Bedömning;\nx;y;2025;z;\n"
    assert raw(sourced, '"Indikator#2"', content) == ["y"]
    with pytest.raises(Refused, match=r"källan prov: rubriken Bedömning#2 saknas"):
        raw(sourced, '"Bedömning#2"', content)  # trailing, and nothing stands in it


def test_what_repeats_the_headings_is_no_row_and_a_footer_is_none(sourced: Make) -> None:
    source = sourced(TRAINING + 'Status = "T"\n')
    content = "A;K;S;T\n1;k;1;Påbörjad\nA;K;S;T\n2;k;1;Påbörjad\n\nSumma 2;;;\n"
    parsed, result = source.read(content)
    assert result.valid.select("row", "anstallnings_id").rows() == [(2, "1"), (4, "2")]
    assert (parsed.notes, result.read) == (1, 2)


def test_a_record_with_too_many_cells_costs_itself(sourced: Make) -> None:
    source = sourced(TRAINING + 'Status = "T"\n')
    assert source.faults("A;K;S;T\n1;k;1;Påbörjad;\n2;k;1;Påbörjad;x;y\n3;k;1;Påbörjad\n") == [
        (3, None, None, "fel antal celler")
    ]


TWO_ROWS = 'register = "vor_indikatorer"\nfiles = ["*"]\n[read]\nheading_rows = 2\n[columns]\n'


def test_two_heading_rows_are_joined_and_the_upper_filled_to_the_right(sourced: Make) -> None:
    source = sourced(TWO_ROWS + 'Indikator = "Fråga / Nr"\n"År" = "Fråga / År"\n"Bedömning" = "Svar / Val"\n')
    assert source.cells("Titel;;\nFråga;;Svar\nNr;År;Val\nA;2025;Delvis\n", "indikator") == ["A"]


def test_a_heading_that_stands_in_one_of_two_rows_alone(sourced: Make) -> None:
    source = sourced(TWO_ROWS + 'Indikator = "Nr"\n"År" = "Fråga"\n"Bedömning" = "Fråga / Val"\n')
    assert source.cells(";Fråga;\nNr;;Val\nA;2025;Delvis\n", "indikator") == ["A"]


def test_what_has_no_heading_in_either_of_two_rows_has_none(sourced: Make) -> None:
    source = sourced(TWO_ROWS + 'Indikator = "Fråga / Nr"\n"År" = "Fråga / År"\n"Bedömning" = "Svar"\n')
    for empty in ("", ";;;"):
        parsed, result = source.read(f"Fråga;;Svar{empty}\nNr;År;{empty}\nA;2025;Delvis{empty}\n")
        assert (parsed.unknown, result.valid["indikator"].to_list()) == ([], ["A"])


def test_a_sum_is_a_footer_also_where_headings_are_a_sources(sourced: Make) -> None:
    content = "A;K;S;T;Poäng\n1;k;1;Påbörjad;5\n2;;1;Påbörjad;6\nTotalt;;;;11\n"
    for read in ("", '[read]\nfill_down = ["K"]\n'):
        parsed, result = sourced(TRAINING + 'Status = "T"\n' + read).read(content)
        assert (parsed.notes, result.read) == (1, 2)


FILL = TRAINING + 'Status = "T"\n[read]\nfill_down = ["K", "S"]\n'


def test_an_empty_cell_means_as_above_and_a_new_value_stops_the_later_ones(sourced: Make) -> None:
    content = "A;K;S;T\n1;k;1;Påbörjad\n2;;;Påbörjad\n3;m;;Påbörjad\n4;;7;Påbörjad\n5;;;Påbörjad\n"
    source = sourced(FILL)
    valid = source.read(content)[1].valid
    assert valid.select("row", "kurskod", "avsnitt").rows() == [(2, "k", 1), (3, "k", 1), (5, "m", 7), (6, "m", 7)]
    assert source.faults(content) == [(4, "Avsnitt", None, "krävs")]


def test_a_row_that_says_one_thing_beside_what_is_above_is_a_row(sourced: Make) -> None:
    source = sourced(
        'register = "pm3_system"\nfiles = ["*"]\nabsent = ["Leverantör", "Driftform", "Personuppgifter"]\n'
        '[read]\nfill_down = ["Objekt"]\n[columns]\nSystem-id = { hash = ["System"] }\nObjekt-id = "Objekt"\n'
        'Livscykel = { constant = "Drift" }\n'
    )
    parsed, result = source.read("Nr;Objekt;System\n;Lön;A\n;;B\n;HR;C\nRader: 3;;\n")
    assert result.valid.select("objekt_id", "system").rows() == [("Lön", "A"), ("Lön", "B"), ("HR", "C")]
    assert parsed.notes == 1


def test_nothing_is_filled_down_past_a_row_that_could_not_be_read(sourced: Make) -> None:
    content = "A;K;S;T\n1;k;1;Påbörjad\n2;m;2;Påbörjad;x\n3;;;Påbörjad\n4;n;1;Påbörjad\n"
    source = sourced(FILL)
    assert source.read(content)[1].valid["row"].to_list() == [2, 5]
    assert {(row, rule) for row, *_, rule in source.faults(content)} == {(3, "fel antal celler"), (4, "oläsbar")}


def test_a_column_to_fill_that_is_missing_refuses(sourced: Make) -> None:
    with pytest.raises(Refused, match="rubriken S saknas"):
        sourced(FILL).read("A;K;T\n1;k;Påbörjad\n")


def test_the_heading_row_is_the_one_that_knows_most(sourced: Make) -> None:
    """The source file's own headings count, and those that it ignores."""
    source = sourced(TRAINING.replace("[columns]", 'ignore = ["Namn"]\n[columns]') + 'Status = "T"\n')
    content = "K;om;detta;\nA;K;S;T;Namn\n1;k;1;Påbörjad;x\n"
    assert source.cells(content, "kurskod") == ["k"]


def test_the_headings_that_sql_and_where_name_count_too(sourced: Make) -> None:
    sql = "SELECT row, \"Person nr\" AS a, kurs AS k, del AS s, 'Påbörjad' AS t FROM raw"
    source = sourced(TRAINING + 'Status = "t"\n', sql)
    assert source.cells("Uttag;;\nPerson nr;KURS;Del\n1;k;1\n", "kurskod") == ["k"]
    where = TRAINING.replace("[columns]", "[read]\nwhere = \"slag <> 'x'\"\n[columns]") + 'Status = "T"\n'
    assert sourced(where, name="annan").cells("slag;om\nslag;A;K;S;T\ny;1;k;1;Påbörjad\n", "kurskod") == ["k"]


def test_a_given_heading_row_is_the_one(sourced: Make) -> None:
    source = sourced(TRAINING.replace("[columns]", "[read]\nheading_row = 2\n[columns]") + 'Status = "T"\n')
    assert source.cells("A;K;S;T\nA;K;S;T\n1;k;1;Påbörjad\n", "kurskod") == ["k"]
    with pytest.raises(Refused, match="rubriken A saknas"):
        source.read("A;K;S;T\n1;k;1;Påbörjad\n")


@pytest.mark.parametrize("start", ['ListSchema={"schemaXmlList":["<F D=\\"a;b\\"/>"]}', "#TYPE System.Object\n"])
def test_what_other_systems_write_first_is_passed_over(sourced: Make, start: str) -> None:
    source = sourced(TRAINING + 'Status = "T"\n')
    for between in ("", "\n"):
        content = f'\ufeff{start}{between}"A";"K";"S";"T"\n"1";"k";"1";"Påbörjad"\n'
        assert source.cells(content, "anstallnings_id") == ["1"]


SHEETS = {
    "Läs mig": [["Titel"]],
    "2025": [["Indikator", "År", "Bedömning"], ["A", "2025", "Delvis"], ["B", "2025", "Delvis"]],
    "2026": [["Indikator", "BEDÖMNING", "År"], ["A", "Godtagbar", "2025"]],
}


def test_all_sheets_that_have_the_headings_are_read(sourced: Make) -> None:
    source = sourced(VOR + '[read]\nsheets = "all"\n')
    result = source.read(book(SHEETS), "a.xlsx")[1]
    assert result.valid.select("row", "source_sheet", "indikator", "bedomning").rows() == [
        (3, "2025", "B", "Delvis"),
        (2, "2026", "A", "Godtagbar"),
    ]
    assert (result.read, result.duplicates) == (3, 1)


def test_the_sheets_that_are_named_are_read(sourced: Make) -> None:
    result = sourced(VOR + '[read]\nsheets = ["2026"]\n').read(book(SHEETS), "a.xlsx")[1]
    assert result.valid.select("row", "bedomning").rows() == [(2, "Godtagbar")]
    assert "source_sheet" not in result.valid.columns
    with pytest.raises(Refused, match="bladet 2027 saknas"):
        sourced(VOR + '[read]\nsheets = ["2026", "2027"]\n').read(book(SHEETS), "a.xlsx")
    with pytest.raises(Refused, match="ingen rubrikrad i bladet Läs mig"):
        sourced(VOR + '[read]\nsheets = ["2026", "Läs mig"]\n').read(book(SHEETS), "a.xlsx")


def test_no_sheet_is_called_by_a_person(sourced: Make) -> None:
    people = {f"{PERSON[:8]}\u200b{PERSON[8:]}": SHEETS["2025"], "alva@exempel.se": SHEETS["2026"]}
    result = sourced(VOR + '[read]\nsheets = "all"\n').read(book(people), "a.xlsx")[1]
    assert result.valid["source_sheet"].to_list() == ["[personnummer]", "[e-post]"]


def test_several_sheets_and_no_word_on_them_refuse(sourced: Make) -> None:
    with pytest.raises(Refused, match="flera blad har rubrikraden: 2025, 2026"):
        sourced(VOR).read(book(SHEETS), "a.xlsx")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Indikator\tÅr\tBedömning\nA\t2025\tDelvis\n".encode("utf-16"), "a.xls"),
        ("Indikator;År;Bedömning\nA;2025;Delvis\n".encode(), "a.xlsx"),
        (book({"Blad": [["Indikator", "År", "Bedömning"], ["A", "2025", "Delvis"]]}), "a.csv"),
        (b"Indikator|\xc5r|Bed\xf6mning\nA|2025|Delvis\n", "a.dat"),
    ],
)
def test_a_file_is_read_as_what_it_is_whatever_it_is_called(sourced: Make, content: bytes, name: str) -> None:
    assert sourced(VOR).cells(content, "indikator", name) == ["A"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/></Workbook>',
         "a.xls"),
        (b"\t\x08\x10\x00\x00", "a.xls"),
        (b"PK\x03\x04 and nothing more", "a.csv"),
    ],
)  # fmt: skip
def test_a_workbook_that_nothing_here_reads_is_told(sourced: Make, content: bytes, name: str) -> None:
    with pytest.raises(Refused, match="filen går inte att läsa"):
        sourced(VOR).read(content, name)
