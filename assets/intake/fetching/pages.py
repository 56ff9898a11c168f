"""Records over pages, as one text of a JSON record a line."""

import json
from collections.abc import Generator
from typing import Any
from urllib.parse import urljoin

from assets.intake.fetching.credentials import Credentials, revealed
from assets.intake.fetching.definition import Rest
from assets.intake.fetching.fault import FetchFault
from assets.intake.fetching.web import Web, same_server

MAX_PAGES = 100_000
LINK_HEADER = "link header"
TOTAL = "X-Total-Count"
"""What many servers say of how many records there are in all. Were it another on a later page, they changed while
they were read, and some may be missing or come twice."""


def record_lines(rest: Rest, credentials: Credentials) -> Generator[bytes, None, None]:
    """The lines of each page, as it comes. Raises FetchFault."""
    web = Web(credentials)
    url: str | None = rest.url
    params: dict[str, str] | None = {name: revealed(value) for name, value in rest.params.items()}
    seen, totals = set[str](), set[str]()
    for _ in range(MAX_PAGES):
        if url is None:
            return
        if url in seen:
            raise FetchFault("sidorna hänvisar till varandra i en ring")
        seen.add(url)
        page, answer = web.json("GET", url, params=params)
        params = None  # the next address holds its own
        if TOTAL in answer.headers:
            totals.add(answer.headers[TOTAL])
        if len(totals) > 1:
            raise FetchFault("posterna ändrades medan de hämtades", again=True)
        yield b"".join(map(_line, _records(page, rest.records)))
        url = _next(page, answer.links, rest.next, answer.url or url)
        if url is not None and not same_server(url, rest.url):
            raise FetchFault("nästa sida ligger hos en annan server")
    raise FetchFault("sidorna tar inte slut")


def _records(page: Any, path: str | None) -> list[dict[str, Any]]:  # noqa: ANN401 – any JSON
    found = _at(page, path) if path else page
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise FetchFault(
            f"svaret har ingen lista med poster i {path}" if path else "svaret är ingen lista med poster"
        )
    return found


def _next(page: Any, links: dict[str, Any], where: str | None, here: str) -> str | None:  # noqa: ANN401 – any JSON
    found = links.get("next", {}).get("url") if where == LINK_HEADER else _at(page, where) if where else None
    if found in (None, "", False):
        return None
    if not isinstance(found, str):
        raise FetchFault(f"{where} är ingen adress")
    return urljoin(here, found)


def _at(page: Any, path: str) -> Any:  # noqa: ANN401 – any JSON
    """What stands at a dotted path; a key may hold dots itself, as `@odata.nextLink`. None where nothing does."""
    if isinstance(page, dict):
        if path in page:
            return page[path]
        for at, letter in enumerate(path):
            if letter == "." and path[:at] in page:
                return _at(page[path[:at]], path[at + 1 :])
    return None


def _line(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", errors="replace")
