"""Files and answers over https, by requests: the certificate is always checked, and what logs in is sent to the
address's own server alone, wherever it redirects."""

import json
import posixpath
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth

from assets.intake.fetching.credentials import Credentials
from assets.intake.fetching.fault import NOT_FOUND, REFUSED_LOGIN, FetchFault
from assets.intake.fetching.remote import CHUNK, CONNECT_SECONDS, READ_SECONDS, RemoteFile

MAX_REDIRECTS = 5
MAX_PAGE = 2**27
"""Bytes of one page of records or links."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY, _SERVER_FAULT = 429, 500


class LoginHeaders(AuthBase):
    """Headers that log in; none is a login too, so that requests looks in no .netrc."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.update(self._headers)
        return request


class Web:
    """Requests to the servers of one source."""

    def __init__(self, credentials: Credentials, auth: AuthBase | None = None) -> None:
        self._session = requests.Session()
        self._session.headers["Accept-Encoding"] = "identity"  # so that the size said is the size that comes
        self._verify: str | bool = credentials.path("ca") or True
        self._auth = auth or _auth(credentials)

    @contextmanager
    def ask(self, method: str, url: str, **more: Any) -> Iterator[requests.Response]:  # noqa: ANN401 – as requests has it
        """The answer, its body not yet read. Raises FetchFault where it is no success."""
        home, auth = url, self._auth
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._session.request(
                method, url, auth=auth, verify=self._verify, stream=True, allow_redirects=False,
                timeout=(CONNECT_SECONDS, READ_SECONDS), **more,
            )  # fmt: skip
            with answer:
                if answer.status_code not in _REDIRECTS:
                    _require_success(answer.status_code)
                    yield answer
                    return
                url = _redirected(url, answer.headers.get("Location", ""))
                auth = self._auth if same_server(url, home) else LoginHeaders({})
                more.pop("params", None)
        raise FetchFault("servern hänvisar vidare utan slut")

    def json(self, method: str, url: str, **more: Any) -> tuple[Any, requests.Response]:  # noqa: ANN401 – any JSON
        """What a page holds, fractions as the text that they stand in, and its answer. Raises FetchFault."""
        with self.ask(method, url, **more) as answer:
            content = _limited(answer)
        try:
            return json.loads(content, parse_float=str), answer
        except (ValueError, RecursionError):
            raise FetchFault("svaret är ingen JSON", again=True) from None


class WebPlace:
    """One file, or the files that a page links to where the address ends in `/`. A Remote."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        self._url, self._web = url, Web(credentials)

    def files(self, wanted: Callable[[str], bool]) -> Iterator[RemoteFile]:
        for name, url in self._links() if urlsplit(self._url).path.endswith("/") else [(_name(self._url), self._url)]:
            if wanted(name):
                yield self._described(name, url)

    @contextmanager
    def chunks(self, file: RemoteFile) -> Iterator[Generator[bytes, None, None]]:
        with self._web.ask("GET", file.place) as answer:
            yield content_of(answer)

    def now(self, file: RemoteFile) -> RemoteFile:
        return self._described(file.name, file.place)

    def _described(self, name: str, url: str) -> RemoteFile:
        try:
            with self._web.ask("HEAD", url) as answer:
                return _from_headers(name, url, answer)
        except FetchFault as fault:
            if fault.why not in _NOT_OFFERED:
                raise
        with self._web.ask("GET", url) as answer:
            return _from_headers(name, url, answer)

    def _links(self) -> Iterator[tuple[str, str]]:
        """Name and address of what lies directly below the page's own."""
        import lxml.html  # type: ignore[import-untyped]

        with self._web.ask("GET", self._url) as answer:
            content = _limited(answer)
        seen = set()
        for _, _, link, _ in lxml.html.fromstring(content or b"<html/>").iterlinks():
            url = urljoin(self._url, link)
            parts, below = urlsplit(url), urlsplit(self._url).path
            name = unquote(parts.path.removeprefix(below))
            if not same_server(url, self._url) or not parts.path.startswith(below) or parts.query or parts.fragment:
                continue
            if name and "/" not in name and url not in seen:
                seen.add(url)
                yield name, url


def content_of(answer: requests.Response) -> Generator[bytes, None, None]:
    """The answer's body, as it comes."""
    yield from answer.iter_content(CHUNK)


def same_server(url: str, other: str) -> bool:
    """Whether two addresses are the same server's, by the same protocol."""
    return urlsplit(url)[:2] == urlsplit(other)[:2]


def _auth(credentials: Credentials) -> AuthBase:
    if token := credentials.get("token"):
        return LoginHeaders({"Authorization": f"Bearer {token}"})
    if key := credentials.get("api_key"):
        return LoginHeaders({"X-API-Key": key})
    if "user" in credentials or "password" in credentials:
        user, password = credentials.require("user"), credentials.require("password")
        return HTTPBasicAuth(user.encode(), password.encode())
    return LoginHeaders({})


def _redirected(url: str, location: str) -> str:
    target = urljoin(url, location)
    try:
        is_encrypted = urlsplit(target).scheme == "https" or urlsplit(url).scheme == "http"
    except ValueError:
        is_encrypted = False
    if not is_encrypted:
        raise FetchFault("servern hänvisar till en adress som inte är krypterad")
    return target


def _status_fault(status: int) -> str:
    return f"servern svarar {status}"


_NOT_OFFERED = frozenset({_status_fault(405), _status_fault(501)})
"""How a server answers that knows no HEAD."""


def _require_success(status: int) -> None:
    if status in (401, 403):
        raise FetchFault(REFUSED_LOGIN)
    if status in (404, 410):
        raise FetchFault(NOT_FOUND)
    if status not in range(200, 300):
        raise FetchFault(_status_fault(status), again=status == _BUSY or status >= _SERVER_FAULT)


def _limited(answer: requests.Response) -> bytes:
    content = bytearray()
    for chunk in answer.iter_content(CHUNK):
        content += chunk
        if len(content) > MAX_PAGE:
            raise FetchFault("en sida är för stor")
    return bytes(content)


def _from_headers(name: str, url: str, answer: requests.Response) -> RemoteFile:
    size, modified = answer.headers.get("Content-Length", ""), answer.headers.get("Last-Modified")
    try:
        at = parsedate_to_datetime(modified).timestamp() if modified else None
    except ValueError:
        at = None
    return RemoteFile(name, url, int(size) if size.isdigit() else None, at, answer.headers.get("ETag"))


def _name(url: str) -> str:
    return unquote(posixpath.basename(urlsplit(url).path))
