"""docs/nginx.conf in a real nginx, before a login service that knows who is in which group."""

import os
import shutil
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme

from tests.programs import running

DOCS = Path(__file__).parents[2] / "docs"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(NGINX is None, reason="nginx is not here: apt-get install nginx-light"),
]


class Login(BaseHTTPRequestHandler):
    """Answers /oauth2/auth as oauth2-proxy does: 401 to strangers, 403 without the group, else 202. Who comes says
    so in a cookie."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        cookie = SimpleCookie(self.headers.get("Cookie") or "")
        groups = set(cookie["groups"].value.split("|")) if "groups" in cookie else None
        allowed = set(parse_qs(url.query).get("allowed_groups", []))
        status = 401 if groups is None else 202 if not allowed or allowed & groups else 403
        self.send_response(status if url.path == "/oauth2/auth" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, ssl.SSLContext]]:
    """nginx with the documented configuration, its places and ports alone replaced."""
    folder = tmp_path_factory.mktemp("nginx")
    for place in ("current/farsta", "current/jarva", "reviews/2026-10-31_2026-11-21/farsta"):
        (folder / "published" / place).mkdir(parents=True)
        (folder / "published" / place / "index.html").write_text(place, encoding="utf-8")
    (folder / "published/current/index.html").write_text("front", encoding="utf-8")
    (folder / "published/current/manifest.json").write_text("{}", encoding="utf-8")
    (folder / "published/current/farsta/.hidden").write_text("x", encoding="utf-8")
    authority = trustme.CA()
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "cert.pem")
    login = ThreadingHTTPServer(("127.0.0.1", 0), Login)
    threading.Thread(target=login.serve_forever, daemon=True).start()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    text = (DOCS / "nginx.conf").read_text(encoding="utf-8")
    for location, here in {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "lagesbild.exempel.se": "localhost",
        "/srv/lagesbild": str(folder),
        "/etc/ssl/lagesbild.pem": str(folder / "cert.pem"),
        "/etc/ssl/lagesbild.key": str(folder / "cert.pem"),
        "/etc/nginx/lagesbild-auth.conf": str(DOCS / "nginx-auth.conf"),
        "/etc/nginx/lagesbild-headers.conf": str(DOCS / "nginx-headers.conf"),
        "127.0.0.1:4180": f"127.0.0.1:{login.server_port}",
    }.items():
        assert location in text
        text = text.replace(location, here)
    user = "user root;" if os.geteuid() == 0 else ""
    config = (
        f"{user} pid {folder}/pid; error_log {folder}/log; daemon off; events {{}} http {{ access_log off; {text} }}"
    )
    (folder / "all.conf").write_text(config, encoding="utf-8")
    assert NGINX
    with running([NGINX, "-c", folder / "all.conf", "-p", folder]):
        trusting = ssl.create_default_context()
        authority.configure_trust(trusting)
        for _ in range(100):
            with socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, trusting
    login.shutdown()
    login.server_close()


def got(site: tuple[int, ssl.SSLContext], path: str, *groups: str, host: str = "") -> tuple[int, str]:
    """What a member of these groups gets; without any, a stranger. `host`: the Host that the request names."""
    status, headers, body = answered(site, path, *groups, host=host)
    return status, body if status == 200 else headers.get("Location") or ""


def answered(site: tuple[int, ssl.SSLContext], path: str, *groups: str, host: str = "") -> tuple[int, Message, str]:
    port, trusting = site
    request = urllib.request.Request(f"https://localhost:{port}{path}")
    if host:
        request.add_header("Host", host)
    if groups:
        request.add_header("Cookie", f"groups={'|'.join(groups)}")
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusting), NoRedirect)
    try:
        with opener.open(request, timeout=5) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, fault.headers, ""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:  # type: ignore[override]
        return None


REVIEW = "/reviews/2026-10-31_2026-11-21/farsta/"


@pytest.mark.parametrize(
    ("path", "groups", "status", "body"),
    [
        ("/", ["lagesbild", "lagesbild-jarva"], 200, "front"),
        ("/", ["lagesbild-jarva"], 403, ""),
        ("/", ["annat-system"], 403, ""),
        ("/index.html", ["annat-system"], 403, ""),
        ("/farsta/", ["lagesbild"], 403, ""),
        ("/farsta/", ["lagesbild-farsta"], 200, "current/farsta"),
        ("/farsta/index.html", ["lagesbild-jarva", "lagesbild-farsta"], 200, "current/farsta"),
        ("/farsta/", ["lagesbild-jarva"], 403, ""),
        ("/farsta/", ["lagesbild-far"], 403, ""),
        ("//farsta/", ["lagesbild-jarva"], 403, ""),
        ("/jarva/../farsta/", ["lagesbild-jarva"], 403, ""),
        ("/jarva/%2e%2e/farsta/", ["lagesbild-jarva"], 403, ""),
        ("/FARSTA/", ["lagesbild-farsta"], 404, ""),
        (REVIEW, ["lagesbild-farsta"], 200, "reviews/2026-10-31_2026-11-21/farsta"),
        (REVIEW, ["lagesbild-jarva"], 403, ""),
        ("/farsta/.hidden", ["lagesbild-farsta"], 404, ""),
        ("/manifest.json", ["lagesbild-farsta"], 404, ""),
        ("/auth/organisation", ["lagesbild-farsta"], 404, ""),
    ],
)
def test_who_sees_what(
    site: tuple[int, ssl.SSLContext], path: str, groups: list[str], status: int, body: str
) -> None:
    assert got(site, path, *groups) == (status, body)


@pytest.mark.parametrize("path", ["/", "/farsta/", REVIEW])
def test_strangers_are_sent_to_the_login(site: tuple[int, ssl.SSLContext], path: str) -> None:
    status, place = got(site, path)
    assert status == 302
    assert "/oauth2/start?rd=https://localhost" in place


def test_where_the_login_sends_back_to_is_not_the_visitor_s_to_say(site: tuple[int, ssl.SSLContext]) -> None:
    status, place = got(site, "/farsta/", host="elak.exempel.se")
    assert status == 302
    assert place.endswith("/oauth2/start?rd=https://localhost/farsta/")
    assert "elak" not in place


@pytest.mark.parametrize(
    ("path", "groups", "status"),
    [
        ("/farsta/", ["lagesbild-farsta"], 200), ("/", ["lagesbild"], 200), (REVIEW, ["lagesbild-farsta"], 200),
        ("/farsta/", ["lagesbild-jarva"], 403), ("/manifest.json", ["lagesbild"], 404), ("/farsta/", [], 302),
    ],
)  # fmt: skip
def test_every_answer_tells_the_browser_to_keep_it_close(
    site: tuple[int, ssl.SSLContext], path: str, groups: list[str], status: int
) -> None:
    code, headers, _ = answered(site, path, *groups)
    assert code == status
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers.get_all("Content-Security-Policy") is not None
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "*" not in policy
