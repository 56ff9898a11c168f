"""A document library, by a Graph of the test's own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
import trustme

from assets.intake.fetching import sharepoint
from assets.intake.fetching.fault import CHANGED, NOT_FOUND, REFUSED_LOGIN, SILENT, WRONG_CERTIFICATE, WRONG_SIZE
from tests.intake.fetching.conftest import SECRET, Landing
from tests.intake.fetching.web_server import Answer, Request, WebServer, web_server

TOKEN = "eyJhbGci-en-biljett"  # noqa: S105 – it is no one's
URL = "sharepoint://hr@exempel.sharepoint.com/Delade dokument/Export å"


class Graph:
    """Two pages of a folder, and the files' contents at another address, as Graph has it."""

    def __init__(self, server: WebServer, store: WebServer) -> None:
        self.server, self.store = server, store
        self.files: dict[str, bytes] = {"kurs.csv": b"a;b\n", "annat.txt": b"x", "kurs2.csv": b"c;d\n"}
        self.tags: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        server.answer, store.answer = self.answer, self.content

    def item(self, name: str) -> dict[str, Any]:
        size = self.sizes.get(name, len(self.files[name]))
        times = {"lastModifiedDateTime": "2026-11-20T02:00:00Z", "cTag": self.tags.get(name, "1")}
        return {"id": f"01-{name}", "name": name, "size": size, "file": {}} | times

    def answer(self, request: Request) -> Answer:
        path = unquote(request.path)
        if path.endswith("/oauth2/v2.0/token"):
            form = parse_qs(request.body.decode())
            is_right = form["client_secret"] == [SECRET] and path.startswith("/en-hyresgast/")
            return json_answer({"access_token": TOKEN}) if is_right else Answer(b"{}", status=401)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer(status=401)
        path = path.removeprefix("/v1.0")
        if path.startswith("/sites/root"):
            return json_answer({"siteCollection": {"hostname": "exempel.sharepoint.com"}})
        if path.startswith("/sites/exempel.sharepoint.com:/sites/hr:"):
            return json_answer({"id": "exempel,1,2"})
        if path.startswith("/sites/exempel,1,2/drives"):
            drive = {"id": "b!7", "name": "Dokument", "webUrl": "https://x/sites/hr/Delade%20dokument"}
            return json_answer({"value": [{"id": "b!6", "name": "Annat"}, drive]})
        if path.startswith("/drives/b!7/root:/Export å:/children"):
            names = sorted(self.files)
            if "sida2" in path:
                return json_answer({"value": [self.item(name) for name in names[1:]]})
            folder = {"id": "m", "name": "mapp.csv", "folder": {}, "size": 0, "lastModifiedDateTime": "x"}
            more = f"{sharepoint.GRAPH}{path.partition('?')[0].replace(' ', '%20').replace('å', '%C3%A5')}?sida2"
            return json_answer({"value": [folder, self.item(names[0])], "@odata.nextLink": more})
        if path.startswith("/drives/b!7/items/01-"):
            name = path.removeprefix("/drives/b!7/items/01-").partition("?")[0]
            if name.endswith("/content"):
                return Answer(status=302, headers={"Location": f"{self.store.url}/{name}"})
            return json_answer(self.item(name))
        return Answer(b'{"error": {"code": "itemNotFound"}}', status=404)

    def content(self, request: Request) -> Answer:
        return Answer(self.files[request.path.removeprefix("/").removesuffix("/content")])


def json_answer(content: Any) -> Answer:
    return Answer(json.dumps(content).encode(), headers={"Content-Type": "application/json"})


@pytest.fixture
def graph(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    with web_server(authority) as server, web_server(authority) as store:
        monkeypatch.setattr(sharepoint, "GRAPH", f"{server.url}/v1.0")
        monkeypatch.setattr(sharepoint, "LOGIN", server.url)
        monkeypatch.setenv("TENANT", "en-hyresgast")
        monkeypatch.setenv("CLIENT", "ett-program")
        yield Graph(server, store)


@pytest.fixture
def auth(ca_file: Path) -> dict[str, str]:
    return {"tenant": "env:TENANT", "client_id": "env:CLIENT", "client_secret": "env:SECRET", "ca": f"file:{ca_file}"}


@pytest.mark.parametrize("url", [URL, URL.replace("hr@exempel.sharepoint.com", "hr"), URL.replace("Delade d", "D")])
def test_the_files_of_a_folder_land(graph: Graph, landing: Landing, auth: dict[str, str], url: str) -> None:
    state = landing.fetch({"url": url, "auth": auth})
    assert (state.fault, state.landed) == (None, 2)
    assert landing.files == {"kurs.csv": b"a;b\n", "kurs2.csv": b"c;d\n"}
    assert not [request for request in graph.store.requests if "Authorization" in request.headers], "another server"
    before = len(graph.store.requests)
    assert landing.fetch({"url": url, "auth": auth}).unchanged == 2
    graph.files["kurs.csv"], graph.tags["kurs.csv"] = b"e;f\n", "2"
    assert landing.fetch({"url": url, "auth": auth}).landed == 1
    assert len(graph.store.requests) == before + 1


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sharepoint://hr@exempel.sharepoint.com/Finns inte/Export å", NOT_FOUND),
        ("sharepoint://hr@exempel.sharepoint.com/Dokument/Finns inte", NOT_FOUND),
        ("sharepoint://annan@exempel.sharepoint.com/Dokument", NOT_FOUND),
        ("sharepoint://exempel.sharepoint.com", "url ska vara sharepoint://webbplats/bibliotek/mapp"),
    ],
)
@pytest.mark.usefixtures("graph")
def test_a_place_that_is_not_there(landing: Landing, auth: dict[str, str], url: str, why: str) -> None:
    assert landing.fetch({"url": url, "auth": auth}).fault == why


def test_a_wrong_secret(
    graph: Graph, landing: Landing, auth: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "fel")
    assert landing.fetch({"url": URL, "auth": auth}).fault == REFUSED_LOGIN
    assert len(graph.server.requests) == 1, "an account may be locked"


@pytest.mark.usefixtures("graph")
def test_a_login_needs_all_its_parts(landing: Landing, auth: dict[str, str]) -> None:
    del auth["client_id"]
    assert landing.fetch({"url": URL, "auth": auth}).fault == "auth.client_id saknas"


def test_a_certificate_that_is_not_trusted(graph: Graph, landing: Landing, auth: dict[str, str]) -> None:
    del auth["ca"]
    assert landing.fetch({"url": URL, "auth": auth}).fault == WRONG_CERTIFICATE
    assert not graph.server.requests


def test_a_lie_about_the_size(graph: Graph, landing: Landing, auth: dict[str, str]) -> None:
    graph.sizes["kurs.csv"] = 400
    assert landing.fetch({"url": URL, "auth": auth}).fault == f"kurs.csv: {WRONG_SIZE}"
    assert list(landing.files) == ["kurs2.csv"]


def test_a_change_in_the_middle(graph: Graph, landing: Landing, auth: dict[str, str]) -> None:
    counts = iter(range(100))

    def changing(request: Request) -> Answer:
        graph.tags["kurs.csv"] = str(next(counts))
        return Graph.content(graph, request)

    graph.store.answer = changing
    assert landing.fetch({"url": URL, "auth": auth}).fault == f"kurs.csv: {CHANGED}"
    assert list(landing.files) == ["kurs2.csv"]


def test_a_graph_that_is_down(landing: Landing, auth: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENANT", "t")
    monkeypatch.setenv("CLIENT", "c")
    monkeypatch.setattr(sharepoint, "LOGIN", "https://localhost:1")
    assert landing.fetch({"url": URL, "auth": auth}).fault == SILENT
