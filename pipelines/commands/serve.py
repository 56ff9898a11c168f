"""`lagesbild serve`: the publication on loopback, to try it out. For colleagues, a web server with the organisation's
login stands before the same folder (README, Behind your own login)."""

import io
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

import click

from pipelines.interruption import Interrupted, interruptible

HOST = "127.0.0.1"


class Handler(SimpleHTTPRequestHandler):
    """Files only, to this machine's own browser: no listing of folders, nothing cached, nothing logged."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        # A page elsewhere may let its own name lead to this machine; its requests come with that name.
        if (self.headers.get("Host") or "").rpartition(":")[0] not in (HOST, "localhost"):
            self.send_error(403)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: object) -> None:  # noqa: ARG002 – http.server's own signature
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Who reads what is nobody's business."""


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of the folder on loopback; port 0 takes any that is free. Where the folder is a link, each request
    follows it anew."""
    return ThreadingHTTPServer((HOST, port), partial(Handler, directory=str(folder)))


def serve(folder: Path, port: int) -> None:
    """Serves until SIGINT or SIGTERM ends it."""
    with server(folder, port) as running:
        try:
            with interruptible():
                click.echo(f"Lägesbilden visas på http://{HOST}:{running.server_port}/ (avsluta med Ctrl-C)")
                running.serve_forever()
        except Interrupted:
            click.echo()
