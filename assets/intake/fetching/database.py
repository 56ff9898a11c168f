"""The rows of one SELECT, as one CSV: UTF-8 with BOM, semicolons, the query's own headings."""

import csv
import io
from collections.abc import Callable, Generator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy
from sqlalchemy.engine import URL

from assets.intake.fetching.credentials import Credentials, revealed
from assets.intake.fetching.definition import LOOPBACK, Query
from assets.intake.fetching.fault import FetchFault
from assets.intake.fetching.remote import CONNECT_SECONDS

ROWS = 5_000
"""Rows that are held at a time."""

SYSTEM_CA = "system"
"""What libpq calls the machine's own certificates."""


def row_lines(query: Query, credentials: Credentials) -> Generator[bytes, None, None]:
    """The lines, so many rows at a time, the headings first. Raises FetchFault."""
    try:
        url = sqlalchemy.make_url(revealed(query.url))
    except (sqlalchemy.exc.ArgumentError, ValueError):
        raise FetchFault("sql.url pekar på något som inte är en databasadress") from None
    url, options = _prepared(url, credentials)
    try:
        engine = sqlalchemy.create_engine(
            url, poolclass=sqlalchemy.NullPool, connect_args=options, hide_parameters=True
        )
    except ImportError:
        raise FetchFault(
            f"{_family(url)} behöver ett tillägg på datorn: pip install 'lagesbild[{_EXTRA[_family(url)]}]'"
        ) from None
    read_only = {"postgresql_readonly": True} if _family(url) == "postgresql" else {}
    options = {"stream_results": True, "max_row_buffer": ROWS} | read_only
    with (
        engine.connect().execution_options(**options) as connection,
        connection.exec_driver_sql(_escaped(query, engine)) as rows,
    ):
        yield "\ufeff".encode() + _csv([list(rows.keys())])
        for part in rows.partitions(ROWS):
            yield _csv([[_text(cell) for cell in row] for row in part])


def _prepared(url: URL, credentials: Credentials) -> tuple[URL, dict[str, Any]]:
    family = _family(url)
    if family not in _CONNECTIONS:
        raise FetchFault(f"databasen är ingen av {', '.join(_CONNECTIONS)}")
    return _CONNECTIONS[family](url, credentials)


def _postgresql(url: URL, credentials: Credentials) -> tuple[URL, dict[str, Any]]:
    return url.set(drivername="postgresql+psycopg"), postgresql_options(url, credentials.path("ca"))


def postgresql_options(url: URL, ca: str | None) -> dict[str, Any]:
    """How libpq is to connect: the server's certificate and name are checked, but on this machine. `ca`: the file of
    the authorities, where it isn't the machine's own. Raises FetchFault where the address says otherwise."""
    options: dict[str, Any] = {"connect_timeout": int(CONNECT_SECONDS)}
    if not _is_here(url.host or str(url.query.get("host", ""))):
        if url.query.get("sslmode", "verify-full") != "verify-full":
            raise FetchFault("sslmode ska vara verify-full, så att serverns certifikat prövas")
        options |= {"sslmode": "verify-full", "sslrootcert": ca or SYSTEM_CA}
    return options


def _mssql(url: URL, _credentials: Credentials) -> tuple[URL, dict[str, Any]]:
    if not _is_here(url.host or ""):
        checks = {"encrypt": ("yes", "true", "mandatory", "strict"), "trustservercertificate": ("no", "false")}
        for key, value in url.query.items():
            if str(value).casefold() not in checks.get(key.casefold(), (str(value).casefold(),)):
                raise FetchFault("anslutningen ska vara krypterad och serverns certifikat prövas")
        kept = {key: value for key, value in url.query.items() if key.casefold() not in checks}
        url = url.set(query=kept | {"Encrypt": "yes", "TrustServerCertificate": "no"})
    return url.set(drivername="mssql+mssqlpython"), {"timeout": int(CONNECT_SECONDS)}


def _oracle(url: URL, credentials: Credentials) -> tuple[URL, dict[str, Any]]:
    """By TCPS, which checks the server's certificate and name, but on this machine."""
    host, port, service = url.host or "", url.port or 2484, url.query.get("service_name", url.database)
    if _is_here(host):
        return url.set(drivername="oracle+oracledb"), {"tcp_connect_timeout": CONNECT_SECONDS}
    options = {
        "protocol": "tcps", "host": host, "port": port, "service_name": service, "ssl_server_dn_match": True,
        "tcp_connect_timeout": CONNECT_SECONDS, "wallet_location": credentials.path("ca"),
    }  # fmt: skip
    bare = URL.create("oracle+oracledb", username=url.username, password=url.password)
    return bare, {key: value for key, value in options.items() if value is not None}


def _sqlite(url: URL, _credentials: Credentials) -> tuple[URL, dict[str, Any]]:
    """A file of this machine, opened to be read alone."""
    path = url.database or ""
    return url.set(database=f"file:{path}", query={"mode": "ro", "uri": "true"}), {}


_CONNECTIONS: Mapping[str, Callable[[URL, Credentials], tuple[URL, dict[str, Any]]]] = {
    "postgresql": _postgresql,
    "mssql": _mssql,
    "oracle": _oracle,
    "sqlite": _sqlite,
}
_EXTRA = {"postgresql": "postgres", "mssql": "mssql", "oracle": "oracle"}


def _family(url: URL) -> str:
    name = url.drivername.partition("+")[0]
    return {"postgres": "postgresql"}.get(name, name)


def _is_here(host: str) -> bool:
    return host in LOOPBACK or host.startswith("/")


def _escaped(query: Query, engine: sqlalchemy.Engine) -> str:
    """The query as its driver takes it: some read `%` as the mark of a parameter."""
    text = query.query.strip().rstrip(";")
    return text.replace("%", "%%") if engine.dialect.paramstyle in ("format", "pyformat") else text


def _text(cell: object) -> str:
    """A cell as a delivery spells it: dates in ISO, numbers without exponent, Ja and Nej."""
    match cell:
        case None:
            return ""
        case bool():
            return "Ja" if cell else "Nej"
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case Decimal():
            return format(cell, "f")
        case bytes() | memoryview():
            raise FetchFault("frågan ger en kolumn med annat än text, tal och datum")
        case _:
            return str(cell)


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", errors="replace")
