"""`lagesbild export postgres`, to a real PostgreSQL."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl
import psycopg
import pytest
import trustme
from click.testing import CliRunner, Result

from assets.intake.fetching import database
from assets.intake.fetching.fault import NO_RIGHT, REFUSED_LOGIN, SILENT, WRONG_CERTIFICATE
from assets.publication.onward.postgres import Column, Table, read_tables, replace_tables
from assets.registers.comparable import slug
from pipelines.cli import main
from tests.postgres import ROLE, postgres

pytestmark = pytest.mark.long

SECRET = "Hemligt-lösen_9f3b"  # noqa: S105 – of a server that lives as long as the tests
NASTY = ["", None, "a\tb", "a\nb", "\\.", "\\N", 'a"b', "r\r\n", "å;ä", "x\\"]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def port(authority: trustme.CA) -> Iterator[int]:
    with postgres(SECRET, authority) as port:
        yield port


@pytest.fixture
def reader(port: int) -> Iterator[psycopg.Connection]:
    """A reader of the database, empty to begin with."""
    login: dict[str, Any] = {"host": "localhost", "user": ROLE, "password": SECRET, "dbname": ROLE}
    with psycopg.connect(port=port, autocommit=True, **login) as connection:
        yield connection
        connection.execute("DROP SCHEMA IF EXISTS lagesbild, grannen CASCADE")


def address(port: int, user: str = ROLE, password: str = SECRET, query: str = "") -> str:
    return f"postgresql://{user}:{quote(password)}@localhost:{port}/{ROLE}{query}"


@pytest.fixture
def export(folders: Path, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs the command on a copy of the published run, which it takes from `data`."""
    data = tmp_path / "data"
    shutil.copytree(folders, data / "published" / "current")
    (data / "inbox").mkdir()
    monkeypatch.setenv("LAGESBILD_DATA", str(data))
    monkeypatch.setenv("LAGESBILD_POSTGRES", address(port))

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(main, ["export", "postgres", *arguments])
        assert SECRET not in result.output
        return result

    return run


def rows_of(reader: psycopg.Connection, table: str) -> list[tuple[Any, ...]]:
    return sorted(reader.execute(f"SELECT * FROM {table}").fetchall(), key=str)


def test_the_tables_hold_what_the_files_do_and_a_second_time_the_same(
    export, folders: Path, reader: psycopg.Connection
) -> None:
    for _ in range(2):
        result = export()
        assert result.exit_code == 0, result.output
        names = {path.stem for path in folders.rglob("*.parquet")}
        for name in names:
            parts = [pl.read_parquet(path) for path in sorted(folders.rglob(f"{name}.parquet"))]
            written = pl.concat(parts, how="diagonal")
            assert rows_of(reader, f"lagesbild.{name}") == sorted(written.rows(), key=str), name
        assert {row[0] for row in rows_of(reader, "lagesbild.korningar")} == {"farsta", "staden"}
        tables = reader.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'lagesbild'").fetchall()
        assert {name for (name,) in tables} == names | {"korningar"}


def test_bi_tools_get_types_and_swedish_comments(export, reader: psycopg.Connection) -> None:
    export("--schema", "grannen")
    query = """
        SELECT column_name, data_type, col_description('grannen.indikatorer'::regclass, ordinal_position)
        FROM information_schema.columns WHERE table_schema = 'grannen' AND table_name = 'indikatorer'
    """
    columns = {name: (kind, about) for name, kind, about in reader.execute(query).fetchall()}
    assert columns["per_datum"] == ("date", "Per datum: Dagen som siffran gäller.")
    assert {name: kind for name, (kind, _) in columns.items() if name in ("taljare", "varde", "status")} == {
        "taljare": "bigint", "varde": "numeric", "status": "text",
    }  # fmt: skip
    assert all(about for _, about in columns.values())
    about = reader.execute("SELECT obj_description('grannen.indikatorer'::regclass)").fetchone()
    assert about == ("Indikatorerna.",)
    assert reader.execute("SELECT to_regnamespace('lagesbild')").fetchone() == (None,), "a schema per installation"


def test_rights_and_views_outlive_the_night(export, reader: psycopg.Connection) -> None:
    export()
    reader.execute("CREATE VIEW lagesbild.roda AS SELECT * FROM lagesbild.indikatorer WHERE status = 'röd'")
    red = rows_of(reader, "lagesbild.roda")
    export()
    assert rows_of(reader, "lagesbild.roda") == red
    reader.execute("ALTER TABLE lagesbild.indikatorer ADD COLUMN ny int")
    refused = export()
    assert (refused.exit_code, "en vy står på en tabell" in refused.output) == (1, True)
    reader.execute("DROP VIEW lagesbild.roda")
    assert export().exit_code == 0


def table(name: str, *rows: object) -> Table:
    frame = pl.DataFrame({"Text": rows}, schema={"Text": pl.String})
    return Table(name, "En tabell.", (Column("text", "text", "Text."),), frame.schema, rows=frame)


def test_every_sign_comes_through(reader: psycopg.Connection) -> None:
    replace_tables(reader, "lagesbild", [table("tecken", *NASTY)])
    assert rows_of(reader, "lagesbild.tecken") == sorted([(text,) for text in NASTY], key=str)


def test_readers_see_the_night_before_until_all_is_there(port: int, reader: psycopg.Connection) -> None:
    replace_tables(reader, "lagesbild", [table("x", "i går")])

    class Watched(Table):
        def parts(self) -> Iterator[pl.DataFrame]:
            yield from super().parts()
            assert rows_of(reader, "lagesbild.x") == [("i går",)]

    new = table("x", "i dag")
    with psycopg.connect(address(port)) as writer:
        watched = Watched(new.name, new.about, new.columns, new.schema, rows=new.rows)
        assert replace_tables(writer, "lagesbild", [watched]) == {"x": 1}
    assert rows_of(reader, "lagesbild.x") == [("i dag",)]


KILLED = """
import os, signal, sys, psycopg
from tests.publication.onward.test_postgres import Table, replace_tables, table

class Deadly(Table):
    def parts(self):
        yield from super().parts()
        os.kill(os.getpid(), signal.SIGKILL)

new = table("y", "i dag")
with psycopg.connect(sys.argv[1]) as connection:
    tables = [table("x", "i dag"), Deadly(new.name, new.about, new.columns, new.schema, rows=new.rows)]
    replace_tables(connection, "lagesbild", tables)
"""


def test_a_kill_in_the_middle_leaves_the_tables_as_they_were(port: int, reader: psycopg.Connection) -> None:
    replace_tables(reader, "lagesbild", [table("x", "i går"), table("y", "i går")])
    killed = subprocess.run(  # noqa: S603
        [sys.executable, "-c", KILLED, address(port)], cwd=Path(__file__).parents[3], check=False, timeout=60
    )
    assert killed.returncode == -9
    assert rows_of(reader, "lagesbild.x") == rows_of(reader, "lagesbild.y") == [("i går",)]
    assert replace_tables(reader, "lagesbild", [table("x", "i dag")]) == {"x": 1}


def test_a_folder_of_an_earlier_version_is_told(export, reader: psycopg.Connection, tmp_path: Path) -> None:
    current = tmp_path / "data" / "published" / "current"
    (current / "farsta" / "datapackage.json").unlink()
    result = export()
    assert (result.exit_code, "farsta är inte med" in result.output) == (3, True)
    assert {row[3] for row in rows_of(reader, "lagesbild.indikatorer")} == {"staden"}
    (current / "staden" / "datapackage.json").unlink()
    again = export()
    assert (again.exit_code, "Ingenting har exporterats" in again.output) == (1, True)


def test_a_blocked_organisations_older_columns_are_empty(folders: Path, tmp_path: Path) -> None:
    current = Path(shutil.copytree(folders, tmp_path / "current"))
    manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
    manifest["organisations"]["farsta"]["run"] = "an earlier one"
    (current / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    file = current / "farsta" / "parquet" / "indikatorer.parquet"
    pl.read_parquet(file).drop("Underlag per").with_columns(Gammal=1).write_parquet(file)
    (figures,) = (table for table in read_tables(current)[0] if table.name == "indikatorer")
    assert [column.name for column in figures.columns][-1] == slug("Underlag per")
    *_, farsta = figures.parts()
    assert farsta["Organisation"].unique().to_list() == ["farsta"]
    assert farsta["Underlag per"].is_null().all()


def test_what_is_wrong_is_told_and_nothing_is_changed(
    export, port: int, reader: psycopg.Connection, authority: trustme.CA, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    reader.execute(f"DROP ROLE IF EXISTS gast; CREATE ROLE gast LOGIN PASSWORD '{SECRET}'")
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))

    def message_of(url: str) -> str:
        monkeypatch.setenv("LAGESBILD_POSTGRES", url)
        result = export()
        assert result.exit_code == 1
        return result.output.removeprefix("Ingenting har exporterats: ").removesuffix(".\n")

    assert message_of(address(port, password=SECRET[1:])) == REFUSED_LOGIN
    assert message_of(address(1)) == SILENT
    assert message_of(address(port, user="gast")) == NO_RIGHT
    assert message_of(address(port).rpartition("/")[0] + "/finnsinte") == "databasen finns inte på servern"
    assert "postgresql://konto" in message_of("mysql://u@localhost/x")
    monkeypatch.setattr(database, "LOOPBACK", frozenset())
    assert message_of(address(port)) == WRONG_CERTIFICATE
    assert message_of(address(port, query=f"?sslrootcert={tmp_path}/other.pem")) == WRONG_CERTIFICATE
    assert message_of(address(port, query="?sslmode=require")).startswith("sslmode ska vara verify-full")
    assert reader.execute("SELECT to_regnamespace('lagesbild')").fetchone() == (None,)
    monkeypatch.setenv("LAGESBILD_POSTGRES", address(port, query=f"?sslrootcert={tmp_path}/ca.pem"))
    assert export().exit_code == 0
    monkeypatch.delenv("LAGESBILD_POSTGRES")
    assert "LAGESBILD_POSTGRES saknas" in export().output


def test_a_schema_has_a_plain_name(export) -> None:
    assert export("--schema", 'x"; DROP').exit_code == 2


def test_without_the_extra_it_says_what_to_install(export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'lagesbild[postgres]'" in export().output
