"""Every key of a source file with a value that can't be used is told by file, key and mend."""

from pathlib import Path

import pytest

from assets.intake.sources.load import SourceError, load_sources
from tests.intake.delivered import REGISTERS

GOOD = 'register = "utbildning"\nfiles = ["a*.csv"]\n'
INCIDENTS = 'register = "personuppgiftsincidenter"\nfiles = ["a*.csv"]\n'
CITYS = 'register = "utbildningskrav"\nfiles = ["a*.csv"]\n'
PERSONAL = 'register = "personal"\nfiles = ["a*.csv"]\n'

FAULTS = [
    ("register = \n", "går inte att läsa som TOML: fel på rad 1, tecken 12: en text skrivs inom citattecken"),
    (GOOD + '[columns]\nÄrende = "a"\n', "fel på rad 4, tecken 1: namn med annat än a–z, 0–9, _ och - skrivs inom"),
    (GOOD + 'date = "\\d"\n', "fel på rad 3, tecken 11: ett mönster skrivs inom enkla citattecken"),
    (GOOD + 'files = ["b"]\n', "fel på rad 3, tecken 14: nyckeln står två gånger"),
    (GOOD + "absent = [1]\n", "absent nr 1 ska vara en text, inom citattecken"),
    (GOOD + 'ignore = [""]\n', "ignore nr 1 är tom"),
    (GOOD + '[read]\nfill_down = [""]\n', "[read] fill_down nr 1 är tom"),
    (GOOD + '[read]\nrecords = ""\n', "[read] records är tom"),
    (GOOD + "[columns]\nAvsnitt = { constant = 0 }\n", "[columns] Avsnitt.constant ska vara en text, inom citat"),
    (
        GOOD + '[organisation]\ncolumn = "a"\nvalues = { a = 1 }\n',
        "[organisation] values.a ska vara en text, inom citattecken",
    ),
    ("files = ['a']\n", "register saknas"),
    (
        'register = "utbildningar"\nfiles = ["a"]\n',
        "register nämner utbildningar, som inte finns (menar du utbildning?)",
    ),
    ('register = "utbildning"\n', "files saknas"),
    ('register = "utbildning"\nfiles = []\n', "files är tom"),
    ('register = "utbildning"\nfiles = 3\n', "files ska vara en lista"),
    ('register = "utbildning"\nfiles = ["ut/a.csv"]\n', "files: ut/a.csv passar ingen fil: ange filens eget namn"),
    ('register = "utbildning"\nfiles = [""]\n', "files: ett tomt namn passar ingen fil"),
    (GOOD + 'fils = "b"\n', "fils är ingen nyckel (menar du files?)"),
    (GOOD + 'name = "b"\n', "name är ingen nyckel"),
    (GOOD + 'hashed = ["Status"]\n', "hashed är ingen nyckel"),
    (GOOD + 'folders = ["farsta"]\n', "folders är ingen nyckel"),
    (GOOD + 'in = ["Farsta sdf"]\n', "in nämner Farsta sdf, som inte kan vara en mapp i inkorgen"),
    (GOOD + 'in = ["reviews"]\n', "in nämner reviews, som inte kan vara en mapp i inkorgen"),
    (GOOD + 'in = ["staden"]\n', "in nämner staden, men utbildning är organisationernas register"),
    (GOOD + r"date = '(?<year>\d+)-(?<month>\d+)'", "date: mönstret behöver grupperna year, month och day"),
    (GOOD + "date = '('", "date: mönstret går inte att läsa från tecken 1: se över parenteser"),
    (GOOD + 'absent = ["Statusar"]\n', "absent nämner Statusar, som utbildning inte har (menar du Status?)"),
    (GOOD + 'absent = ["Status"]\n', "absent nämner Status, som varje rad måste ha: ge den en constant i [columns]"),
    (GOOD + 'absent = ["Genomförd"]\n', "absent nämner Genomförd, som krävs av vissa rader"),
    (
        PERSONAL + 'absent = ["Skyddade personuppgifter"]\n',
        "absent nämner Skyddade personuppgifter: utan den är alla",
    ),
    (
        GOOD + 'absent = ["Registrering"]\n[columns]\nRegistrering = "R"\n',
        "absent nämner Registrering, som [columns] ger",
    ),
    (GOOD + "[read]\nsheets = 3\n", "[read] sheets: ange bladen i en lista"),
    (GOOD + "[read]\nsheets = []\n", '[read] sheets: ange bladen i en lista, som ["2026"], eller "all"'),
    (GOOD + '[read]\nsheets = "2026"\n', '[read] sheets: ange bladen i en lista, som ["2026"], eller "all"'),
    (GOOD + '[read]\nsheet = ["a"]\n', "[read] sheet är ingen nyckel (menar du sheets?)"),
    (GOOD + "[read]\nheading_rows = 3\n", "[read] heading_rows ska vara 1 eller 2"),
    (GOOD + "[read]\nheading_row = 0\n", "[read] heading_row ska vara minst 1"),
    (GOOD + "[read]\nfill_down = 1\n", "[read] fill_down ska vara en lista"),
    (GOOD + "[read]\nrecords = 1\n", "[read] records ska vara en text"),
    (GOOD + '[read]\nwhere = " "\n', "[read] where är tom"),
    (GOOD + '[read]\nwhere = "a = = 1"\n', "[read] where går inte att läsa som SQL, rad 1"),
    (GOOD + '[read]\nwhere = "a < now()"\n', "[read] where använder now, som inte ger samma rader varje dag"),
    (GOOD + '[read]\nwhere = "1); DROP TABLE raw; --"\n', "[read] where "),
    (GOOD + '[columns]\nAvsnit = "b"\n', "[columns] nämner Avsnit, som utbildning inte har (menar du Avsnitt?)"),
    (GOOD + "[columns]\nStatus = 3\n", "[columns] Status ska vara en tabell"),
    (GOOD + '[columns]\nStatus = ""\n', "[columns] Status: en rubrik är tom"),
    (GOOD + "[columns]\nStatus = {}\n", "[columns] Status: ange en av from, file, constant och hash"),
    (
        GOOD + '[columns]\nStatus = { from = "a", constant = "b" }\n',
        "[columns] Status: ange en av from, file, constant",
    ),
    (GOOD + '[columns]\nStatus = { form = "a" }\n', "[columns] Status.form är ingen nyckel (menar du format?)"),
    (
        GOOD + "[columns]\nStatus = { from = 'a', extract = 'b' }\n",
        "[columns] Status.extract: mönstret behöver en grupp",
    ),
    (GOOD + "[columns]\nKurskod = { file = '(' }\n", "[columns] Kurskod.file: mönstret går inte att läsa"),
    (
        GOOD + "[columns]\nKurskod = { file = '(a)', extract = '(a)' }\n",
        "[columns] Kurskod: extract hör ihop med from",
    ),
    (GOOD + '[columns]\nStatus = { from = "a", format = "%Y" }\n', "[columns] Status: format är för datum"),
    (
        GOOD + '[columns]\n"Genomförd" = { from = "a", format = "%Q" }\n',
        "[columns] Genomförd.format: %Q går inte att",
    ),
    (
        GOOD + '[columns]\n"Genomförd" = { from = "a", format = "ÅÅÅÅ" }\n',
        "[columns] Genomförd.format: ÅÅÅÅ är inget format",
    ),
    (
        GOOD + '[columns]\n"Genomförd" = { from = "a", format = ["%d/%m/%Y", "%m/%Y"] }\n',
        "[columns] Genomförd: format %m/%Y ger ingen dag: ange dag, månad och år",
    ),
    (
        GOOD + '[columns]\n"Genomförd" = { from = "a", zone = "UTC" }\n',
        "[columns] Genomförd: zone hör ihop med format",
    ),
    (
        GOOD + '[columns]\n"Genomförd" = { from = "a", format = "%Y", zone = "Mars/Phobos" }\n',
        "[columns] Genomförd.zone: tidszonen Mars/Phobos finns inte",
    ),
    (
        GOOD + '[columns]\n"Genomförd" = { from = "a", format = "epoch_s", zone = "Europe/Stockholm" }\n',
        "[columns] Genomförd: epoch_s och epoch_ms är alltid UTC",
    ),
    (
        GOOD + '[columns]\nStatus = { constant = "Klar" }\n',
        "[columns] Status: constant är Klar, som inte är något av ",
    ),
    (
        GOOD + '[columns]\nKurskod = { constant = "-" }\n',
        "[columns] Kurskod: constant säger inget, men varje rad måste ha ett värde",
    ),
    (
        GOOD + '[columns]\nAvsnitt = { constant = "ett" }\n',
        "[columns] Avsnitt: constant är ett, som inte går att läsa",
    ),
    (GOOD + 'ignore = ["x"]\n[columns]\nStatus = "X"\n', "ignore nämner x, som [columns] Status hämtas ur"),
    (
        GOOD + '[columns]\nKurskod = { from = "a", lookup = "personal" }\n',
        "lookup ska vara ett register och en kolumn",
    ),
    (
        GOOD + '[columns]\nKurskod = { from = "a", lookup = "person.Namn" }\n',
        "lookup nämner person, som inte är något",
    ),
    (
        GOOD + '[columns]\nKurskod = { from = "a", lookup = "personal.Epost" }\n',
        "[columns] Kurskod: lookup nämner Epost, som personal inte har (menar du E-post?)",
    ),
    (
        GOOD + '[columns]\n"Anställnings-id" = { from = "a", lookup = "personal.Namn" }\n',
        "[columns] Anställnings-id: en nyckel kan inte slås upp på Namn, som flera kan ha",
    ),
    (
        CITYS + '[columns]\nKurskod = { from = "a", lookup = "personal.E-post" }\n',
        "lookup nämner personal, som är organisationernas register, men utbildningskrav är stadens",
    ),
    (
        GOOD + '[columns]\nStatus = { from = "a", lookup = "personal.E-post" }\n',
        "lookup ger en nyckel, men kolumnen är",
    ),
    (
        PERSONAL + '[columns]\n"Skyddade personuppgifter" = { constant = "Nej" }\n',
        "[columns] Skyddade personuppgifter: vem som är skyddad ska stå i en kolumn",
    ),
    (GOOD + '[values.Stat]\n"a" = "b"\n', "[values] nämner Stat, som utbildning inte har (menar du Status?)"),
    (
        GOOD + '[values.Status]\n"Done" = "Genomförda"\n',
        "[values] Status: Done ger Genomförda, som inte är något av Genomförd, Påbörjad",
    ),
    (
        GOOD + '[values.Avsnitt]\n"a" = "b"\n',
        "[values] Avsnitt: a ger b, som inte går att läsa i en kolumn av typen int",
    ),
    (GOOD + '[values]\nKlar = "Genomförd"\n', "ovanför orden ska kolumnen stå, som [values.Status]"),
    (GOOD + "[values.Status]\na = 1\n", "[values] Status.a ska vara en text"),
    (
        PERSONAL + '[values."Skyddade personuppgifter"]\n"N*" = "Nej"\n',
        "[values] Skyddade personuppgifter: raden N* skulle kunna göra en skyddad person synlig",
    ),
    (
        PERSONAL + '[values."Skyddade personuppgifter"]\n"" = "Nej"\n',
        "[values] Skyddade personuppgifter: raden för en tom cell skulle kunna göra en skyddad person synlig",
    ),
    (GOOD + '[organisation]\nvalues = { a = "farsta" }\n', "[organisation] column saknas"),
    (GOOD + '[organisation]\ncolumn = "a"\n', "[organisation] values saknas"),
    (GOOD + '[organisation]\ncolumn = "a"\nvalues = {}\n', "[organisation] values är tom"),
    (
        GOOD + '[organisation]\ncolumn = "a"\nvalues = { b = "Farsta SDF" }\n',
        "[organisation] values: b ger Farsta SDF, som inte kan vara en mapp",
    ),
    (
        GOOD + '[organisation]\ncolumn = "a"\nvalues = { b = "staden" }\n',
        "[organisation] values: b ger staden, men utbildning är organisationernas register",
    ),
    (
        GOOD + '[organisation]\ncolumn = "a"\nvalues = { b = "farsta" }\nothers = "skip"\n',
        "[organisation] others ska vara 'refuse' eller 'ignore'",
    ),
]


def write(config: Path, text: str, name: str = "moodle.toml") -> None:
    (config / "sources").mkdir(exist_ok=True)
    (config / "sources" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("text", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_fault_names_file_key_and_mend(tmp_path: Path, text: str, fault: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SourceError) as refused:
        load_sources(tmp_path, REGISTERS)
    assert str(refused.value).startswith("sources/moodle.toml: ")
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("SELECT row, uuid() FROM raw", "använder uuid, som inte ger samma rader varje dag"),
        ("SELECT row FROM raw; SELECT 1", "ska vara en enda SELECT"),
        ("COPY raw TO 'x'", "ska vara en enda SELECT"),
        ("SELECT row FROM", "går inte att läsa som SQL"),
        ("SELECT row FROM raw USING SAMPLE 5", "tar ett urval"),
        ("SELECT row FROM rå", "läser rå, men bara raw finns"),
    ],
)
def test_a_fault_in_the_sql_names_its_file(tmp_path: Path, sql: str, fault: str) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, sql, "moodle.sql")
    with pytest.raises(SourceError, match=r"^sources/moodle\.sql: ") as refused:
        load_sources(tmp_path, REGISTERS)
    assert fault in str(refused.value)


@pytest.mark.parametrize("name", ["Moodle.toml", "1moodle.toml", "moodle-2.toml", "möödle.toml"])
def test_a_source_has_a_name_of_plain_letters(tmp_path: Path, name: str) -> None:
    write(tmp_path, GOOD, name)
    with pytest.raises(SourceError, match="filens namn ska bestå av a–z, 0–9 och _"):
        load_sources(tmp_path, REGISTERS)


def test_sql_without_its_source_file_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "SELECT row FROM raw", "moodle.sql")
    with pytest.raises(SourceError, match=r"sources/moodle\.sql: källfilen moodle\.toml saknas"):
        load_sources(tmp_path, REGISTERS)


def test_what_another_column_never_has_asks_for_nothing(tmp_path: Path) -> None:
    """Genomförd is required of rows with one Status alone."""
    write(tmp_path, GOOD + 'absent = ["Genomförd"]\n[columns]\nStatus = { constant = "Påbörjad" }\n')
    assert load_sources(tmp_path, REGISTERS)["moodle"].absent == ("Genomförd",)


def test_a_configuration_without_sources_has_none(tmp_path: Path) -> None:
    assert load_sources(tmp_path, REGISTERS) == {}


def test_what_is_looked_up_in_personal_data_is_hashed(tmp_path: Path) -> None:
    columns = '[columns]\n"Anställnings-id" = { from = "e", lookup = "personal.E-post" }\n'
    write(tmp_path, GOOD + columns)
    assert load_sources(tmp_path, REGISTERS)["moodle"].hashed == ("Anställnings-id",)
    write(tmp_path, INCIDENTS + '[columns]\nEnhet = { from = "e", lookup = "enheter.Enhetsnamn" }\n')
    assert load_sources(tmp_path, REGISTERS)["moodle"].hashed == ()


def test_the_mapping_changes_with_what_decides_the_rows(tmp_path: Path) -> None:
    def version(text: str, sql: str = "SELECT row FROM raw") -> str:
        write(tmp_path, text)
        write(tmp_path, sql, "moodle.sql")
        return load_sources(tmp_path, REGISTERS)["moodle"].version

    first = version(GOOD)
    assert version(GOOD.replace("a*", "b*") + 'in = ["farsta"]\n') == first
    others = {
        version(GOOD + 'ignore = ["x"]\n'),
        version(GOOD + '[values.Status]\na = "Påbörjad"\nb = "Genomförd"\n'),
        version(GOOD + '[values.Status]\nb = "Genomförd"\na = "Påbörjad"\n'),  # the first line that fits holds
        version(GOOD, "SELECT row, 1 AS a FROM raw"),
    }
    assert len(others | {first}) == 5


def test_keys_that_are_looked_up_in_each_other_are_refused(tmp_path: Path) -> None:
    units = 'register = "enheter"\nfiles = ["e*"]\n[columns]\n'
    write(tmp_path, units + 'Enhet = { from = "a", lookup = "personal.Enhet" }\n', "e.toml")
    people = PERSONAL + '[columns]\n"Anställnings-id" = { from = "a", lookup = "enheter.Enhetsnamn" }\n'
    write(tmp_path, people, "p.toml")
    with pytest.raises(SourceError, match="nycklar slås upp i varandra, så att ingen kan bli klar"):
        load_sources(tmp_path, REGISTERS)
