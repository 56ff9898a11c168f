"""A place to fetch to, and the certificates of an authority of the tests' own."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trustme
from tenacity import wait_none

from assets.intake.fetching import fetch as fetching
from assets.intake.fetching.fetch import fetch_source
from assets.intake.fetching.state import FetchState, read_state
from assets.intake.sources.definition import Source
from assets.settings import FetchLimits

SECRET = "Hemligt-lösen_9f3b"  # noqa: S105 – of servers that live as long as a test
"""What logs in everywhere; it must be found nowhere afterwards."""


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again at once; the secret is in the environment."""
    monkeypatch.setattr(fetching, "WAIT", wait_none())
    monkeypatch.setenv("SECRET", SECRET)
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def source(fetch: Mapping[str, Any], files: Any = "*.csv", name: str = "moodle", **more: Any) -> Source:
    fields = {"name": name, "register": "utbildning", "files": files, "in": "farsta", "fetch": fetch} | more
    return Source.model_validate(fields)


@dataclass
class Landing:
    """What is fetched to, and how to fetch to it in this process."""

    fetched: Path
    limits: FetchLimits = field(default_factory=FetchLimits)
    rivals: tuple[str, ...] = ()

    def fetch(self, fetch: Mapping[str, Any] | Source, files: Any = "*.csv", **more: Any) -> FetchState:
        of = fetch if isinstance(fetch, Source) else source(fetch, files, **more)
        (self.fetched / "farsta").mkdir(parents=True, exist_ok=True)
        state = fetch_source(of, "farsta", self.rivals, self.fetched, self.limits)
        assert read_state(self.fetched, of.name) == state
        assert not list(self.fetched.rglob("*.part")), "nothing half is left"
        self.has_no_secret()
        return state

    @property
    def files(self) -> dict[str, bytes]:
        """What landed, by its name."""
        return {path.name: path.read_bytes() for path in sorted((self.fetched / "farsta").iterdir())}

    def has_no_secret(self) -> None:
        for path in self.fetched.rglob("*.json"):
            assert SECRET not in path.read_text(encoding="utf-8")


@pytest.fixture
def landing(tmp_path: Path) -> Iterator[Landing]:
    place = Landing(tmp_path / "data" / "fetched")
    yield place
    shutil.rmtree(place.fetched, ignore_errors=True)
