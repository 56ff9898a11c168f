"""Files over sftp, smb, s3, abfs and in a folder, by fsspec and its back ends. Each is an extra of its own."""

import posixpath
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import SplitResult, unquote, urlsplit

from assets.intake.fetching.credentials import Credentials
from assets.intake.fetching.definition import is_safe
from assets.intake.fetching.fault import FetchFault
from assets.intake.fetching.remote import CHUNK, CONNECT_SECONDS, READ_SECONDS, RemoteFile

KEEP_ALIVE_SECONDS = 15

_UNCACHED: Mapping[str, Any] = {"skip_instance_cache": True, "use_listings_cache": False}


class FileSystemPlace:
    """One folder of a file system. A Remote."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        parts = urlsplit(url)
        try:
            self._fs, self._folder = _OPENERS[parts.scheme](parts, credentials)
        except ImportError:
            raise FetchFault(
                f"{parts.scheme} behöver ett tillägg på datorn: pip install 'lagesbild[{parts.scheme}]'"
            ) from None

    def files(self, wanted: Callable[[str], bool]) -> Iterator[RemoteFile]:
        entries = self._fs.ls(self._folder, detail=True)
        for info in entries:
            if not wanted(posixpath.basename(info["name"])):
                continue
            followed = self._fs.info(info["name"]) | {"name": info["name"]} if info["type"] == "link" else info
            if followed["type"] == "file" and info["name"].rstrip("/") != self._folder:
                yield _described(followed)

    @contextmanager
    def chunks(self, file: RemoteFile) -> Iterator[Generator[bytes, None, None]]:
        with self._fs.open(file.place, "rb") as stream:
            yield _read(stream, file.size)

    def now(self, file: RemoteFile) -> RemoteFile:
        self._fs.invalidate_cache()
        return _described(self._fs.info(file.place) | {"name": file.place})


def _read(stream: BinaryIO, size: int | None) -> Generator[bytes, None, None]:
    """The bytes, and at most one more than there should be: a file may grow for as long as it is read."""
    left = None if size is None else size + 1
    while chunk := stream.read(CHUNK if left is None else min(CHUNK, left)):
        left = None if left is None else left - len(chunk)
        yield chunk


def _described(info: Mapping[str, Any]) -> RemoteFile:
    """What fsspec's back ends say of a file, each in its own words."""
    modified = next(
        (info[key] for key in ("mtime", "LastModified", "last_modified") if info.get(key) is not None), None
    )
    tag = next((info[key] for key in ("ETag", "etag") if info.get(key)), None)
    return RemoteFile(
        name=posixpath.basename(info["name"]),
        place=info["name"],
        size=info.get("size"),
        modified=modified.timestamp() if isinstance(modified, datetime) else modified,
        tag=tag,
    )


def _sftp(url: SplitResult, credentials: Credentials) -> tuple[Any, str]:
    """asyncssh. Only what is given here counts: no configuration, agent or key of the account's."""
    from sshfs import SSHFileSystem

    key = credentials.path("key")
    password = credentials.get("password")
    fs = SSHFileSystem(
        url.hostname,
        port=url.port or 22,
        username=credentials.get("user") or unquote(url.username or "") or None,
        password=password,
        client_keys=[key] if key else None,
        passphrase=credentials.get("passphrase"),
        known_hosts=credentials.path("known_hosts") or _known_hosts(),
        config=[],
        agent_path=None,
        preferred_auth="publickey" if key and not password else "publickey,password,keyboard-interactive",
        connect_timeout=CONNECT_SECONDS,
        login_timeout=CONNECT_SECONDS,
        keepalive_interval=KEEP_ALIVE_SECONDS,
        skip_instance_cache=True,  # it keeps no listings
    )
    return fs, unquote(url.path).rstrip("/") or "/"


def _known_hosts() -> str:
    """The account's own. Never none: the back end would then take any server for the right one."""
    path = Path("~/.ssh/known_hosts").expanduser()
    if not path.is_file():
        raise FetchFault("det finns ingen known_hosts: skriv var den står i auth.known_hosts")
    return str(path)


def _smb(url: SplitResult, credentials: Credentials) -> tuple[Any, str]:
    """Encrypted, which SMB 3 can. Others may read a file meanwhile, and nobody write in it."""
    from fsspec.implementations.smb import SMBFileSystem

    fs = SMBFileSystem(
        url.hostname,
        port=url.port,
        username=credentials.get("user") or unquote(url.username or "") or None,
        password=credentials.get("password"),
        timeout=CONNECT_SECONDS,
        encrypt=True,
        share_access="r",
        register_session_retries=0,
        **_UNCACHED,
    )
    return fs, unquote(url.path).rstrip("/")


def _s3(url: SplitResult, credentials: Credentials) -> tuple[Any, str]:
    from s3fs import S3FileSystem

    endpoint = credentials.get("endpoint")
    if endpoint and not is_safe(endpoint):
        raise FetchFault("auth.endpoint ska peka på en adress som börjar med https://")
    fs = S3FileSystem(
        key=credentials.get("access_key"),
        secret=credentials.get("secret_key"),
        token=credentials.get("session_token"),
        endpoint_url=endpoint,
        client_kwargs={"region_name": credentials.get("region"), "verify": credentials.path("ca") or True},
        config_kwargs={
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": READ_SECONDS,
            "retries": {"total_max_attempts": 1},
        },
        **_UNCACHED,
    )
    return fs, f"{url.netloc}{unquote(url.path)}".rstrip("/")


def _abfs(url: SplitResult, credentials: Credentials) -> tuple[Any, str]:
    """`abfs://<container>@<account>.dfs.core.windows.net/<folder>`."""
    from adlfs import AzureBlobFileSystem

    account, container = (url.hostname or "").partition(".")[0], unquote(url.username or "")
    if not container:
        raise FetchFault("url ska vara abfs://behållare@konto.dfs.core.windows.net/mapp")
    fs = AzureBlobFileSystem(
        account_name=account,
        account_key=credentials.get("account_key"),
        sas_token=credentials.get("sas_token"),
        tenant_id=credentials.get("tenant"),
        client_id=credentials.get("client_id"),
        client_secret=credentials.get("client_secret"),
        connection_timeout=int(CONNECT_SECONDS),
        read_timeout=int(READ_SECONDS),
        **_UNCACHED,
    )
    return fs, f"{container}{unquote(url.path)}".rstrip("/")


def _folder(url: SplitResult, _credentials: Credentials) -> tuple[Any, str]:
    from fsspec.implementations.local import LocalFileSystem

    return LocalFileSystem(**_UNCACHED), unquote(url.path).rstrip("/")


_OPENERS: Mapping[str, Callable[[SplitResult, Credentials], tuple[Any, str]]] = {
    "sftp": _sftp,
    "smb": _smb,
    "s3": _s3,
    "abfs": _abfs,
    "file": _folder,
}
