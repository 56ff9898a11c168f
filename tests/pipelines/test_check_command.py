"""`lagesbild check`: all that is missing at once, equal faults once, what a name was meant to be."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from tests.intake.fictitious import PERSON

pytestmark = pytest.mark.long

Check = Callable[..., tuple[int, list[str]]]
VOR = "Indikator;År;Bedömning\n"


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """The exit code and the lines about one file of the inbox."""
    monkeypatch.setenv("LAGESBILD_DATA", str(tmp_path))
    monkeypatch.setenv("LAGESBILD_INBOX", str(tmp_path / "inbox"))

    def run(name: str, content: str | bytes = VOR, folder: str = "farsta", *options: str) -> tuple[int, list[str]]:
        path = tmp_path / "inbox" / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        found = CliRunner().invoke(main, ["check", str(path), *options])
        return found.exit_code, found.stdout.splitlines()

    return run


def test_every_column_that_is_missing_is_told_with_the_headings_that_would_do(check: Check) -> None:
    code, lines = check("utbildning.csv", "Anst.nr;Kurs-idd;Avsnitt;Resultat;Slutförd d\n")
    assert code == 3
    assert lines[2:] == [
        "  hela leveransen avvisas: kolumnen Kurskod saknas",
        "    Kurskod: rubriken ska vara Kurskod eller Kurs-id (filen har Kurs-idd)",
        "    Genomförd: rubriken ska vara Genomförd, Slutförd, Datum eller Genomförandedatum (filen har Slutförd d)",
    ]


def test_a_heading_that_holds_a_person_is_not_repeated(check: Check) -> None:
    _, lines = check("vor_indikatorer.csv", f"Indikator;År;Bedömning {PERSON}\n")
    assert PERSON not in "\n".join(lines)
    assert lines[-1] == "    Bedömning: rubriken ska vara Bedömning (filen har Bedömning [personnummer])"


def test_equal_faults_are_told_once_with_their_number_and_first_places(check: Check) -> None:
    ending = "Raden lästes inte in. Rätta i källsystemet."
    rows = "".join(f"I{number};2026;Utmärkt\n" for number in range(8)) + "J;2026;\nK;2026;\n"
    code, lines = check("vor_indikatorer_2026-10-31.csv", VOR + rows)
    assert code == 3
    assert lines[4:] == [
        f"  rad 2, 3, 4, 5, 6 och 3 till: Bedömning ska vara något av Godtagbar, Delvis, Ej godtagbar. {ending}",
        f"  rad 10 och 11: Bedömning måste ha ett värde. {ending}",
    ]


def test_where_duplicates_stand_and_which_row_holds(check: Check) -> None:
    rows = "A;2026;Delvis\nB;2026;Delvis\nA;2026;Godtagbar\nA;2 026;Delvis\n"
    code, lines = check("vor_indikatorer.csv", VOR + rows)
    assert code == 0
    assert lines[2:] == [
        "  4 rader lästa: 2 läses in, 0 till karantän, 2 dubbletter",
        "  0 celler går inte att läsa och lämnas tomma",
        "  rad 2: samma nyckel som rad 5, som gäller",
        "  rad 4: samma nyckel som rad 5, som gäller",
    ]


def test_of_many_duplicates_the_first_are_told(check: Check) -> None:
    _, lines = check("vor_indikatorer.csv", VOR + "A;2026;Delvis\n" * 30)
    assert len(lines) == 4 + 20 + 1
    assert lines[-1] == "  … och 9 dubbletter till"


def test_a_sum_is_a_note(check: Check) -> None:
    headings = "Tillfälles-id;Kurskod;Avsnitt;Enhet;Datum;Antal deltagare;Deltagare"
    table = f"{headings}\nT1;K1;1;E1;2026-01-31;12;\nSumma;;;;;12;\n"
    code, lines = check("utbildningstillfallen.csv", table)
    assert (code, lines[4]) == (0, "  1 antecknings- eller summarad hoppas över")


def test_characters_that_no_document_can_hold_are_told(check: Check) -> None:
    code, lines = check("vor_indikatorer.csv", VOR + "A\u0001;2026;Delvis\u001f\n")
    remark = "  2 styrtecken eller liknande som inget dokument kan hålla tas bort ur texterna"
    assert (code, lines[4]) == (0, remark)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("utbildnign_2026.csv", ". Menas utbildning? Namnet ska börja så: utbildning_2026-10-31.csv"),
        ("2026-10-31 personl (1).csv", ". Menas personal? Namnet ska börja så: personal_2026-10-31.csv"),
        ("utbildningskrav.csv", ": utbildningskrav ska ligga i mappen staden"),
        ("zzz.csv", ""),
    ],
)
def test_a_name_that_fits_none(check: Check, name: str, hint: str) -> None:
    code, lines = check(name)
    assert (code, lines[1]) == (3, f"  avvisas: filen passar inget register{hint}")


def test_a_register_of_organisations_in_the_citys_folder(check: Check) -> None:
    _, lines = check("personal.csv", folder="staden")
    assert lines[1].endswith(": personal ska ligga i organisationens egen mapp")


@pytest.mark.parametrize(
    ("name", "dated"),
    [
        ("vor_indikatorer (1).csv", "den dag den först ses (inget datum i namnet)"),
        ("31.10.2026 VoR indikatorer.csv", "2026-10-31"),
    ],
)
def test_names_as_people_write_them(check: Check, name: str, dated: str) -> None:
    code, lines = check(name)
    assert (code, lines[1]) == (0, f"  register vor_indikatorer, daterad {dated}")


SOURCE = 'register = "utbildning"\nfiles = ["kurs*"]\nabsent = ["Registrering"]\n[read]\nwhere = "A <> \'x\'"\n'
SOURCE += '[columns]\n"Anställnings-id" = "A"\nKurskod = "K"\nAvsnitt = { constant = "1" }\nStatus = "T"\n'
SOURCE += '"Genomförd" = { constant = "" }\n'


def test_a_source_that_claims_the_file_is_told_and_applied(check: Check, tmp_path: Path) -> None:
    (tmp_path / "config" / "sources").mkdir(parents=True)
    (tmp_path / "config" / "sources" / "moodle.toml").write_text(SOURCE, encoding="utf-8")
    code, lines = check("kurs_2026-11-02.csv", "A;K;T\n1;k;Påbörjad\nx;k;Påbörjad\n2;k;Klar\n")
    assert code == 3
    assert lines[1:4] == [
        "  källa moodle",
        "  register utbildning, daterad 2026-11-02",
        "  2 rader lästa: 1 läses in, 1 till karantän, 0 dubbletter",
    ]
    assert "  1 rad är inte registrets och lämnas" in lines
    assert "  kolumner som källan inte har: Registrering" in lines


def test_a_source_file_with_a_fault_is_told_by_file_key_and_mend(check: Check, tmp_path: Path) -> None:
    (tmp_path / "config" / "sources").mkdir(parents=True)
    (tmp_path / "config" / "sources" / "moodle.toml").write_text(SOURCE + 'Avsnit = "a"\n', encoding="utf-8")
    found = CliRunner().invoke(main, ["status"])
    assert found.exit_code == 2
    assert "sources/moodle.toml: [columns] nämner Avsnit, som utbildning inte har (menar du Avsnitt?)" in found.stderr
    assert check("kurs.csv")[0] == 2


@pytest.fixture
def moodle(tmp_path: Path) -> None:
    (tmp_path / "config" / "sources").mkdir(parents=True)
    (tmp_path / "config" / "sources" / "moodle.toml").write_text(SOURCE, encoding="utf-8")


KURS = "A;K;T\n1;k;Påbörjad\nx;k;Påbörjad\n2;k;Klar\n"


@pytest.mark.usefixtures("moodle")
def test_a_source_that_is_named_reads_whatever_the_file_is_called(check: Check) -> None:
    code, lines = check("annat.csv", KURS, "farsta", "--source", "moodle")
    assert (code, lines[1]) == (3, "  källa moodle")
    assert "    rad 2: Anställnings-id: 1; Kurskod: k; Avsnitt: 1; Status: Påbörjad" in lines
    assert check("annat.csv", KURS, "farsta", "--source", "modle")[0] == 2


@pytest.mark.usefixtures("moodle")
def test_words_are_shown_with_what_they_are_read_as_when_asked_for(check: Check) -> None:
    _, lines = check("kurs.csv", KURS, "farsta", "--words")
    assert lines[-3:] == [
        "  ord i Status (visas bara här):",
        "    1 × Klar → läses inte",
        "    1 × Påbörjad → Påbörjad",
    ]
    assert "    1 × Klar → läses inte" not in check("kurs.csv", KURS)[1]


@pytest.mark.usefixtures("moodle")
def test_each_member_of_an_archive_is_checked_by_its_own_name(check: Check) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kurs_a.csv", KURS.replace("Klar", "Påbörjad"))
        archive.writestr("annat.csv", KURS)
    code, lines = check("allt.zip", packed.getvalue())
    assert (code, lines[1:3]) == (0, ["  allt.zip/kurs_a.csv", "  källa moodle"])
    assert lines[-1] == "  1 filer till läser ingen källa"
    code, lines = check("allt.zip", b"PK")
    assert (code, lines[1]) == (3, "  hela leveransen avvisas: filen går inte att läsa")


def test_indicators_without_a_figure_for_what_the_source_lacks_are_told(check: Check, tmp_path: Path) -> None:
    (tmp_path / "config" / "sources").mkdir(parents=True)
    source = 'register = "personuppgiftsincidenter"\nfiles = ["desk*"]\nabsent = ["Anmäld IMY"]\n'
    (tmp_path / "config" / "sources" / "desk.toml").write_text(source, encoding="utf-8")
    headings = "Ärende-id;Kännedom;Registrerad;Typ;Risk;Skäl ej anmäld;Registrerade informerade;"
    row = "P1;2026-03-01 10:00;2026-03-01;Felutskick;Risk;;;;\n"
    _, lines = check("desk_2026-11-03.csv", f"{headings}Åtgärd klar senast;Åtgärd klar\n{row}")
    remarks = [line for line in lines if "blir ej mätbar" in line]
    assert remarks == [
        f"  {name} blir ej mätbar: källan saknar personuppgiftsincidenter.Anmäld IMY" for name in ("INC-03", "INC-04")
    ]


def test_neither_personal_data_nor_a_protected_persons_row_is_previewed(check: Check, tmp_path: Path) -> None:
    (tmp_path / "config" / "sources").mkdir(parents=True)
    source = 'register = "personal"\nfiles = ["hr*"]\nabsent = ["Anställd till", "Chef från"]\n'
    (tmp_path / "config" / "sources" / "hr.toml").write_text(source, encoding="utf-8")
    table = "Anst.nr;Namn;Enhet;Roll;Anställd från;Skyddad identitet\n"
    table += "A1;Prov Ett;E1;Chef;2020-01-02;Nej\nA2;Prov Två;E2;Chef;2021-01-02;Ja\n"
    _, lines = check("hr.csv", table)
    preview = lines[lines.index("  de första raderna som registret ser dem:") + 1 :]
    cells = "Anställnings-id: A1; Namn: [visas inte]; Enhet: E1; Roll: Chef; Anställd från: 2020-01-02"
    assert preview == [f"    rad 2: {cells}; Skyddade personuppgifter: [visas inte]"]


def test_of_a_file_without_a_heading_row_the_row_most_like_one_is_told(check: Check) -> None:
    code, lines = check("utbildning.csv", "Uttag av Prov Ett\nAnstälningsid;Kurs kodd;Prov Två\nA1;K;x\n")
    assert (code, lines[2]) == (3, "  hela leveransen avvisas: ingen rubrikrad")
    headings = "Anstälningsid (menas Anställnings-id?), Kurs kodd (menas Kurskod?)"
    assert lines[3:] == [f"    rad 2 liknar mest en rubrikrad: {headings}"]
    _, lines = check("utbildning.csv", "Prov Ett;x\nProv Två;y\n")
    assert lines[3:] == ["    ingen cell i filens början liknar en rubrik som utbildning har"]


def test_a_file_that_is_too_much_to_read_costs_the_command_no_more_than_the_night(
    check: Check, tmp_path: Path
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "lagesbild.toml").write_text("limits = { seconds = 0.01 }\n", encoding="utf-8")
    code, lines = check("vor_indikatorer.csv")
    assert code == 3
    assert lines[2:] == [
        "  hela leveransen avvisas: filen tar för lång tid att läsa",
        "    Dela filen, eller exportera den som csv.",
    ]


def test_dated_notes_are_checked_as_they_are_read(check: Check) -> None:
    assert check("noter.csv", "Datum;Indikator;Notering\n2026-01-15;;Ny lag\nigår;;hemligt\n") == (
        3,
        ["noter.csv", "  noter.csv, rad 3 används inte: Datum går inte att läsa.", "  1 not läses"],
    )
    assert check("Noter.csv", "Datum;Notering\n2026-01-15;Ny lag\n", "jarva")[0] == 0


def test_where_nobody_is_said_to_be_visible_everybody_is_protected(check: Check) -> None:
    content = "Anst.nr;Enhetskod;Roll;Anställningsdatum;Slutdatum;Chef från\n1;E1;Chef;2020-01-01;;\n"
    _, lines = check("personal.csv", content)
    assert "  Skyddade personuppgifter saknas: alla räknas som skyddade och visas inte" in lines
    assert not any("läses som tomma" in line and "Skyddade" in line for line in lines)
