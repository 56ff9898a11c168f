"""A PostgreSQL of the test's own, from Debian's package, in a folder that goes with it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import trustme

from tests.programs import running

ROLE = "postgres"


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if not path:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    return path


def _account() -> int | None:
    """Who it runs as: it refuses to be root's."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_uid
    except KeyError:
        return pwd.getpwnam("nobody").pw_uid


def _wait(port: int, password: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(host="localhost", port=port, user=ROLE, password=password, dbname=ROLE).close()
        except psycopg.OperationalError:
            assert time.monotonic() < until, "PostgreSQL doesn't start"
            time.sleep(0.1)
        else:
            return


@contextmanager
def postgres(password: str, authority: trustme.CA) -> Iterator[int]:
    """The port of one that answers, and takes encrypted connections alone, with a password."""
    initdb, server = _program("initdb"), _program("postgres")
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        certificate = authority.issue_cert("localhost")
        certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
        (folder / "password").write_text(password, encoding="utf-8")
        (folder / "server.pem").chmod(0o600)
        if account is not None:
            for path in (folder, *folder.iterdir()):
                os.chown(path, account, -1)
        data = folder / "data"
        subprocess.run(  # noqa: S603 – Debian's own program
            [initdb, "-D", data, "-U", ROLE, "-A", "scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync",
             "-E", "UTF8", "--locale=C"],
            check=True, capture_output=True, user=account, timeout=60,
        )  # fmt: skip
        (data / "pg_hba.conf").write_text("hostssl all all all scram-sha-256\n", encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        settings = {
            "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "fsync": "off",
            "ssl": "on", "ssl_cert_file": folder / "server.pem", "ssl_key_file": folder / "server.pem",
        }  # fmt: skip
        with running(
            [server, "-D", data, *(part for key, value in settings.items() for part in ("-c", f"{key}={value}"))],
            user=account, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ):  # fmt: skip
            _wait(port, password)
            yield port
    finally:
        shutil.rmtree(folder, ignore_errors=True)
