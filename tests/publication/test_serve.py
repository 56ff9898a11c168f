"""`lagesbild serve`: what it shows, and to whom it doesn't."""

import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.commands.serve import server
from tests.programs import running

pytestmark = pytest.mark.slow


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Two nights, and the link to the first."""
    for night in ("first", "second"):
        (tmp_path / night / "farsta").mkdir(parents=True)
        (tmp_path / night / "farsta" / "index.html").write_text(f"<p>åäö {night}", encoding="utf-8")
        (tmp_path / night / "farsta" / "bristlistor").mkdir()
    (tmp_path / "current").symlink_to("first")
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    return tmp_path / "current"


@pytest.fixture
def address(published: Path) -> Iterator[str]:
    with server(published, 0) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def got(address: str, path: str, host: str | None = None) -> tuple[int, str]:
    request = urllib.request.Request(address + path, headers={"Host": host} if host else {})  # noqa: S310 – loopback
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, ""


def test_pages_are_shown_and_the_switch_is_followed(address: str, published: Path) -> None:
    assert got(address, "/farsta/") == (200, "<p>åäö first")
    (published.parent / "next").symlink_to("second")
    (published.parent / "next").replace(published)
    assert got(address, "/farsta/index.html") == (200, "<p>åäö second")


@pytest.mark.parametrize("path", ["/farsta/bristlistor/", "/nothing", "/../secret.txt", "/%2e%2e/secret.txt"])
def test_no_listing_and_nothing_outside(address: str, path: str) -> None:
    assert got(address, path) == (404, "")


def test_only_to_this_machine_by_its_own_name(address: str) -> None:
    port = address.rpartition(":")[2]
    assert got(address, "/farsta/", f"localhost:{port}")[0] == 200
    assert got(address, "/farsta/", f"exempel.se:{port}") == (403, "")
    assert address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("number", "in_background"), [(signal.SIGINT, False), (signal.SIGINT, True), (signal.SIGTERM, False)]
)
def test_the_command_says_where_and_ends_with_a_signal(
    published: Path, number: signal.Signals, in_background: bool
) -> None:
    data = published.parent
    (data / "published").mkdir()
    (data / "published" / "current").symlink_to(data / "second")
    command = [Path(sys.executable).with_name("lagesbild"), "serve", "--port", "0"]
    environment = os.environ | {"LAGESBILD_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    # as a shell starts a job in the background: with SIGINT ignored
    ignored = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)} if in_background else {}
    with running(command, env=environment, stdout=subprocess.PIPE, **ignored) as served:
        assert served.stdout is not None
        address = served.stdout.readline().split()[3].rstrip("/")
        assert got(address, "/farsta/") == (200, "<p>åäö second")
        served.send_signal(number)
        assert served.wait(10) == 0


def test_without_anything_published_it_says_so(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(main, ["serve"], env={"LAGESBILD_DATA": str(tmp_path)})
    assert (outcome.exit_code, "Ingenting är publicerat än." in outcome.output) == (2, True)
