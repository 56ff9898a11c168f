"""What `[fetch]` of a source file may say (docs/spec/sources.md, Fetching), and that no secret stands in it.

Messages never quote what stands in the file: it may be the secret that shouldn't be there.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Self
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, Field, field_validator, model_validator

from assets.intake.fetching.one_select import check_one_select
from assets.intake.sources.model import Frozen, Texts

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""What is sent there never leaves the machine."""

AUTH: Mapping[str, frozenset[str]] = {
    "sftp": frozenset({"user", "password", "key", "passphrase", "known_hosts"}),
    "smb": frozenset({"user", "password"}),
    "s3": frozenset({"access_key", "secret_key", "session_token", "endpoint", "region", "ca"}),
    "abfs": frozenset({"account_key", "sas_token", "tenant", "client_id", "client_secret"}),
    "https": frozenset({"user", "password", "token", "api_key", "ca"}),
    "sharepoint": frozenset({"tenant", "client_id", "client_secret", "ca"}),
    "file": frozenset(),
    "rest": frozenset({"user", "password", "token", "api_key", "ca"}),
    "sql": frozenset({"ca"}),
}
"""Way → the keys of `auth` that it knows."""

SCHEMES = tuple(way for way in AUTH if way not in ("rest", "sql"))

REFERENCE = re.compile(r"env:(?P<variable>[A-Za-z_][A-Za-z0-9_]*)|file:(?P<path>/.+)")
_SOUNDS_SECRET = re.compile(
    r"^key$|(?:^|[_-])(?:(?:api|access|secret|subscription)[_-]?key|auth|pass\w*|pwd|secret|sig|signature|token)$",
    re.IGNORECASE,
)
_POINT_AT_IT = "ska vara namnet på en miljövariabel (env:NAMN) eller en fil (file:/sökväg), aldrig hemligheten själv"


def _reference(text: str) -> str:
    if not REFERENCE.fullmatch(text):
        raise ValueError(_POINT_AT_IT)
    return text


Reference = Annotated[str, AfterValidator(_reference)]
"""`env:NAME` or `file:/path`: where a value stands, never the value."""


class Rest(Frozen):
    """Records over pages. `records`: the dotted path to a page's list of records; none: the page is the list. `next`:
    `link header`, or the dotted path to the next page's address; none: there is one page."""

    url: str
    records: str | None = None
    next: str | None = None
    params: Mapping[str, str] = Field(default_factory=dict)

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        require_safe(url)
        return url

    @field_validator("params")
    @classmethod
    def _hold_no_secret(cls, params: Mapping[str, str]) -> Mapping[str, str]:
        for name, value in params.items():
            if _SOUNDS_SECRET.search(name) and not REFERENCE.fullmatch(value):
                raise ValueError(f"{name} {_POINT_AT_IT}")
        return params


class Query(Frozen):
    """The rows of one SELECT. `url` is SQLAlchemy's, and holds the password: so it never stands here itself."""

    url: Reference
    query: str

    @field_validator("query")
    @classmethod
    def _is_one_select(cls, query: str) -> str:
        check_one_select(query)
        return query


class Fetch(Frozen):
    """Where files are fetched from: one of `url`, `rest` and `sql`.

    `files`: globs on a file's own name there; none: the source's own. `auth`: key → where its value stands.
    """

    url: str | None = None
    files: Texts = ()
    auth: Mapping[str, Reference] = Field(default_factory=dict)
    rest: Rest | None = None
    sql: Query | None = None

    @property
    def way(self) -> str:
        """A key of AUTH."""
        return "rest" if self.rest else "sql" if self.sql else urlsplit(self.url or "").scheme

    @field_validator("url")
    @classmethod
    def _is_supported(cls, url: str | None) -> str | None:
        if url is None:
            return url
        require_safe(url)
        if urlsplit(url).scheme not in (*SCHEMES, "http"):
            raise ValueError(f"ska börja med {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
        return url

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        if sum(way is not None for way in (self.url, self.rest, self.sql)) != 1:
            raise ValueError("ange en av url, rest och sql")
        if self.files and self.url is None:
            raise ValueError("files hör ihop med url: det andra blir en enda fil")
        known = AUTH["https" if self.way == "http" else self.way]
        for key in self.auth:
            if key not in known:
                choice = f"det som finns är {', '.join(sorted(known))}" if known else "det behövs ingen auth"
                raise ValueError(f"auth.{key} hör inte till {self.way}: {choice}")
        return self


def is_safe(url: str) -> bool:
    """Whether an address is encrypted on its way, or not on its way anywhere."""
    try:
        require_safe(url)
    except ValueError:
        return False
    return urlsplit(url).scheme in ("https", "http")


def require_safe(url: str) -> None:
    """Raises ValueError where an address holds a secret, names no server or isn't encrypted on its way."""
    try:
        parts = urlsplit(url)
        host, password, query = parts.hostname, parts.password, parse_qsl(parts.query)
    except ValueError:
        raise ValueError("är ingen adress") from None
    if password is not None:
        raise ValueError("får inte innehålla ett lösenord: skriv var det står i auth.password")
    if any(_SOUNDS_SECRET.search(name) for name, _ in query):
        raise ValueError("får inte innehålla en nyckel: skriv var den står i auth, eller i params med env:")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise ValueError("ska vara krypterad (https)")
    if parts.scheme != "file" and not host:
        raise ValueError("nämner ingen server")
