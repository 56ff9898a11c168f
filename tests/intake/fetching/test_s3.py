"""Objects of S3: a server of moto's, and one that lies."""

import time
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
import trustme
from moto.server import ThreadedMotoServer

from assets.intake.fetching.fault import CHANGED, NOT_FOUND, SILENT, WRONG_CERTIFICATE, WRONG_SIZE
from tests.intake.fetching.conftest import SECRET, Landing
from tests.intake.fetching.web_server import Answer, Request, WebServer, web_server

pytestmark = pytest.mark.long

BODY = b"a;b\n" * 10
LIST = """<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>export</Name>
<Prefix>ut/</Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents>
<Key>ut/kurs.csv</Key><LastModified>2026-11-20T02:00:00.000Z</LastModified><ETag>"{tag}"</ETag><Size>{size}</Size>
</Contents></ListBucketResult>"""


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def auth(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("S3_KEY", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("REGION", "eu-north-1")
    keys = {"access_key": "env:S3_KEY", "secret_key": "env:SECRET"}
    return keys | {"region": "env:REGION", "endpoint": "env:ENDPOINT"}


def test_objects_land_once(
    bucket: str, landing: Landing, auth: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENDPOINT", bucket)
    client = boto3.client(
        "s3", endpoint_url=bucket, region_name="eu-north-1", aws_access_key_id="a", aws_secret_access_key=SECRET
    )
    client.create_bucket(Bucket="export", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    for key in ("ut/kurs.csv", "ut/kurs.txt", "ut/djupare/kurs2.csv", "ut/"):
        client.put_object(Bucket="export", Key=key, Body=BODY if key != "ut/" else b"")
    state = landing.fetch({"url": "s3://export/ut/", "auth": auth})
    assert (state.fault, state.landed) == (None, 1)
    assert landing.files == {"kurs.csv": BODY}
    assert landing.fetch({"url": "s3://export/ut/", "auth": auth}).unchanged == 1
    client.put_object(Bucket="export", Key="ut/kurs.csv", Body=BODY[::-1])
    assert landing.fetch({"url": "s3://export/ut/", "auth": auth}).landed == 1, "another ETag"
    assert landing.files == {"kurs.csv": BODY[::-1]}
    assert landing.fetch({"url": "s3://finns-inte/ut/", "auth": auth}).fault == NOT_FOUND
    client.close()


def of_a_liar(server: WebServer, size: int, body: bytes, tags: Iterator[str]) -> None:
    def answer(request: Request) -> Answer:
        tag = next(tags)
        if "list-type" in request.path:
            return Answer(LIST.format(size=size, tag=tag).encode(), headers={"Content-Type": "application/xml"})
        headers = {"ETag": f'"{tag}"', "Last-Modified": "Fri, 20 Nov 2026 02:00:00 GMT"}
        if request.method == "HEAD":
            return Answer(headers=headers, declared_length=size)
        first, last = (int(place) for place in request.headers["Range"].removeprefix("bytes=").split("-"))
        part = body[first : last + 1]
        return Answer(part, status=206 if part else 416, headers=headers)

    server.answer = answer


def same() -> Iterator[str]:
    while True:
        yield "1"


def other() -> Iterator[str]:
    return (str(number) for number in range(10_000))


@pytest.mark.parametrize(
    ("size", "tags", "why"), [(len(BODY) + 9, same(), WRONG_SIZE), (len(BODY), other(), CHANGED)]
)
def test_what_is_not_kept(
    authority: trustme.CA,
    ca_file: Path,
    landing: Landing,
    auth: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    size: int,
    tags: Iterator[str],
    why: str,
) -> None:
    with web_server(authority) as server:
        monkeypatch.setenv("ENDPOINT", server.url)
        of_a_liar(server, size, BODY, tags)
        fault = landing.fetch({"url": "s3://export/ut/", "auth": auth | {"ca": f"file:{ca_file}"}}).fault
    assert fault == f"kurs.csv: {why}"
    assert landing.files == {}


def test_a_certificate_that_is_not_trusted(
    authority: trustme.CA, landing: Landing, auth: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_server(authority) as server:
        monkeypatch.setenv("ENDPOINT", server.url)
        assert landing.fetch({"url": "s3://export/ut/", "auth": auth}).fault == WRONG_CERTIFICATE
        assert not server.requests


def test_a_server_that_is_down(landing: Landing, auth: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDPOINT", "http://127.0.0.1:1")
    begun = time.monotonic()
    assert landing.fetch({"url": "s3://export/ut/", "auth": auth}).fault == SILENT
    assert time.monotonic() - begun < 30
    monkeypatch.setenv("ENDPOINT", "http://lager.exempel.se")
    state = landing.fetch({"url": "s3://export/ut/", "auth": auth})
    assert state.fault == "auth.endpoint ska peka på en adress som börjar med https://"
