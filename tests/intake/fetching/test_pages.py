"""Records over pages: kept as one file of a record a line, or not at all."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme

from assets.intake.fetching import web
from assets.intake.fetching.fault import REFUSED_LOGIN, SILENT, TOO_BIG
from assets.settings import FetchLimits
from tests.intake.fetching.conftest import SECRET, Landing
from tests.intake.fetching.web_server import Answer, Request, WebServer, web_server

RECORDS = [{"number": f"INC{number}", "låg": {"nivå": number}, "belopp": 1.10} for number in range(5)]


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[WebServer]:
    with web_server(authority) as running:
        yield running


@pytest.fixture
def rest(server: WebServer, landing: Landing, ca_file: Path) -> Callable[..., Any]:
    def fetch(**more: Any) -> Any:
        fields = {"url": f"{server.url}/api/incidents", "records": "result"} | more
        auth = {"token": "env:SECRET", "ca": f"file:{ca_file}"}
        return landing.fetch({"rest": fields, "auth": auth}, "*.jsonl", name="servicenow")

    return fetch


def page_of(request: Request) -> tuple[int, list[Any]]:
    at = int(parse_qs(urlsplit(request.path).query).get("at", ["0"])[0])
    return at, RECORDS[at : at + 2]


def by_link_header(request: Request) -> Answer:
    at, part = page_of(request)
    more = {"Link": f'</api/incidents?at={at + 2}>; rel="next", </x>; rel="last"'} if at + 2 < len(RECORDS) else {}
    text = json.dumps({"result": part}, ensure_ascii=False).replace("1.1}", "1.10}")
    return Answer(text.encode(), headers={"Content-Type": "application/json"} | more)


def by_dotted_path(request: Request) -> Answer:
    at, part = page_of(request)
    here = f"https://{request.headers['Host']}/api/incidents"
    following = f"{here}?at={at + 2}" if at + 2 < len(RECORDS) else None
    return Answer(json.dumps({"result": part, "paging": {"next": following}}).encode())


def records(landing: Landing) -> list[Any]:
    (content,) = landing.files.values()
    return [json.loads(line) for line in content.decode().splitlines()]


def test_pages_by_the_link_header_become_one_file(server: WebServer, landing: Landing, rest: Any) -> None:
    server.answer = by_link_header
    assert rest(next="link header", params={"sysparm_limit": "2"}).fault is None
    assert list(landing.files) == ["servicenow.jsonl"]
    assert [record["number"] for record in records(landing)] == ["INC0", "INC1", "INC2", "INC3", "INC4"]
    assert records(landing)[0]["låg"] == {"nivå": 0}
    assert records(landing)[0]["belopp"] == "1.10", "a fraction is the text that the system wrote"
    assert server.paths() == [
        "/api/incidents?sysparm_limit=2",
        "/api/incidents?at=2",
        "/api/incidents?at=4",
    ], "the next address holds its own parameters"
    assert {request.headers["Authorization"] for request in server.requests} == {f"Bearer {SECRET}"}


def test_pages_by_an_address_in_the_page(server: WebServer, landing: Landing, rest: Any) -> None:
    server.answer = by_dotted_path
    assert rest(next="paging.next").fault is None
    assert len(records(landing)) == len(RECORDS)


def test_a_key_with_dots_in_it(server: WebServer, landing: Landing, rest: Any) -> None:
    server.answer = lambda request: (
        Answer(b'{"value": [{"a": 2}]}')
        if "sida2" in request.path
        else Answer(b'{"value": [{"a": 1}], "@odata.nextLink": "sida2"}')
    )
    assert rest(records="value", next="@odata.nextLink").fault is None
    assert records(landing) == [{"a": 1}, {"a": 2}]


def test_without_records_and_next_the_page_is_the_list(server: WebServer, landing: Landing, rest: Any) -> None:
    server.answer = lambda _: Answer(b'[{"a": 1}]')
    assert rest(records=None).fault is None
    assert records(landing) == [{"a": 1}]
    assert rest(records=None).landed == 1, "nothing tells whether records have changed but the records"


def test_a_parameter_may_be_a_secret(server: WebServer, rest: Any) -> None:
    server.answer = lambda _: Answer(b'{"result": []}')
    assert rest(params={"api_key": "env:SECRET"}).fault is None
    assert parse_qs(urlsplit(server.paths()[0]).query)["api_key"] == [SECRET]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b'{"result": {"a": 1}}'), "svaret har ingen lista med poster i result"),
        (Answer(b'{"result": [1]}'), "svaret har ingen lista med poster i result"),
        (Answer(b"<html>Logga in</html>"), "svaret är ingen JSON"),
        (Answer(b'{"result": [], "next": "https://annan.exempel.se/x"}'), "nästa sida ligger hos en annan server"),
        (Answer(b'{"result": [], "next": "/api/incidents"}'), "sidorna hänvisar till varandra i en ring"),
        (Answer(b'{"result": [], "next": 7}'), "next är ingen adress"),
        (Answer(SECRET.encode(), status=403), REFUSED_LOGIN),
        (Answer(b"", status=429), "servern svarar 429"),
    ],
)
def test_an_answer_that_is_not_what_it_should_be(
    server: WebServer, landing: Landing, rest: Any, answer: Answer, why: str
) -> None:
    server.answer = lambda _: answer
    assert rest(next="next").fault == why
    assert landing.files == {}


def test_a_fault_on_a_later_page_keeps_what_came_before(server: WebServer, landing: Landing, rest: Any) -> None:
    server.answer = by_dotted_path
    rest(next="paging.next")
    before = landing.files
    server.answer = lambda request: by_dotted_path(request) if "at=4" not in request.path else Answer(status=500)
    assert rest(next="paging.next").fault == "servern svarar 500"
    assert landing.files == before


def test_records_that_change_between_two_pages_are_not_kept(server: WebServer, landing: Landing, rest: Any) -> None:
    counts = iter(range(100))

    def answer(request: Request) -> Answer:
        page = by_dotted_path(request)
        page.headers["X-Total-Count"] = str(next(counts))
        return page

    server.answer = answer
    assert rest(next="paging.next").fault == "posterna ändrades medan de hämtades"
    assert landing.files == {}


def test_limits_on_a_page_and_on_all(
    server: WebServer, landing: Landing, rest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer = by_dotted_path
    landing.limits = FetchLimits(size=100)
    assert rest(next="paging.next").fault == TOO_BIG
    landing.limits = FetchLimits()
    monkeypatch.setattr(web, "MAX_PAGE", 10)
    assert rest(next="paging.next").fault == "en sida är för stor"
    assert landing.files == {}


def test_a_server_that_is_down(authority: trustme.CA, landing: Landing, ca_file: Path) -> None:
    with web_server(authority) as server:
        url = server.url
    state = landing.fetch({"rest": {"url": url}, "auth": {"ca": f"file:{ca_file}"}}, "*.jsonl")
    assert state.fault == SILENT
