"""Columns, words and made keys of a source, and what of the contract holds for them as for every delivery."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.display import HIDDEN
from assets.intake.lookup_key import LookupKey
from assets.intake.parsing import SPOILED
from assets.intake.refusal import Refused
from assets.intake.sources.cells import first_group, made_key
from assets.intake.sources.words import first_fitting
from tests.intake.delivered import REGISTERS
from tests.intake.sources.sourced import Sourced, book

Make = Callable[..., Sourced]
HEAD = 'register = "utbildning"\nfiles = ["*"]\n'
COLUMNS = """[columns]
"Anställnings-id" = "A"
Kurskod = "K"
Avsnitt = { constant = "1" }
Status = "T"
"Genomförd" = "G"
"""
PLAIN = HEAD + COLUMNS
INCIDENTS = 'register = "personuppgiftsincidenter"\nfiles = ["*"]\n'
ABSENT_OF_RECORDS = "absent = [{}]\n".format(
    ", ".join(
        f'"{column.name}"'
        for column in REGISTERS["registerforteckning"].columns
        if column.head and column.name not in ("Enhet", "System-id")
    )
) + '[columns]\nEnhet = { constant = "" }\n'  # fmt: skip
INCIDENT = (
    "Ärende-id;Kännedom;Registrerad;Typ;Risk;Anmäld IMY;Skäl ej anmäld;Registrerade informerade;"
    "Åtgärd klar senast;Åtgärd klar;Status"
)


@pytest.mark.parametrize(
    ("words", "text", "meaning"),
    [
        ({"klar": "1", "klar*": "2"}, "KLAR", "1"),
        ({"klar*": "2", "klar": "1"}, " Klar ", "2"),
        ({"*": "1"}, "", None),
        ({"*": "1"}, "\u00a0", None),
        ({"": "1", "*": "2"}, "", "1"),
        ({"": "1"}, "x", None),
        ({"a*c": "1"}, "abbbc", "1"),
        ({"a*c": "1"}, "ac", "1"),
        ({"a*c": "1"}, "acd", None),
        ({"a.c (d)?": "1"}, "abc", None),
        ({"a.c (d)?": "1"}, "A.C (d)?", "1"),
        ({"*(set by *)": "1"}, "Completed\n(set by x)", "1"),
        ({"*": "1"}, f"{SPOILED}#REF!", None),
        ({"Åäö*": "1"}, "ÅÄÖ x", "1"),
        ({"Påbörjad": "1"}, "Pa\u030abo\u0308rjad", "1"),
    ],
)
def test_the_first_line_that_fits_holds(words: dict[str, str], text: str, meaning: str | None) -> None:
    assert first_fitting(pl.Series([text]), words).to_list() == [meaning]


def key(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:12]


def test_a_made_key_looks_past_case_and_blanks_but_not_past_its_parts() -> None:
    parts = pl.DataFrame({"a": ["Lön", " LÖN ", "Lö", "", "", "ß"], "b": ["x", "X", "nx", "x", " ", ""]})
    keys = made_key(parts).to_list()
    assert keys == [key("lön", "x"), key("lön", "x"), key("lö", "nx"), key("", "x"), "", key("ss", "")]


def test_a_made_key_of_what_cannot_be_had_cannot_be_read() -> None:
    assert made_key(pl.DataFrame({"a": [f"{SPOILED}#REF!"], "b": ["x"]})).to_list() == [SPOILED]


TEXTS = st.text().filter(lambda text: SPOILED not in text)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1))
def test_keys_are_equal_where_their_parts_are(rows: list[tuple[str, str]]) -> None:
    keys = made_key(pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")).to_list()
    for (a, b), made in zip(rows, keys, strict=True):
        assert made == (key(a_folded, b_folded) if any((a_folded := fold(a), b_folded := fold(b))) else "")


def fold(text: str) -> str:
    from assets.intake.parsing import SPACES

    return text.strip(SPACES).casefold()


def test_the_first_group_is_taken_and_other_cells_go_on() -> None:
    texts = pl.Series(["Betydande (3)", "2", "(1) eller (2)", "", "()"])
    assert first_group(texts, r"\((\d)\)").to_list() == ["3", "2", "1", "", "()"]


def test_what_a_mapping_does_not_mention_flows_on(sourced: Make) -> None:
    source = sourced(HEAD + '[columns]\n"Anställnings-id" = "Nr"\n')
    content = "Nr;KURSKOD;avsnitt;Status;Genomförd;Registrering\n00124;k;1;påbörjad;;Certifiering\n"
    assert source.read(content)[1].valid.select("anstallnings_id", "kurskod", "status", "registrering").row(0) == (
        "00124", "k", "Påbörjad", "Certifiering",
    )  # fmt: skip


def test_no_value_is_made_up_for_what_is_missing(sourced: Make) -> None:
    source = sourced(PLAIN)
    assert source.faults("A;K;T;G\n1;k;;2026-01-02\n2;k;Klar;2026-01-02\n") == [
        (2, "Status", None, "krävs"),
        (3, "Status", HIDDEN, "oläsbar"),
    ]


@pytest.mark.parametrize("heading", ["A", "K", "T", "G"])
def test_a_heading_that_is_named_and_missing_refuses(sourced: Make, heading: str) -> None:
    content = "A;K;T;G\n1;k;Påbörjad;\n".replace(heading, "annan", 1)
    with pytest.raises(Refused, match=f"rubriken {heading} saknas"):
        sourced(PLAIN).read(content)


def test_headings_are_compared_by_letters_and_digits(sourced: Make) -> None:
    source = sourced(PLAIN.replace('"A"', '"Anst nr"'))
    assert source.cells("ANST-NR;K;T;G\n1;k;Påbörjad;\n", "anstallnings_id") == ["1"]


def test_a_column_that_the_contract_wants_and_nothing_gives_refuses(sourced: Make) -> None:
    with pytest.raises(Refused, match="kolumnen Genomförd saknas"):
        sourced(PLAIN.replace('"Genomförd" = "G"\n', "")).read("A;K;T;G\n1;k;Påbörjad;\n")


def test_absent_columns_are_said_and_read_where_they_are_there(sourced: Make) -> None:
    source = sourced(INCIDENTS + 'absent = ["Skäl ej anmäld", "Åtgärd klar", "Enhet"]\n')
    without = INCIDENT.replace("Skäl ej anmäld;", "").replace(";Åtgärd klar;", ";")
    row = "1;2026-01-02 08:00;2026-01-02;Felutskick;Risk;;;;Öppen\n"
    parsed, result = source.read(f"{without}\n{row}")
    assert (result.valid.height, parsed.absent, parsed.unexpected) == (
        1,
        ["Skäl ej anmäld", "Åtgärd klar", "Enhet"],
        [],
    )
    parsed, result = source.read(f"{without};Åtgärd klar\n{row.strip()};2026-02-03\n")
    assert (parsed.absent, parsed.unexpected) == (["Skäl ej anmäld", "Enhet"], ["Åtgärd klar"])
    assert [str(day) for day in result.valid["atgard_klar"]] == ["2026-02-03"]


def test_what_is_ignored_is_neither_read_nor_reported(sourced: Make) -> None:
    source = sourced(PLAIN.replace(COLUMNS, 'ignore = ["Namn", "Registrering"]\n' + COLUMNS))
    parsed, result = source.read("A;K;T;G;Namn;Registrering;Annat\n1;k;Påbörjad;;x;Certifiering;y\n")
    assert (parsed.unknown, result.valid["registrering"].to_list()) == (["Annat"], [None])


def test_two_headings_of_the_contract_for_one_column_refuse(sourced: Make) -> None:
    source = sourced(PLAIN.replace('Status = "T"\n', ""))
    with pytest.raises(Refused, match="två rubriker för kolumnen Status"):
        source.read("A;K;Status;Status;G\n1;k;Påbörjad;;\n")


def test_a_repeated_heading_may_be_named(sourced: Make) -> None:
    source = sourced(PLAIN.replace('"T"', '"T#2"'))
    assert source.cells("A;K;T;T;G\n1;k;Ej påbörjad;Påbörjad;\n", "status") == ["Påbörjad"]


def test_a_repeated_heading_of_the_contract_is_told_apart_by_what_is_ignored_or_named(sourced: Make) -> None:
    content = "A;K;Status;Status;G\n1;k;Påbörjad;Ej påbörjad;\n"
    own = PLAIN.replace('Status = "T"\n', "")
    source = sourced(own.replace(COLUMNS.split("\n", maxsplit=1)[0], 'ignore = ["Status#2"]\n[columns]'))
    parsed, result = source.read(content)
    assert (parsed.unknown, result.valid["status"].to_list()) == ([], ["Påbörjad"])
    named = sourced(own + 'Registrering = { from = "Status#2", extract = "()" }\n')
    assert named.cells(content, "status") == ["Påbörjad"]


@pytest.mark.parametrize("heading", ["File", "file", "FILE"])
def test_a_heading_called_as_what_stands_beside_is_named_as_it_is(sourced: Make, heading: str) -> None:
    source = sourced(PLAIN.replace('"K"', f'"{heading}"'))
    parsed, result = source.read("A;File;T;G\n1;k;Påbörjad;\n")
    assert (parsed.unknown, result.valid["kurskod"].to_list()) == ([], ["k"])


def test_where_a_row_stands_may_be_a_column(sourced: Make) -> None:
    source = sourced(PLAIN.replace('"K"', '"sheet"') + '[read]\nsheets = "all"\n')
    sheets = {name: [["A", "T", "G"], ["1", "Påbörjad", ""]] for name in ("INFO", "SAK")}
    assert source.cells(book(sheets), "kurskod", "a.xlsx") == ["INFO", "SAK"]
    source = sourced(PLAIN.replace('"K"', '{ from = "file", extract = "(.+)[.]csv" }'))
    assert source.cells("A;T;G\n1;Påbörjad;\n", "kurskod", "INFO.csv") == ["INFO"]
    assert source.source.reading("a.csv", "2026-11-10", "farsta") != source.source.reading(
        "b.csv", "2026-11-10", "farsta"
    )


def test_every_column_that_sql_gives_may_be_named(sourced: Make) -> None:
    """Also those that quarantine reads, and those that stand beside the source's own."""
    columns = COLUMNS.replace('"K"', '"file"').replace('{ constant = "1" }', "{ from = 'heading', extract = '^(.)' }")
    source = sourced(HEAD + columns, "SELECT row, A, T, G, 'INFO' AS file, '7. Slut' AS heading FROM raw")
    result = source.read("A;T;G\n1;Påbörjad;\n")[1]
    assert result.valid.select("kurskod", "avsnitt").rows() == [("INFO", 7)]


def test_a_file_name_and_a_constant_give_every_row_the_same(sourced: Make) -> None:
    source = sourced(PLAIN.replace('Kurskod = "K"', r"Kurskod = { file = 'progress\.(.+)\.csv' }"))
    content = "A;T;G\n1;Påbörjad;\n2;Påbörjad;\n"
    assert source.cells(content, "kurskod", "a.zip/mapp/progress.INFO.csv") == ["INFO", "INFO"]
    assert {rule for *_, rule in source.faults(content, "annat.csv")} == {"krävs"}
    source = sourced(PLAIN.replace('Kurskod = "K"', r"Kurskod = { file = 'kurs (å.*)\.csv$' }"))
    assert source.cells(content, "kurskod", "kurs a\u030aland.csv.gz") == ["åland", "åland"]


def test_words_come_before_formats_and_are_used_as_they_stand(sourced: Make) -> None:
    words = '[values."Genomförd"]\n"1/1/1970" = ""\n"i fjol" = "2025-12-31"\n'
    source = sourced(PLAIN.replace('"G"\n', '{ from = "G", format = "%m/%d/%Y" }\n') + words)
    content = "A;K;T;G\n1;k;Genomförd;3/2/2026\n2;k;Genomförd;i fjol\n3;k;Påbörjad;1/1/1970\n"
    content += "4;k;Genomförd;2026-13-01\n"
    assert [str(day) for day in source.cells(content, "genomford_day")] == ["2026-03-02", "2025-12-31", "None"]
    assert source.faults(content) == [(5, "Genomförd", "2026-13-01", "oläsbar")]


def test_what_fits_no_format_never_goes_on_to_the_contracts_reading(sourced: Make) -> None:
    source = sourced(PLAIN.replace('"G"\n', '{ from = "G", format = "%m/%d/%Y" }\n'))
    content = "A;K;T;G\n1;k;Genomförd;13/2/2026\n2;k;Genomförd;2 mars 2026\n3;k;Genomförd;2/13/2026\n"
    assert source.faults(content) == [
        (2, "Genomförd", "13/2/2026", "oläsbar"),
        (3, "Genomförd", "2 mars 2026", "oläsbar"),
    ]
    valid = source.read(content)[1].valid
    assert valid.select("anstallnings_id", "genomford_day").rows() == [("3", date(2026, 2, 13))]


def test_quarantine_shows_the_sources_own_text_by_the_rule(sourced: Make) -> None:
    """What the source wrote, not what a line made of it; and no name."""
    words = '[values.Status]\n"x*" = ""\n[values.Kurskod]\n"b" = ""\n'
    content = "A;K;T;G\n1;b;Påbörjad;\n2;k;x (set by Test Ett);\n3;k;Gennomförd;2026-01-02\n"
    assert sourced(PLAIN + words).faults(content) == [
        (2, "Kurskod", "b", "krävs"),
        (3, "Status", HIDDEN, "krävs"),
        (4, "Status", "Gennomförd", "oläsbar"),
    ]


def test_quarantine_names_the_sources_heading(sourced: Make) -> None:
    faults = sourced(PLAIN).read("A;K;T;G\n1;k;Klar;\n")[1].failures
    assert faults["source_heading"].to_list() == ["T"]
    sql = """
        WITH cells AS (UNPIVOT raw ON columns('^\\d') INTO NAME heading VALUE said)
        SELECT row, heading, A, 'k' AS K, said AS T, '' AS G FROM cells
    """
    faults = sourced(PLAIN, sql).read("A;1. Start;2. Slut\n1;Påbörjad;Klar\n")[1].failures
    assert faults.select("row", "source_heading").rows() == [(2, "2. Slut")]
    sql = "SELECT row, A AS heading, A, 'k' AS K, 'Klar' AS T, '' AS G FROM raw"
    assert sourced(PLAIN, sql).read("A\nTest Ett\n")[1].failures["source_heading"].to_list() == [None]


def test_personal_data_stops_as_in_every_delivery(sourced: Make, tmp_path: Path) -> None:
    source = sourced(PLAIN)
    lookup_key = LookupKey(tmp_path / "lookup.key")
    content = "A;K;T;G\nte0001@kommun.example;k;Påbörjad;\n19850709-9805;k;Påbörjad;\n3;k;19850709-9805;\n"
    _, result = source.read(content, key=lookup_key)
    assert result.valid["anstallnings_id"].to_list() == [lookup_key.digest("te0001@kommun.example")]
    assert result.failures.select("row", "column", "value").rows() == [
        (3, "Anställnings-id", "[personnummer]"),
        (4, "Status", "[personnummer]"),
    ]
    assert result.personal_numbers.select("row", "column").rows() == [(3, "Anställnings-id")]


def test_an_address_among_the_codes_of_a_list_lands_as_its_hash(sourced: Make, tmp_path: Path) -> None:
    source = sourced(INCIDENTS.replace("personuppgiftsincidenter", "registerforteckning") + ABSENT_OF_RECORDS)
    lookup_key = LookupKey(tmp_path / "lookup.key")
    content = "Behandlings-id;Behandling;Nivå;Status;System-id\n1;x;Nämndgemensam;Aktiv;S1; a@kommun.example |S2\n"
    result = source.read(content.replace(";S1;", ';"S1;').replace("S2\n", 'S2"\n'), key=lookup_key)[1]
    assert result.valid["system_id"].to_list() == [["S1", lookup_key.digest("a@kommun.example"), "S2"]]


def test_nothing_left_of_a_cell_makes_nobody_visible(sourced: Make) -> None:
    mapping = "[columns]\n\"Skyddade personuppgifter\" = { from = 'S', extract = '(Nej|)' }\n"
    source = sourced('register = "personal"\nfiles = ["*"]\n' + mapping)
    head = "Anst.nr;Enhetskod;Roll;Anställningsdatum;Anställd till;Chef från;S\n"
    rows = "".join(f"{number};E1;Chef;2020-01-01;;;{text}\n" for number, text in enumerate(("Ja", "Nej", "?")))
    assert source.cells(head + rows, "skyddade_personuppgifter") == [True, False, True]


def test_what_is_looked_up_in_personal_data_goes_on_as_its_hash_alone(sourced: Make, tmp_path: Path) -> None:
    source = sourced(PLAIN.replace('= "A"', '= { from = "A", lookup = "personal.E-post" }'))
    lookup_key = LookupKey(tmp_path / "lookup.key")
    content = "A;K;T;G\n TE0001@kommun.example ;k;Påbörjad;\n;k;Påbörjad;\n3;k;Klar;\n"
    _, result = source.read(content, key=lookup_key)
    assert result.valid["anstallnings_id"].to_list() == [lookup_key.digest("te0001@kommun.example")]
    assert result.quarantined["key"].to_list()[1][0] == lookup_key.digest("3")
    assert result.failures.select("row", "rule").rows() == [(3, "krävs"), (4, "oläsbar")]


def test_whose_the_rows_are_must_be_said_where_a_column_names_several(sourced: Make) -> None:
    source = sourced(PLAIN)
    content = "A;K;T;G;Förvaltning\n1;k;Påbörjad;;Farsta\n2;k;Påbörjad;;Enskede\n"
    with pytest.raises(Refused, match="kolumnen Förvaltning nämner flera organisationer"):
        source.read(content)
    source = sourced(PLAIN.replace(COLUMNS, "[read]\nwhere = \"Förvaltning = 'Farsta'\"\n" + COLUMNS))
    parsed, result = source.read(content)
    assert (result.valid.height, parsed.other_rows) == (1, 1)


WHOSE = '{ "Farsta*" = "farsta", "enskede" = "enskede", "Ingen" = "jarva" }'
SPLIT = f'{PLAIN}[organisation]\ncolumn = "Bolag"\nvalues = {WHOSE}\n'
ROWS = "A;K;T;G;Bolag\n1;k;Påbörjad;;Farsta SDF\n2;k;Påbörjad;;ENSKEDE\n3;k;Påbörjad;;Farsta\n"


@pytest.mark.slow
def test_one_file_gives_each_organisation_its_rows(sourced: Make) -> None:
    source = sourced(SPLIT)
    for organisation, ids in (("farsta", ["1", "3"]), ("enskede", ["2"]), ("jarva", [])):
        result = source.read(ROWS, organisation=organisation)[1]
        assert (result.valid["anstallnings_id"].to_list(), result.read) == (ids, len(ids))


@pytest.mark.parametrize("others", ["Hemligt AB", ""])
def test_an_organisation_that_is_not_named_refuses_or_is_counted(sourced: Make, others: str) -> None:
    content = f"{ROWS}4;k;Påbörjad;;{others}\n"
    with pytest.raises(Refused, match=r"kolumnen Bolag nämner okända organisationer \(1 stycken\)") as refused:
        sourced(SPLIT).read(content)
    assert "Hemligt" not in str(refused.value)
    parsed, result = sourced(SPLIT + 'others = "ignore"\n').read(content)
    assert (parsed.other_organisations, result.valid["anstallnings_id"].to_list()) == (1, ["1", "3"])


def test_the_organisations_column_must_be_there(sourced: Make) -> None:
    with pytest.raises(Refused, match="rubriken Bolag saknas"):
        sourced(SPLIT).read("A;K;T;G\n1;k;Påbörjad;\n")


def test_a_row_that_cannot_be_read_is_seen_by_every_organisation(sourced: Make) -> None:
    source = sourced(SPLIT)
    for organisation, read in (("farsta", 3), ("jarva", 1)):
        result = source.read(f"{ROWS}4;k;Påbörjad;;Farsta;x;y\n", organisation=organisation)[1]
        assert (result.read, result.quarantined["row"].to_list()) == (read, [5])
