"""Files in a document library of SharePoint, by Microsoft Graph and an application's own login.

`sharepoint://<site>/<library>/<folder>`. The site is `<name>` (of the tenant's own address), `<host>` (its root site)
or `<name>@<host>`.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from assets.intake.fetching.credentials import Credentials
from assets.intake.fetching.fault import NOT_FOUND, REFUSED_LOGIN, FetchFault
from assets.intake.fetching.remote import RemoteFile
from assets.intake.fetching.web import LoginHeaders, Web, content_of, same_server

GRAPH = "https://graph.microsoft.com/v1.0"
LOGIN = "https://login.microsoftonline.com"
SCOPE = "https://graph.microsoft.com/.default"

_FIELDS = "id,name,size,lastModifiedDateTime,eTag,cTag,file"


class SharePointPlace:
    """One folder of a library. A Remote."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        parts = urlsplit(url)
        self._site = parts.netloc
        self._library, _, self._folder = unquote(parts.path.strip("/")).partition("/")
        if not self._library:
            raise FetchFault("url ska vara sharepoint://webbplats/bibliotek/mapp")
        token = _token(credentials)
        self._web = Web(credentials, LoginHeaders({"Authorization": f"Bearer {token}"}))
        self._drive = self._find_drive()

    def files(self, wanted: Callable[[str], bool]) -> Iterator[RemoteFile]:
        folder = f"root:/{quote(self._folder)}:" if self._folder else "root"
        for item in self._listed(f"{self._drive}/{folder}/children?$select={_FIELDS}&$top=200"):
            if "file" in item and wanted(str(item["name"])):
                yield self._described(item)

    @contextmanager
    def chunks(self, file: RemoteFile) -> Iterator[Generator[bytes, None, None]]:
        with self._web.ask("GET", f"{file.place}/content") as answer:
            yield content_of(answer)

    def now(self, file: RemoteFile) -> RemoteFile:
        item, _ = self._web.json("GET", f"{file.place}?$select={_FIELDS}")
        return self._described(item)

    def _described(self, item: dict[str, Any]) -> RemoteFile:
        modified = datetime.fromisoformat(item["lastModifiedDateTime"]).timestamp()
        tag = item.get("cTag") or item.get("eTag")  # cTag is the content's alone
        return RemoteFile(item["name"], f"{self._drive}/items/{quote(item['id'])}", item["size"], modified, tag)

    def _find_drive(self) -> str:
        """The library's address in Graph."""
        site, _ = self._web.json("GET", f"{GRAPH}/sites/{self._site_path()}?$select=id")
        for drive in self._listed(f"{GRAPH}/sites/{quote(site['id'])}/drives?$select=id,name,webUrl"):
            names = {str(drive["name"]), unquote(str(drive.get("webUrl", "")).rpartition("/")[2])}
            if self._library.casefold() in {name.casefold() for name in names}:
                return f"{GRAPH}/drives/{quote(drive['id'])}"
        raise FetchFault(NOT_FOUND)

    def _site_path(self) -> str:
        name, at, host = self._site.rpartition("@")
        if not at and "." in host:
            return quote(host)
        if not at:
            root, _ = self._web.json("GET", f"{GRAPH}/sites/root?$select=siteCollection")
            name, host = host, root["siteCollection"]["hostname"]
        return f"{quote(host)}:/sites/{quote(unquote(name))}:"

    def _listed(self, url: str) -> Iterator[dict[str, Any]]:
        """What a list of Graph's holds, page by page."""
        seen: set[str] = set()
        while url and url not in seen:
            seen.add(url)
            page, _ = self._web.json("GET", url)
            yield from page["value"]
            url = page.get("@odata.nextLink", "")
            if url and not same_server(url, GRAPH):
                raise FetchFault("nästa sida ligger hos en annan server")


def _token(credentials: Credentials) -> str:
    form = {
        "grant_type": "client_credentials",
        "client_id": credentials.require("client_id"),
        "client_secret": credentials.require("client_secret"),
        "scope": SCOPE,
    }
    url = f"{LOGIN}/{quote(credentials.require('tenant'), safe='')}/oauth2/v2.0/token"
    try:
        answer, _ = Web(credentials, LoginHeaders({})).json("POST", url, data=form)
    except FetchFault as fault:
        if fault.why == "servern svarar 400":  # an unknown application or tenant
            raise FetchFault(REFUSED_LOGIN) from None
        raise
    return str(answer["access_token"])
