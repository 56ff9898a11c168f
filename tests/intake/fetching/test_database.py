"""The rows of one SELECT, from a real PostgreSQL and from a file of SQLite."""

import csv
import io
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
import trustme

from assets.intake.fetching import database
from assets.intake.fetching.fault import REFUSED_LOGIN, SILENT, TOO_BIG, WRONG_CERTIFICATE
from assets.settings import FetchLimits
from tests.intake.fetching.conftest import SECRET, Landing
from tests.postgres import ROLE, postgres

pytestmark = pytest.mark.long

MANY = 12_000
QUERY = """select id as "Anst nr", namn, född, skapad, lön, aktiv, null as tom
    from personal where id <= 2 order by id;"""
LOGIN: dict[str, Any] = {"host": "localhost", "user": ROLE, "password": SECRET, "dbname": "postgres"}
UNCHECKED = "anslutningen ska vara krypterad och serverns certifikat prövas"


@pytest.fixture(scope="module")
def port(authority: trustme.CA) -> Iterator[int]:
    with postgres(SECRET, authority) as port:
        connection = psycopg.connect(port=port, **LOGIN)
        with connection:
            connection.execute(
                "create table personal (id int, namn text, född date, skapad timestamp, lön numeric, aktiv boolean)"
            )
            connection.execute(
                """insert into personal
                select n, 'Å;"' || n, date '1980-01-01' + n, timestamp '2026-01-01 10:00' + n * interval '1 h',
                    n * 1000.50, n = 1
                from generate_series(1, %s) as n""",
                [MANY],
            )
        connection.close()
        yield port


def url_of(port: int, monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    query = "&".join(f"{key}={value}" for key, value in more.items())
    monkeypatch.setenv("HR_DB", f"postgresql://{ROLE}:{quote(SECRET)}@localhost:{port}/postgres?{query}")


def sql(query: str = QUERY, **auth: str) -> dict[str, object]:
    return {"sql": {"url": "env:HR_DB", "query": query}, "auth": auth}


def rows(landing: Landing) -> list[list[str]]:
    (content,) = landing.files.values()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_rows_become_one_csv(port: int, landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    url_of(port, monkeypatch)
    state = landing.fetch(sql(), name="hr")
    assert (state.fault, state.landed) == (None, 1)
    assert list(landing.files) == ["hr.csv"]
    assert rows(landing) == [
        ["Anst nr", "namn", "född", "skapad", "lön", "aktiv", "tom"],
        ["1", 'Å;"1', "1980-01-02", "2026-01-01 11:00:00", "1000.50", "Ja", ""],
        ["2", 'Å;"2', "1980-01-03", "2026-01-01 12:00:00", "2001.00", "Nej", ""],
    ]


def test_many_rows_come_part_by_part(port: int, landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    url_of(port, monkeypatch)
    assert landing.fetch(sql("select id from personal where namn like '%;%'")).fault is None
    assert len(rows(landing)) == MANY + 1
    landing.limits = FetchLimits(size=1000)
    assert landing.fetch(sql("select namn from personal")).fault == TOO_BIG
    assert len(rows(landing)) == MANY + 1, "what came before stays"


def test_the_server_of_another_machine_must_show_its_certificate(
    port: int, landing: Landing, ca_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOOPBACK", frozenset())
    url_of(port, monkeypatch)
    assert landing.fetch(sql(ca=f"file:{ca_file}")).fault is None
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    assert landing.fetch(sql(ca=f"file:{tmp_path / 'other.pem'}")).fault == WRONG_CERTIFICATE
    assert landing.fetch(sql()).fault == WRONG_CERTIFICATE, "the machine's own authorities know nothing of it"
    url_of(port, monkeypatch, sslmode="require")
    assert landing.fetch(sql(ca=f"file:{ca_file}")).fault == (
        "sslmode ska vara verify-full, så att serverns certifikat prövas"
    )


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("select * from finns_inte", "databasen kan inte svara på frågan"),
        ("select decode('00', 'hex') as bild", "frågan ger en kolumn med annat än text, tal och datum"),
        ("select nextval('x') from personal", "databasen kan inte svara på frågan"),
    ],
)
def test_a_query_that_gives_no_rows(
    port: int, landing: Landing, monkeypatch: pytest.MonkeyPatch, query: str, why: str
) -> None:
    url_of(port, monkeypatch)
    assert landing.fetch(sql(query)).fault == why
    assert landing.files == {}


def test_the_connection_can_only_read(port: int, landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    url_of(port, monkeypatch)
    state = landing.fetch(sql("select setval('s', 1) from (select lo_create(0)) as x"))
    assert state.fault is not None
    with psycopg.connect(port=port, **LOGIN) as connection:
        assert connection.execute("select count(*) from pg_largeobject_metadata").fetchone() == (0,)


def test_a_wrong_password_and_a_database_that_is_down(
    port: int, landing: Landing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HR_DB", f"postgresql://{ROLE}:fel@localhost:{port}/postgres")
    assert landing.fetch(sql()).fault == REFUSED_LOGIN
    url_of(1, monkeypatch)
    assert landing.fetch(sql()).fault == SILENT


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://u@localhost/db", "databasen är ingen av postgresql, mssql, oracle, sqlite"),
        (f"inte en adress {SECRET}", "sql.url pekar på något som inte är en databasadress"),
        ("mssql://u:p@db.exempel.se/x?TrustServerCertificate=yes", UNCHECKED),
        ("mssql://u:p@db.exempel.se/x?Encrypt=no", UNCHECKED),
    ],
)  # fmt: skip
def test_an_address_that_is_not_used(landing: Landing, monkeypatch: pytest.MonkeyPatch, url: str, why: str) -> None:
    monkeypatch.setenv("HR_DB", url)
    assert landing.fetch(sql()).fault == why


@pytest.mark.parametrize(
    ("url", "module", "extra"),
    [
        ("postgresql://u@localhost/x", "psycopg", "postgres"),
        ("mssql://u@localhost/x", "mssql_python", "mssql"),
        ("oracle://u@localhost/?service_name=x", "oracledb", "oracle"),
    ],
)
def test_without_its_extra_a_database_says_which_is_missing(
    landing: Landing, monkeypatch: pytest.MonkeyPatch, url: str, module: str, extra: str
) -> None:
    monkeypatch.setenv("HR_DB", url)
    monkeypatch.setitem(sys.modules, module, None)
    fault = landing.fetch(sql()).fault
    assert fault is not None
    assert f"pip install 'lagesbild[{extra}]'" in fault


@pytest.mark.parametrize("url", ["mssql://u:p@127.0.0.1:1/x", "oracle://u:p@127.0.0.1:1/?service_name=x"])
def test_other_databases_that_are_down(landing: Landing, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Their drivers are called; no server of theirs can be had here."""
    monkeypatch.setattr(database, "CONNECT_SECONDS", 1)
    monkeypatch.setenv("HR_DB", url)
    fault = landing.fetch(sql("select 1 as a from dual")).fault
    assert fault is not None
    assert fault.startswith("servern svarar inte")


def test_an_oracle_of_another_machine_is_asked_by_tcps(monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import create_engine, make_url

    from assets.intake.fetching.credentials import Credentials

    url, options = database._prepared(make_url("oracle://u:p@db.exempel.se:2484/?service_name=hr"), Credentials({}))
    given_to: list[dict[str, object]] = []

    def connect(*_: object, **given: object) -> None:
        given_to.append(given)
        raise OSError

    import oracledb

    monkeypatch.setattr(oracledb, "connect", connect)
    with pytest.raises(OSError):  # noqa: PT011 – the one raised above
        create_engine(url, connect_args=options).connect()
    assert {key: given_to[0][key] for key in ("protocol", "host", "port", "service_name", "ssl_server_dn_match")} == {
        "protocol": "tcps", "host": "db.exempel.se", "port": 2484, "service_name": "hr", "ssl_server_dn_match": True,
    }  # fmt: skip
    assert not given_to[0].get("dsn")


def test_a_file_of_sqlite(landing: Landing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(tmp_path / "a.db") as con:
        con.execute("create table t (a, b)")
        con.execute("insert into t values ('100 %', 1.5)")
    con.close()
    monkeypatch.setenv("HR_DB", f"sqlite:///{tmp_path / 'a.db'}")
    assert landing.fetch(sql("select * from t where a like '%'")).fault is None
    assert rows(landing) == [["a", "b"], ["100 %", "1.5"]]
