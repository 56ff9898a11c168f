"""An HTTPS server whose every answer a test decides."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme


@dataclass
class Answer:
    """`declared_length`: what the server says, where it lies. `wait`: set when the test has seen enough."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    declared_length: int | None = None
    wait: threading.Event | None = None


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class WebServer:
    """`answer` gives what is answered. `requests`: all that came, in order."""

    def __init__(self, scheme: str, port: int) -> None:
        self.url, self.requests = f"{scheme}://localhost:{port}", list[Request]()
        self.answer: Callable[[Request], Answer] = lambda _: Answer(status=404)

    def paths(self, method: str = "GET") -> list[str]:
        return [request.path for request in self.requests if request.method == method]


@contextmanager
def web_server(authority: trustme.CA | None = None) -> Iterator[WebServer]:
    """Encrypted, where an authority is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self.command, self.path, dict(self.headers), body)
            server.requests.append(request)
            answer = server.answer(request)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header(
                "Content-Length", str(len(answer.body) if answer.declared_length is None else answer.declared_length)
            )
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command == "HEAD":
                return
            if answer.wait:
                self.wfile.write(answer.body[:1])
                answer.wait.wait(60)
            with suppress(OSError):
                self.wfile.write(answer.body)
            self.close_connection = True

        do_GET = do_HEAD = do_POST = answer  # noqa: N815 – http.server names them

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 – http.server names it
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """A client that hangs up is what some tests try."""

    http = Quiet(("127.0.0.1", 0), Handler)
    if authority:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        http.socket = context.wrap_socket(http.socket, server_side=True, do_handshake_on_connect=False)
    server = WebServer("https" if authority else "http", http.server_port)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join(10)
        http.server_close()
