"""Files over https: what is checked, what is fetched again, what isn't kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from assets.intake.fetching import remote
from assets.intake.fetching.fault import (
    CHANGED,
    NOT_FOUND,
    REFUSED_LOGIN,
    SILENT,
    TOO_BIG,
    UNKNOWN_SERVER,
    WRONG_CERTIFICATE,
    WRONG_SIZE,
)
from assets.settings import FetchLimits
from tests.intake.fetching.conftest import SECRET, Landing
from tests.intake.fetching.web_server import Answer, Request, WebServer, web_server

pytestmark = pytest.mark.slow

BODY = b"Anst nr;Kurs\n1;a\n"
WHEN = "Fri, 20 Nov 2026 02:00:00 GMT"


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[WebServer]:
    with web_server(authority) as running:
        yield running


@pytest.fixture
def auth(ca_file: Path) -> dict[str, str]:
    return {"ca": f"file:{ca_file}", "token": "env:SECRET"}


def plain_file(body: bytes = BODY, tag: str | None = '"1"') -> Answer:
    return Answer(body, headers={"Last-Modified": WHEN} | ({"ETag": tag} if tag else {}))


def test_a_file_lands_whole_with_its_time_and_the_login_is_sent(
    server: WebServer, landing: Landing, auth: dict[str, str]
) -> None:
    server.answer = lambda _: plain_file()
    state = landing.fetch({"url": f"{server.url}/export/kurs.csv", "auth": auth})
    assert (state.fault, state.landed, state.size) == (None, 1, len(BODY))
    assert landing.files == {"kurs.csv": BODY}
    assert (landing.fetched / "farsta" / "kurs.csv").stat().st_mtime == 1795140000
    assert {request.headers["Authorization"] for request in server.requests} == {f"Bearer {SECRET}"}


def test_a_file_that_has_not_changed_is_not_fetched_again(
    server: WebServer, landing: Landing, auth: dict[str, str]
) -> None:
    server.answer = lambda _: plain_file()
    fetch = {"url": f"{server.url}/kurs.csv", "auth": auth}
    landing.fetch(fetch)
    assert len(server.paths("GET")) == 1
    assert landing.fetch(fetch).unchanged == 1
    assert len(server.paths("GET")) == 1
    server.answer = lambda _: plain_file(b"other", '"2"')
    assert landing.fetch(fetch).landed == 1
    assert landing.files == {"kurs.csv": b"other"}
    (landing.fetched / "farsta" / "kurs.csv").unlink()
    assert landing.fetch(fetch).landed == 1, "it no longer lies here"


def test_new_content_of_the_old_size_and_time_is_new_to_the_intake(
    server: WebServer, landing: Landing, auth: dict[str, str]
) -> None:
    server.answer = lambda _: plain_file(b"one", '"1"')
    fetch = {"url": f"{server.url}/kurs.csv", "auth": auth}
    landing.fetch(fetch)
    before = (landing.fetched / "farsta" / "kurs.csv").stat().st_mtime_ns
    server.answer = lambda _: plain_file(b"two", '"2"')
    landing.fetch(fetch)
    assert landing.files == {"kurs.csv": b"two"}
    assert (landing.fetched / "farsta" / "kurs.csv").stat().st_mtime_ns != before


def test_a_server_that_says_nothing_of_a_file_is_asked_anew_each_time(
    server: WebServer, landing: Landing, auth: dict[str, str]
) -> None:
    server.answer = lambda request: Answer(BODY, status=405 if request.method == "HEAD" else 200)
    fetch = {"url": f"{server.url}/kurs.csv", "auth": auth}
    assert [landing.fetch(fetch).landed for _ in range(2)] == [1, 1]


def test_a_page_of_links_gives_the_files_below_it_that_fit(
    server: WebServer, landing: Landing, auth: dict[str, str]
) -> None:
    page = b"""<a href="?C=N">N</a> <a href="../">up</a> <a href="progress.a.csv">a</a>
        <a href="progress.%C3%A5.csv">b</a>
        <a href="/ut/progress.c.csv">c</a> <a href="/annat/progress.d.csv">d</a> <a href="mapp/progress.e.csv">e</a>
        <a href="https://annan.exempel.se/ut/progress.f.csv">f</a> <a href="progress.g.csv.part">g</a>
        <a href="progress.a.csv#x">a</a> <a href="annat.csv">h</a>"""
    server.answer = lambda request: Answer(page) if request.path == "/ut/" else plain_file(request.path.encode())
    state = landing.fetch({"url": f"{server.url}/ut/", "files": "PROGRESS.*.csv", "auth": auth})
    assert state.fault is None
    assert sorted(landing.files) == ["progress.a.csv", "progress.c.csv", "progress.å.csv"]


def test_no_name_leads_out_of_the_folder(server: WebServer, landing: Landing, auth: dict[str, str]) -> None:
    page = b"""<a href="..%2F..%2Fut.csv">a</a> <a href="..%5Cut.csv">b</a> <a href="%2Fetc%2Fut.csv">c</a>
        <a href="kurs%00.csv">d</a> <a href="kurs%0A.csv">e</a>"""
    server.answer = lambda request: Answer(page) if request.path == "/ut/" else plain_file()
    landing.fetch({"url": f"{server.url}/ut/", "auth": auth})
    everything = list(landing.fetched.parent.rglob("*.csv"))
    assert {path.parent for path in everything} == {landing.fetched / "farsta"}
    assert all(name.replace("_", "").isprintable() for name in landing.files)


def test_a_certificate_of_no_known_authority_is_refused(server: WebServer, landing: Landing) -> None:
    server.answer = lambda _: plain_file()
    assert landing.fetch({"url": f"{server.url}/kurs.csv"}).fault == WRONG_CERTIFICATE
    assert not server.requests, "nothing was asked, so nothing was sent"
    assert landing.files == {}


def test_a_certificate_of_another_name_is_refused(server: WebServer, landing: Landing, auth: dict[str, str]) -> None:
    url = server.url.replace("localhost", "127.0.0.1")
    assert landing.fetch({"url": f"{url}/kurs.csv", "auth": auth}).fault == WRONG_CERTIFICATE


@pytest.mark.parametrize(
    ("status", "why", "tries"),
    [(401, REFUSED_LOGIN, 1), (404, NOT_FOUND, 1), (503, "servern svarar 503", 3), (418, "servern svarar 418", 1)],
)
def test_what_a_server_refuses_is_told_and_tried_again_where_it_may_help(
    server: WebServer, landing: Landing, auth: dict[str, str], status: int, why: str, tries: int
) -> None:
    server.answer = lambda _: Answer(f"{SECRET} stod här".encode(), status=status)
    assert landing.fetch({"url": f"{server.url}/kurs.csv", "auth": auth}).fault == why
    assert len(server.requests) == tries


def test_a_server_that_is_down_keeps_what_came_before(
    authority: trustme.CA, landing: Landing, auth: dict[str, str]
) -> None:
    with web_server(authority) as server:
        server.answer = lambda _: plain_file()
        fetch = {"url": f"{server.url}/kurs.csv", "auth": auth}
        reached = landing.fetch(fetch).reached
    state = landing.fetch(fetch)
    assert (state.fault, state.reached) == (SILENT, reached)
    assert landing.files == {"kurs.csv": BODY}


def test_a_name_that_no_server_has(landing: Landing, auth: dict[str, str]) -> None:
    fault = landing.fetch({"url": "https://finns-inte.invalid/kurs.csv", "auth": auth}).fault
    assert fault in (UNKNOWN_SERVER, SILENT), "what a resolver that is away says differs"


@pytest.mark.parametrize("declared", [len(BODY) + 5, len(BODY) - 5])
def test_a_file_whose_size_is_a_lie_is_not_kept(
    server: WebServer, landing: Landing, auth: dict[str, str], declared: int
) -> None:
    def answer(request: Request) -> Answer:
        answered = plain_file()
        answered.declared_length = declared if request.method == "HEAD" or declared > len(BODY) else None
        return answered

    server.answer = answer
    assert landing.fetch({"url": f"{server.url}/kurs.csv", "auth": auth}).fault == f"kurs.csv: {WRONG_SIZE}"
    assert landing.files == {}


def test_a_file_that_changes_in_the_middle_is_not_kept_unless_it_comes_to_rest(
    server: WebServer, landing: Landing, auth: dict[str, str]
) -> None:
    restless = [99]

    def answer(request: Request) -> Answer:
        if request.method == "GET" and restless[0]:
            restless[0] -= 1
        return plain_file(tag=f'"{restless[0]}"')

    server.answer = answer
    fetch = {"url": f"{server.url}/kurs.csv", "auth": auth}
    assert landing.fetch(fetch).fault == f"kurs.csv: {CHANGED}"
    assert landing.files == {}
    restless[0] = 1
    assert landing.fetch(fetch).fault is None
    assert landing.files == {"kurs.csv": BODY}


def test_a_server_that_stops_in_the_middle_is_silent(
    server: WebServer, landing: Landing, auth: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from assets.intake.fetching import web

    monkeypatch.setattr(web, "READ_SECONDS", 0.3)
    wait = threading.Event()

    def answer(request: Request) -> Answer:
        answered = plain_file()
        answered.wait = wait if request.method == "GET" else None
        return answered

    server.answer = answer
    try:
        assert landing.fetch({"url": f"{server.url}/kurs.csv", "auth": auth}).fault == f"kurs.csv: {SILENT}"
    finally:
        wait.set()
    assert landing.files == {}


def test_a_file_that_is_too_big_is_not_kept_whatever_the_server_says(
    server: WebServer, landing: Landing, auth: dict[str, str]
) -> None:
    landing.limits = FetchLimits(size=4)
    for headers in ({}, {"Transfer-Encoding": "identity"}):
        server.answer = lambda request, headers=headers: Answer(  # type: ignore[misc]
            b"" if request.method == "HEAD" and headers else BODY, headers=headers
        )
        assert landing.fetch({"url": f"{server.url}/kurs.csv", "auth": auth}).fault == f"kurs.csv: {TOO_BIG}"
        assert landing.files == {}


def test_the_login_follows_no_redirect_to_another_server(
    server: WebServer, authority: trustme.CA, landing: Landing, auth: dict[str, str]
) -> None:
    with web_server(authority) as other:
        other.answer = lambda _: plain_file()
        server.answer = lambda _: Answer(status=302, headers={"Location": f"{other.url}/annan.csv"})
        assert landing.fetch({"url": f"{server.url}/kurs.csv", "auth": auth}).fault is None
        assert landing.files == {"kurs.csv": BODY}
        assert other.requests
        assert not [request for request in other.requests if "Authorization" in request.headers]


def test_a_redirect_to_what_is_not_encrypted_is_not_followed(
    server: WebServer, landing: Landing, auth: dict[str, str]
) -> None:
    with web_server() as other:
        server.answer = lambda _: Answer(status=302, headers={"Location": f"{other.url}/annan.csv"})
        state = landing.fetch({"url": f"{server.url}/kurs.csv", "auth": auth})
        assert state.fault == "servern hänvisar till en adress som inte är krypterad"
        assert not other.requests


def test_redirects_without_end(server: WebServer, landing: Landing, auth: dict[str, str]) -> None:
    server.answer = lambda request: Answer(status=302, headers={"Location": request.path})
    state = landing.fetch({"url": f"{server.url}/kurs.csv", "auth": auth})
    assert state.fault == "servern hänvisar vidare utan slut"


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        ({"api_key": "env:SECRET"}, ("X-Api-Key", SECRET)),
        ({"user": "env:USER_NAME", "password": "env:SECRET"}, ("Authorization", "Basic ")),
    ],
)
def test_other_ways_to_log_in(
    server: WebServer,
    landing: Landing,
    ca_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    auth: dict[str, str],
    header: tuple[str, str],
) -> None:
    monkeypatch.setenv("USER_NAME", "lagesbild")
    monkeypatch.setenv("SECRET", "Hemligt_9f3b")
    server.answer = lambda _: plain_file()
    assert landing.fetch({"url": f"{server.url}/kurs.csv", "auth": auth | {"ca": f"file:{ca_file}"}}).fault is None
    name, begins = header
    answered = {key.title(): value for key, value in server.requests[0].headers.items()}
    assert answered[name].startswith(begins[:7])


def test_what_auth_points_at_must_be_there(server: WebServer, landing: Landing, tmp_path: Path) -> None:
    url = f"{server.url}/kurs.csv"
    assert landing.fetch({"url": url, "auth": {"token": "env:FINNS_INTE"}}).fault == (
        "miljövariabeln FINNS_INTE saknas"
    )
    assert landing.fetch({"url": url, "auth": {"token": f"file:{tmp_path}/finns-inte"}}).fault == (
        "en fil som auth pekar på går inte att läsa"
    )
    assert landing.fetch({"url": url, "auth": {"ca": f"file:{tmp_path}/finns-inte"}}).fault == (
        "filen som auth.ca pekar på går inte att läsa"
    )
    assert not server.requests


def test_the_time_outs_are_those_of_every_way() -> None:
    assert 0 < remote.CONNECT_SECONDS < remote.READ_SECONDS <= 120
