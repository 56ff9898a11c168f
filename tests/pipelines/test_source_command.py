"""`lagesbild source`: the draft can be used as it is written, says what is certain, and holds no cell."""

import json
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.sources.claims import claimed_by
from assets.intake.sources.draft import draft, glob_for, name_for, quoted
from assets.intake.sources.load import read_source_file
from assets.intake.sources.survey import survey
from assets.intake.sources.unpack import ending_of
from pipelines.cli import main
from pipelines.commands.source import READABLE, unpacked
from tests.intake.delivered import REGISTERS
from tests.intake.fictitious import PERSON

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[3] / "shared" / "samples-sources"
CASES = sorted(path.parents[2].name + "/" + path.stem for path in SAMPLES.glob("*/config/sources/*.toml"))
INCIDENTS = "Nr;Kännedom;Typ;Risk;Ansvarig e-post;Anmäld;Förvaltning\n"
ROWS = "P1;3/25/2026 8:00 AM;Felutskick;Hög;a@kommun.example;3/26/2026;Nord\n"
ROWS += "P2;3/4/2026 9:00 AM;felutskick;Usel;b@kommun.example;3/5/2026;Syd\n"


@dataclass(frozen=True)
class Drafted:
    code: int
    output: str
    text: str


Draft = Callable[..., Drafted]


@pytest.fixture
def drafted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """What the command says, and what it writes."""
    monkeypatch.setenv("LAGESBILD_DATA", str(tmp_path))
    monkeypatch.delenv("LAGESBILD_CONFIG", raising=False)

    def run(name: str, content: str, register: str, *options: str) -> Drafted:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        found = CliRunner().invoke(main, ["source", str(path), "--register", register, "--name", "utkast", *options])
        target = tmp_path / "config" / "sources" / "utkast.toml"
        return Drafted(found.exit_code, found.output, target.read_text(encoding="utf-8") if target.exists() else "")

    return run


def test_what_is_certain_is_a_key_and_what_is_likely_a_comment(drafted: Draft) -> None:
    found = drafted("desk_2026-11-03.csv", INCIDENTS + ROWS, "personuppgiftsincidenter", "--organisation", "farsta")
    assert found.code == 0
    fields = tomllib.loads(found.text)
    assert fields["register"] == "personuppgiftsincidenter"
    assert fields["files"] == ["desk_*.csv"]
    assert fields["in"] == ["farsta"]
    assert fields["columns"] == {"Kännedom": {"from": "Kännedom", "format": "%m/%d/%Y %I:%M %p"}}
    assert fields["ignore"] == ["Ansvarig e-post"]
    assert '# "Anmäld IMY" = { from = "Anmäld", format = "%m/%d/%Y" }' in found.text
    assert '# Risk = "Risk"' in found.text
    assert "# [values.Risk]" in found.text
    assert '# column = "Förvaltning"' in found.text


def test_the_words_are_shown_and_not_written(drafted: Draft) -> None:
    found = drafted("desk.csv", INCIDENTS + ROWS, "personuppgiftsincidenter")
    assert "    1 × Usel" in found.output
    assert "Nord, Syd" in found.output
    for cell in ("Usel", "Nord", "Syd", "kommun.example", "P1", "2026 8:00"):
        assert cell not in found.text


def test_words_are_counted_under_the_heading_that_is_offered_too(drafted: Draft) -> None:
    content = "number;state;Antal berörda\nINC1;Closed;många\nINC2;Closed;2\n"
    found = drafted("desk.csv", content, "personuppgiftsincidenter")
    assert '# Status = "state"' in found.text
    assert "# 1 ord läses inte i Status ur state" in found.text
    assert "ord som inte läses i Status ur state (visas bara här):\n    2 × Closed" in found.output
    assert "Closed" not in found.text
    assert '[values."Antal' not in found.text, "what is no word of a few needs a cell's mend"


def test_a_persons_file_is_not_named(drafted: Draft) -> None:
    found = drafted(f"{PERSON} a@kommun.example.csv", "Anst.nr;Kurskod\n1;K\n", "utbildning")
    assert "lagesbild check FILEN --source utkast" in found.output
    assert PERSON not in found.output + found.text
    assert "kommun.example" not in found.output + found.text


def test_a_source_that_is_there_is_never_written_over(drafted: Draft, tmp_path: Path) -> None:
    target = tmp_path / "config" / "sources" / "utkast.toml"
    target.parent.mkdir(parents=True)
    mine = 'register = "utbildning"\nfiles = ["mina.csv"]\n'
    target.write_text(mine, encoding="utf-8")
    found = drafted("desk.csv", INCIDENTS + ROWS, "personuppgiftsincidenter")
    assert (found.code, found.text) == (2, mine)
    assert "finns redan. Välj ett annat namn med --name." in found.output


def test_another_source_that_claims_the_file_is_told(drafted: Draft, tmp_path: Path) -> None:
    other = tmp_path / "config" / "sources" / "andra.toml"
    other.parent.mkdir(parents=True)
    other.write_text('register = "personuppgiftsincidenter"\nfiles = ["desk*"]\n', encoding="utf-8")
    found = drafted("desk.csv", INCIDENTS + ROWS, "personuppgiftsincidenter")
    assert (found.code, "Filen läses redan av andra, och avvisas" in found.output) == (0, True)
    assert (
        "Filen läses redan" not in drafted("kurs.csv", "Anst.nr;Kurskod\n1;K\n", "utbildning", "--name", "b").output
    )


@pytest.mark.parametrize(
    ("content", "register", "options", "says"),
    [
        (INCIDENTS + ROWS, "personuppgiftsincident", (), "är inget register (menar du personuppgiftsincidenter?)"),
        (INCIDENTS + ROWS, "personuppgiftsincidenter", ("--organisation", "staden"), "organisationernas register"),
        (INCIDENTS + ROWS, "personuppgiftsincidenter", ("--organisation", "Å"), "kan inte vara en mapp"),
        (INCIDENTS + ROWS, "personuppgiftsincidenter", ("--name", "Å-ä"), "filens namn ska bestå av a–z, 0–9 och _"),
        (ROWS, "personuppgiftsincidenter", (), "ingen rubrikrad"),
        ("Anna Prov;E1;Klar\nBo Prov;E2;Klar\n", "utbildning", (), "ingen rubrikrad"),
        ("", "utbildning", (), "filen är tom"),
    ],
)
def test_no_draft(drafted: Draft, content: str, register: str, options: tuple[str, ...], says: str) -> None:
    found = drafted("desk.csv", content, register, *options)
    assert (found.code, found.text) == (2, "")
    assert says in found.output
    assert "Prov" not in found.output


def test_a_heading_that_holds_a_person_is_counted_and_not_written(drafted: Draft) -> None:
    content = f"Anst.nr;Kurskod;Resultat {PERSON};a@kommun.example\n1;K;1;2\n"
    found = drafted("kurs.csv", content, "utbildning")
    assert found.code == 0
    assert PERSON not in found.output + found.text
    assert "kommun.example" not in found.output + found.text
    assert "2\xa0rubriker har personnummer eller e-postadress" in found.output


def test_records_of_a_document_are_found(drafted: Draft) -> None:
    records = [{"Kurskod": "K", "who": {"Anst.nr": "1"}, "Status": "Klar"}]
    found = drafted("svar.json", json.dumps({"meta": {"n": 1}, "d": {"value": records}}), "utbildning")
    fields = tomllib.loads(found.text)
    assert fields["read"] == {"records": "d.value"}
    assert '# Kurskod = "Kurskod"  # läses utan rad' in found.text
    assert '# "Anställnings-id" = "who.Anst.nr"' in found.text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_a_string_of_toml(text: str) -> None:
    assert tomllib.loads(f"a = {quoted(text)}") == {"a": text}


@pytest.mark.parametrize(
    ("file", "name", "glob"),
    [
        ("progress.infosak-2026.csv", "progress_infosak", "progress.infosak-*.csv"),
        ("Rapport [ny] 2026-11-03.xlsx", "rapport_ny", "Rapport [[]ny] *.xlsx"),
        ("20261103.csv.gz", "kalla", "*.csv.gz"),
        ("Årslista (2).xls", "arslista_2", "Årslista (2).xls"),
        (f"{PERSON}.csv", "personnummer", "*.csv"),
    ],
)
def test_names_out_of_a_files_name(file: str, name: str, glob: str, tmp_path: Path) -> None:
    assert (name_for(file), glob_for(file)) == (name, glob)
    target = tmp_path / f"{name}.toml"
    target.write_text(f'register = "utbildning"\nfiles = [{quoted(glob)}]\n', encoding="utf-8")
    assert claimed_by(read_source_file(target, REGISTERS), REGISTERS["utbildning"], file, "farsta")


@pytest.mark.long
@pytest.mark.skipif(not CASES, reason="the samples don't lie beside the project")
@pytest.mark.parametrize("case", CASES)
def test_each_sample_gives_a_draft_that_loads_and_holds_no_secret(case: str, tmp_path: Path) -> None:
    folder, _, source_name = case.partition("/")
    truth = read_source_file(shutil.copytree(SAMPLES / folder / "config", tmp_path / "c") / "sources"
                             / f"{source_name}.toml", REGISTERS)  # fmt: skip
    register = REGISTERS[truth.register_name]
    file = next(
        path
        for path in sorted((SAMPLES / folder / "inbox").glob("*/*"))
        if path.suffix == ".zip"
        or any(claimed_by(truth, register, path.name, place) for place in ("farsta", "staden"))
    )
    with unpacked(file) as (content, name):
        assert ending_of(name) in READABLE
        text = draft(name, survey(content, ending_of(name), register, REGISTERS), register, None)
    target = tmp_path / "utkast.toml"
    target.write_text(text, encoding="utf-8")
    assert read_source_file(target, REGISTERS).register_name == truth.register_name
    secrets = SAMPLES / folder / "expected" / "secrets.json"
    for secret in json.loads(secrets.read_text(encoding="utf-8")) if secrets.exists() else ():
        assert secret not in text


def test_a_file_that_is_too_much_to_read_gives_no_draft(drafted: Draft, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "lagesbild.toml").write_text("limits = { seconds = 0.01 }\n", encoding="utf-8")
    found = drafted("desk.csv", INCIDENTS + ROWS, "personuppgiftsincidenter")
    assert (found.code, found.text) == (2, "")
    assert "desk.csv: filen tar för lång tid att läsa" in found.output
