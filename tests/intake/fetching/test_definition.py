"""What `[fetch]` may say: a fault names file and key, and never what stands there."""

from pathlib import Path

import pytest

from assets.intake.fetching.one_select import check_one_select
from assets.intake.fetching.settled import fetched_folder, file_of_records
from assets.intake.sources.definition import Source
from assets.intake.sources.load import SourceError, read_source_file
from assets.registers.contract import CITY
from assets.registers.read_contracts import load_registers
from pipelines.config import read_settings
from pipelines.environment import ConfigurationError
from tests.intake.fetching.conftest import SECRET

REGISTERS = load_registers(Path(__file__).parents[3] / "assets" / "registers")
POINT = "ska vara namnet på en miljövariabel (env:NAMN) eller en fil (file:/sökväg), aldrig hemligheten själv"
IN_CLEAR = "[fetch] url: får inte innehålla ett lösenord: skriv var det står i auth.password"
KEY = "[fetch] url: får inte innehålla en nyckel: skriv var den står i auth, eller i params med env:"
UNKNOWN = "det som finns är key, known_hosts, passphrase, password, user"
SCHEMES = "[fetch] url: ska börja med sftp://, smb://, s3://, abfs://, https://, sharepoint://, file://"
NO_AUTH = "[fetch]: auth.user hör inte till file: det behövs ingen auth"
ONE_FILE = "[fetch]: files hör ihop med url: det andra blir en enda fil"
ONE_SELECT = "[fetch] sql.query: ska vara en enda SELECT, som inte ändrar något"
REST = """rest = { url = "https://x.se" }"""
REST_KEY = f"""rest = {{ url = "https://x.se", params = {{ api_key = "{SECRET}" }} }}"""


def fault_of(tmp_path: Path, toml: str, head: str = 'in = "farsta"\n', files: str = '"*.csv"') -> str:
    path = tmp_path / "moodle.toml"
    path.write_text(f'register = "utbildning"\nfiles = {files}\n{head}\n[fetch]\n{toml}', encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        read_source_file(path, REGISTERS)
    assert raised.value.__cause__ is None
    message = str(raised.value)
    assert SECRET not in message
    assert message.startswith("sources/moodle.toml: ")
    return message.removeprefix("sources/moodle.toml: ")


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        (f'url = "sftp://x.se/ut"\nauth = {{ password = "{SECRET}" }}', f"[fetch] auth.password: {POINT}"),
        (f'url = "sftp://u:{SECRET}@x.se/ut"', IN_CLEAR),
        (f'url = "https://x.se/ut?sig={SECRET}"', KEY),
        (f'sql = {{ url = "postgresql://u:{SECRET}@x/y", query = "select 1" }}', f"[fetch] sql.url: {POINT}"),
        (REST_KEY, f"[fetch] rest.params: api_key {POINT}"),
        ('url = "ftp://x.se/ut"', SCHEMES),
        ('url = "http://x.se/ut"', "[fetch] url: ska vara krypterad (https)"),
        ('url = "sftp:///ut"', "[fetch] url: nämner ingen server"),
        ('url = "https://[x"', "[fetch] url: är ingen adress"),
        ('url = "sftp://x.se/ut"\nrest = { url = "https://x.se" }', "[fetch]: ange en av url, rest och sql"),
        ('files = "*.csv"', "[fetch]: ange en av url, rest och sql"),
        ('files = "*.csv"\nrest = { url = "https://x.se" }', ONE_FILE),
        ('url = "sftp://x.se/ut"\nauth = { tokn = "env:X" }', f"[fetch]: auth.tokn hör inte till sftp: {UNKNOWN}"),
        ('url = "file:/ut"\nauth = { user = "env:X" }', NO_AUTH),
        ('urll = "sftp://x.se/ut"', "[fetch] urll är ingen nyckel (menar du url?)"),
        ('sql = { url = "env:DB", query = "delete from t" }', ONE_SELECT),
    ],
)  # fmt: skip
def test_a_fault_names_file_and_key(tmp_path: Path, toml: str, fault: str) -> None:
    assert fault_of(tmp_path, toml) == fault


@pytest.mark.parametrize("head", ["", 'in = ["farsta", "jarva"]'])
def test_it_must_be_known_whose_the_files_are(tmp_path: Path, head: str) -> None:
    fault = fault_of(tmp_path, 'url = "file:/ut"', head)
    assert fault == "in ska nämna den organisation som det hämtade hör till, en enda"


@pytest.mark.parametrize("folder", ["../ut", "current", "Farsta", ".state"])
def test_a_folder_that_cannot_be_an_organisations(tmp_path: Path, folder: str) -> None:
    fault = fault_of(tmp_path, 'url = "file:/ut"', f'in = "{folder}"')
    assert fault == f"in nämner {folder}, som inte kan vara en mapp i inkorgen (a–z, 0–9 och -)"


def test_the_file_of_records_must_fit_the_sources_own_globs(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, 'sql = { url = "env:DB", query = "select 1" }', files='"*.xlsx"')
    assert fault == "files ska passa den fil som hämtningen gör, till exempel moodle.csv"


def of(files: list[str], fetch: dict[str, object], **more: object) -> Source:
    return Source.model_validate({"name": "moodle", "register": "utbildning", "files": files, "fetch": fetch} | more)


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (["*"], "moodle.jsonl"),
        (["Moodle.JSONL"], "moodle.jsonl"),
        (["incidents*.jsonl"], "incidentsmoodle.jsonl"),
        (["incidents.jsonl"], "incidents.jsonl"),
        (["*.csv", "incident*"], "incidentmoodle.jsonl"),
        (["*.csv"], None),
        ([".*"], None),
    ],
)
def test_what_the_file_of_records_is_called(files: list[str], name: str | None) -> None:
    assert file_of_records(of(files, {"rest": {"url": "https://x.se"}})) == name


def test_a_file_of_the_citys_or_of_many_lands_with_the_city() -> None:
    fetch = {"url": "file:/ut"}
    split = {"column": "company", "values": {"Farsta": "farsta"}}
    several = {"in": ["farsta", "jarva"]}
    with_city = {"in": ["farsta", CITY]}
    utbildning, city = (
        REGISTERS["utbildning"],
        next(register for register in REGISTERS.values() if register.level == "city"),
    )
    assert fetched_folder(of(["*"], fetch), city) == CITY
    assert fetched_folder(of(["*"], fetch, organisation=split), utbildning) == CITY
    assert fetched_folder(of(["*"], fetch, organisation=split, **with_city), utbildning) == CITY
    assert fetched_folder(of(["*"], fetch, organisation=split, **several), utbildning) is None
    assert fetched_folder(of(["*"], fetch, **with_city), utbildning) is None


def test_how_a_source_is_fetched_changes_nothing_of_how_it_is_read() -> None:
    assert of(["*"], {"url": "file:/ut"}).version == of(["*"], {"url": "file:/annan"}).version


@pytest.mark.parametrize(
    "query",
    [
        "select * from \"Anställda\" where namn like '%;%'",
        "select top 10 [Anst nr] from dbo.personal with (nolock);",
        "select id from personal where rownum <= 5 and slut > sysdate - 1",
        "with a as (select 1 as x) select * from a union all select 2",
        "-- en kommentar; med semikolon\nselect 1",
    ],
)
def test_a_select_of_any_of_the_databases(query: str) -> None:
    check_one_select(query)


@pytest.mark.parametrize(
    "query",
    [
        "select 1; select 2",
        "delete from t",
        "with a as (delete from t returning *) select * from a",
        "select * into kopia from t",
        "exec sp_who",
        "drop table t",
        "",
        "select (",
    ],
)
def test_anything_else_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match=r"SELECT|SQL"):
        check_one_select(query)


def test_a_run_does_not_begin_with_a_secret_in_a_source_file(tmp_path: Path) -> None:
    sources = tmp_path / "config" / "sources"
    sources.mkdir(parents=True)
    (sources / "moodle.toml").write_text(
        f'register = "utbildning"\nfiles = "*.csv"\nin = "farsta"\n'
        f'[fetch]\nurl = "sftp://x.se/ut"\nauth = {{ password = "{SECRET}" }}',
        encoding="utf-8",
    )
    environment = {"LAGESBILD_DATA": str(tmp_path / "data"), "LAGESBILD_CONFIG": str(tmp_path / "config")}
    with pytest.raises(ConfigurationError) as raised:
        read_settings(environment)
    assert f"sources/moodle.toml: [fetch] auth.password: {POINT}" in str(raised.value)
    assert SECRET not in str(raised.value)
