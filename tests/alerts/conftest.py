"""Nights below Dagster, with a clock of the test's own, a real mail server and a real webhook on loopback."""

import json
import shutil
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from tenacity import wait_none

from assets.alerts import channels
from assets.alerts.configuration import Configuration, read_configuration
from assets.alerts.evaluate import evaluate
from assets.alerts.queries import load_queries
from assets.alerts.send import send
from assets.alerts.shapes import FINDING
from assets.registers.read_contracts import load_registers
from assets.settings import Run, Settings
from assets.warehouse.build import build, create_tables
from assets.warehouse.load import fill_registers
from assets.warehouse.models import load_models

ROOT = Path(__file__).parents[2]
QUERIES = load_queries(ROOT / "sql" / "alerts")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again at once."""
    monkeypatch.setattr(channels, "WAIT", wait_none())


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every table that alerts read, made by the real models of nothing. Read only: a night takes a copy."""
    path = tmp_path_factory.mktemp("warehouse") / "empty.duckdb"
    registers, models = load_registers(ROOT / "assets" / "registers"), load_models(ROOT / "sql")
    with duckdb.connect(path) as con:
        con.execute("SET VARIABLE as_of = DATE '2026-01-01'")
        con.execute("SET VARIABLE nightly = true")
        create_tables(con, registers, models)
        con.execute("INSERT INTO intake.organisations VALUES ('farsta'), ('jarva')")
        fill_registers(con, registers)
        build(con, models, [name for name in models if name.startswith("marts.")])
        for table in {table for query in QUERIES.values() for table in query.reads if table.startswith("marts.")}:
            con.execute(f"DELETE FROM {table}")
    return path


Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""Table → the rows that stand in it this night; what is left out of a row is NULL."""


@dataclass
class Installation:
    """One data folder and its nights. `environment` holds its secrets."""

    root: Path
    empty: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return Settings(data=self.root / "data", inbox=self.root / "inbox", config=self.root / "config")

    @property
    def alerts(self) -> Path:
        return self.settings.data / "alerts"

    @property
    def configuration(self) -> Configuration:
        return read_configuration(self.settings.config, self.environment)

    def configure(self, file: str, toml: str) -> None:
        self.settings.config.mkdir(parents=True, exist_ok=True)
        (self.settings.config / file).write_text(toml, encoding="utf-8")

    def run(self, day: date, kind: Any = "nightly") -> Run:
        return Run("run", kind, day, day, day, self.root / "runs" / f"{kind}-{day}")

    def evaluate(self, day: date, rows: Rows, kind: Any = "nightly") -> pl.DataFrame:
        run = self.run(day, kind)
        shutil.rmtree(run.folder, ignore_errors=True)
        run.folder.mkdir(parents=True)
        with filled(self.empty, run.warehouse, day, rows) as con:
            return evaluate(con, run, self.settings, self.configuration)

    def night(self, day: date, rows: Rows) -> pl.DataFrame:
        """A published night: evaluated and sent."""
        state = self.evaluate(day, rows)
        send(self.run(day), self.settings, self.configuration, self.environment)
        return state


@contextmanager
def filled(empty: Path, path: Path, day: date, rows: Rows) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the empty warehouse for B, winter time, with the rows given."""
    shutil.copy(empty, path)
    with duckdb.connect(path) as con:
        con.execute(
            "UPDATE core.review SET as_of = $day, day_end = CAST($day AS TIMESTAMP) + INTERVAL 23 HOUR", {"day": day}
        )
        _fill(con, rows)
        yield con


def _fill(con: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    if "validation.results" in rows:
        con.execute("""CREATE TABLE validation.results (organisation VARCHAR, "table" VARCHAR, expectation VARCHAR,
            severity VARCHAR, ok BOOLEAN, checked BIGINT, unexpected BIGINT, explanation VARCHAR, reason VARCHAR,
            places VARCHAR[])""")
    for table, given in rows.items():
        for row in given:
            columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
            con.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))


def finding(organisation: str, kind: str, severity: str, text: str) -> pl.DataFrame:
    """One row of FINDING."""
    row = {
        "organisation": organisation,
        "id": f"L-{organisation} {kind}",
        "kind": kind,
        "severity": severity,
        "text": text,
    }
    return pl.DataFrame([row], schema=FINDING)


def missing(register: str = "personal", organisation: str = "farsta") -> dict[str, object]:
    return {"organisation": organisation, "register": register, "status": "saknas"}


@pytest.fixture
def installation(tmp_path: Path, empty_warehouse: Path) -> Installation:
    return Installation(tmp_path, empty_warehouse)


class Post:
    """A mail server's letterbox. `refuses`: addresses that it takes nothing for."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.users: list[str] = []
        self.refuses: set[str] = set()

    async def handle_RCPT(  # noqa: N802 – aiosmtpd names it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]
        assert isinstance(mail, EmailMessage)
        assert [mail["To"]] == envelope.rcpt_tos
        self.mails.append(mail)
        return "250 OK"

    @property
    def subjects(self) -> list[str]:
        return [mail["Subject"] for mail in self.mails]

    def texts(self) -> list[str]:
        return [mail.get_body(("plain",)).get_content() for mail in self.mails]  # type: ignore[union-attr]


@pytest.fixture
def port() -> int:
    """One that nobody listens at, until the test does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def mail_server(port: int, post: Post, **more: Any) -> Controller:
    return Controller(post, hostname="127.0.0.1", port=port, **more)


@pytest.fixture
def post(port: int) -> Iterator[Post]:
    """The letterbox of a mail server that is up."""
    box = Post()
    server = mail_server(port, box)
    server.start()
    yield box
    server.stop()


def recipients(port: int, *, organisations: str = '["farsta"]', more: str = "") -> str:
    return f"""
link = "https://lagesbild.exempel.se/current"

[smtp]
host = "127.0.0.1"
port = {port}
security = "ingen"
sender = "lagesbild@exempel.se"

[[recipients]]
name = "Samordnaren"
organisations = {organisations}
mail = ["samordnare@exempel.se"]
{more}
"""


class Endpoint:
    """A webhook's other end: what it was sent, and what it answers next (200 when nothing is said)."""

    def __init__(self, url: str) -> None:
        self.url, self.answers = url, list[int]()
        self.got: list[tuple[dict[str, str], Any]] = []

    @property
    def payloads(self) -> list[Any]:
        return [payload for _, payload in self.got]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = endpoint.answers.pop(0) if endpoint.answers else 200
            if answer < 300:
                endpoint.got.append((dict(self.headers), json.loads(body)))
            self.send_response(answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 – http.server names it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/hook?sig=hemligt")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield endpoint
    server.shutdown()
    thread.join(10)
    server.server_close()
