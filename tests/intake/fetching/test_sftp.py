"""Files over SFTP, from a server in a thread of the test's own."""

import asyncio
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from assets.intake.fetching.fault import CHANGED, NOT_FOUND, REFUSED_LOGIN, SILENT, WRONG_HOST_KEY, WRONG_SIZE
from tests.intake.fetching.conftest import SECRET, Landing

pytestmark = pytest.mark.long

USER = "lagesbild"


@dataclass
class SftpServer:
    """`folder`: its root. `lie`: what is added to every size; `grow`: whether a file grows when it is read; `names`:
    what it says that its folder holds, where that isn't true."""

    folder: Path
    host_key: Any
    client_key: Any
    port: int = 0
    lie: int = 0
    grow: bool = False
    names: list[str] = field(default_factory=list)
    logins: int = 0


@contextmanager
def sftp_server(server: SftpServer) -> Iterator[SftpServer]:
    connections: list[Any] = []

    class Login(asyncssh.SSHServer):
        def connection_made(self, conn: Any) -> None:
            connections.append(conn)

        def begin_auth(self, _username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            server.logins += 1
            return (username, password) == (USER, SECRET)

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel: Any) -> None:
            super().__init__(channel, chroot=os.fsencode(server.folder))

        def read(self, file_obj: Any, offset: int, size: int) -> Any:
            if server.grow:
                with (server.folder / "ut" / "kurs.csv").open("ab") as file:
                    file.write(b"mer\n")
            return super().read(file_obj, offset, size)

        def _stated(self, attrs: Any) -> Any:
            attrs = asyncssh.SFTPAttrs.from_local(attrs) if isinstance(attrs, os.stat_result) else attrs
            attrs.size += server.lie
            return attrs

        def stat(self, path: bytes) -> Any:
            return self._stated(super().stat(path))

        def lstat(self, path: bytes) -> Any:
            return self._stated(super().lstat(path))

        async def scandir(self, path: bytes) -> Any:
            async for name in super().scandir(path):
                name.attrs = self._stated(name.attrs)
                yield name
                for other in server.names:
                    yield asyncssh.SFTPName(other.encode(), attrs=name.attrs)

    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        done = asyncio.Event()
        listener = await asyncssh.listen(
            "127.0.0.1", server.port, server_host_keys=[server.host_key], server_factory=Login, sftp_factory=Files,
            authorized_client_keys=asyncssh.import_authorized_keys(server.client_key.export_public_key().decode()),
        )  # fmt: skip
        server.port = listener.get_port()
        ready.set_result((asyncio.get_running_loop(), done))
        await done.wait()
        listener.close()
        for connection in connections:
            connection.abort()
        await asyncio.wait_for(asyncio.gather(*(connection.wait_closed() for connection in connections)), 5)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    loop, done = ready.result(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(10)


@pytest.fixture(scope="module")
def keys() -> tuple[Any, Any, Any]:
    return tuple(asyncssh.generate_private_key("ssh-ed25519") for _ in range(3))  # type: ignore[return-value]


@pytest.fixture
def server(tmp_path: Path, keys: tuple[Any, Any, Any]) -> Iterator[SftpServer]:
    (tmp_path / "srv" / "ut").mkdir(parents=True)
    (tmp_path / "srv" / "ut" / "kurs.csv").write_bytes(b"a;b\n" * 50_000)
    os.utime(tmp_path / "srv" / "ut" / "kurs.csv", (1_795_000_000, 1_795_000_000))
    (tmp_path / "srv" / "ut" / "mapp.csv").mkdir()
    with sftp_server(SftpServer(tmp_path / "srv", keys[0], keys[1])) as running:
        yield running


@pytest.fixture
def auth(server: SftpServer, tmp_path: Path) -> dict[str, str]:
    return {"password": "env:SECRET", "known_hosts": known(server, tmp_path, server.host_key)}


def known(server: SftpServer, folder: Path, key: Any) -> str:
    path = folder / "known_hosts"
    path.write_text(f"[127.0.0.1]:{server.port} {key.export_public_key().decode()}", encoding="ascii")
    return f"file:{path}"


def url(server: SftpServer, folder: str = "/ut/") -> str:
    return f"sftp://{USER}@127.0.0.1:{server.port}{folder}"


def test_files_land_with_their_time_and_once(server: SftpServer, landing: Landing, auth: dict[str, str]) -> None:
    state = landing.fetch({"url": url(server), "auth": auth})
    assert (state.fault, state.landed) == (None, 1)
    assert landing.files == {"kurs.csv": b"a;b\n" * 50_000}
    assert (landing.fetched / "farsta" / "kurs.csv").stat().st_mtime == 1_795_000_000
    assert landing.fetch({"url": url(server), "auth": auth}).unchanged == 1
    (server.folder / "ut" / "kurs.csv").write_bytes(b"ny\n")
    assert landing.fetch({"url": url(server), "auth": auth}).landed == 1
    assert landing.files == {"kurs.csv": b"ny\n"}


def test_a_private_key_logs_in(
    server: SftpServer, landing: Landing, auth: dict[str, str], tmp_path: Path, keys: tuple[Any, Any, Any]
) -> None:
    path = tmp_path / "id"
    keys[1].write_private_key(path, passphrase=SECRET, rounds=50)
    auth = {"key": f"file:{path}", "passphrase": "env:SECRET", "known_hosts": auth["known_hosts"]}
    assert landing.fetch({"url": url(server), "auth": auth}).fault is None
    keys[2].write_private_key(path)
    del auth["passphrase"]
    assert landing.fetch({"url": url(server), "auth": auth}).fault == REFUSED_LOGIN
    path.write_text("ingen nyckel", encoding="utf-8")
    assert landing.fetch({"url": url(server), "auth": auth}).fault == "den privata nyckeln går inte att läsa"


def test_a_server_with_another_key_gets_no_password(
    server: SftpServer, landing: Landing, auth: dict[str, str], tmp_path: Path, keys: tuple[Any, Any, Any]
) -> None:
    auth["known_hosts"] = known(server, tmp_path, keys[2])
    assert landing.fetch({"url": url(server), "auth": auth}).fault == WRONG_HOST_KEY
    (tmp_path / "known_hosts").write_text("", encoding="ascii")
    assert landing.fetch({"url": url(server), "auth": auth}).fault == WRONG_HOST_KEY
    assert server.logins == 0
    assert landing.files == {}


def test_without_known_hosts_nothing_is_asked(
    server: SftpServer, landing: Landing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    state = landing.fetch({"url": url(server), "auth": {"password": "env:SECRET"}})
    assert state.fault == "det finns ingen known_hosts: skriv var den står i auth.known_hosts"
    assert server.logins == 0


def test_a_wrong_password_is_tried_once(
    server: SftpServer, landing: Landing, auth: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "fel")
    assert landing.fetch({"url": url(server), "auth": auth}).fault == REFUSED_LOGIN
    assert server.logins == 1


def test_a_folder_that_is_not_there(server: SftpServer, landing: Landing, auth: dict[str, str]) -> None:
    assert landing.fetch({"url": url(server, "/finns-inte/"), "auth": auth}).fault == NOT_FOUND


@pytest.mark.parametrize("lie", [7, -7])
def test_a_lie_about_the_size(server: SftpServer, landing: Landing, auth: dict[str, str], lie: int) -> None:
    server.lie = lie
    assert landing.fetch({"url": url(server), "auth": auth}).fault == f"kurs.csv: {WRONG_SIZE}"
    assert landing.files == {}


def test_a_file_that_is_still_being_written(server: SftpServer, landing: Landing, auth: dict[str, str]) -> None:
    server.grow = True
    assert landing.fetch({"url": url(server), "auth": auth}).fault == f"kurs.csv: {CHANGED}"
    assert landing.files == {}


def test_names_that_lead_elsewhere(server: SftpServer, landing: Landing, auth: dict[str, str]) -> None:
    server.names = ["../../../ut.csv", "/etc/ut.csv", "a/b.csv", ".dold.csv", "..csv"]
    state = landing.fetch({"url": url(server), "auth": auth})
    assert state.fault is None or NOT_FOUND in state.fault
    assert "kurs.csv" in landing.files
    assert not [path for path in landing.fetched.parent.rglob("*.csv") if path.parent.name != "farsta"]


def test_a_server_that_is_down(server: SftpServer, landing: Landing, auth: dict[str, str]) -> None:
    gone = url(server).replace(str(server.port), "1")
    assert landing.fetch({"url": gone, "auth": auth}).fault == SILENT
