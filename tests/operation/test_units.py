"""The services and the container of docs/drift.md: systemd takes them, and they start what there is."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipelines.cli import main

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "docs" / "systemd"
PROGRAM = "/opt/lagesbild/.venv/bin/lagesbild"
ANALYZE = shutil.which("systemd-analyze")
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))

needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not here: apt-get install systemd")


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with the program where it is here."""
    folder = Path(shutil.copytree(UNITS, tmp_path / "units"))
    for path in folder.glob("*.service"):
        text = path.read_text(encoding="utf-8")
        assert PROGRAM in text
        path.write_text(text.replace(PROGRAM, str(Path(sys.executable).with_name("lagesbild"))), encoding="utf-8")
    return folder


@needs_systemd
def test_systemd_takes_every_unit(units: Path) -> None:
    assert ANALYZE
    files = [str(path) for path in sorted(units.iterdir()) if path.is_file()]
    verified = subprocess.run(  # noqa: S603
        [ANALYZE, "verify", "--man=no", "--recursive-errors=no", *files], capture_output=True, text=True, check=False
    )
    about_ours = [line for line in verified.stderr.splitlines() if "lagesbild" in line or str(units) in line]
    assert about_ours == []
    assert verified.returncode == 0, verified.stderr


@needs_systemd
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_exposed_no_more_than_it_must_be(units: Path, service: str) -> None:
    assert ANALYZE
    # 10 is exposed to everything, 0 to nothing; what is left is the network, for mail and webhooks.
    examined = subprocess.run(  # noqa: S603
        [ANALYZE, "security", "--offline=yes", "--no-pager", "--threshold=25", str(units / service)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert examined.returncode == 0, examined.stdout[-2000:] + examined.stderr


def test_every_service_starts_a_command_that_there_is() -> None:
    started = {
        name: re.search(r"(?m)^ExecStart=(\S+) (\S+)$", (UNITS / name).read_text("utf-8")) for name in SERVICES
    }
    assert len(started) == 3
    for name, match in started.items():
        assert match, name
        assert match[1] == PROGRAM
        assert match[2] in main.commands
    for timer in UNITS.glob("*.timer"):
        assert timer.with_suffix(".service").name in SERVICES


def test_every_service_is_protected_alike() -> None:
    shared = (UNITS / "lagesbild-.service.d" / "10-skydd.conf").read_text(encoding="utf-8")
    settings = dict(re.findall(r"(?m)^(\w+)=(.*)$", shared))
    assert (settings["User"], settings["UMask"], settings["NoNewPrivileges"]) == ("lagesbild", "0077", "yes")
    assert (settings["ProtectSystem"], settings["ReadWritePaths"]) == ("strict", "/srv/lagesbild")
    for name in SERVICES:
        assert name.startswith("lagesbild-")
        lines = re.findall(r"(?m)^(\w+)=", (UNITS / name).read_text(encoding="utf-8"))
        assert not set(lines) & settings.keys(), "what is shared is said once"


def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def test_the_image_is_made_of_what_there_is_and_runs_without_rights() -> None:
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "ENTRYPOINT", "CMD"}
    found = instructions()
    assert {name for name, _ in found} <= known
    sources = [
        source
        for name, words in found
        if name == "COPY" and not words.startswith("--from")
        for source in words.split()[:-1]
    ]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in ignored, f"{source} isn't sent to the builder"
    assert [line for line in ignored if line.startswith("!")] == sorted(f"!{source}" for source in sources)
    last = dict(found[[name for name, _ in found].index("FROM", 1) :])
    assert last["USER"] == "10001:10001"
    assert last["ENTRYPOINT"] == f'["{PROGRAM}"]'
    assert last["CMD"].strip('[]"') in main.commands
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert Path(PROGRAM).name in scripts
    assert "DAGSTER_DISABLE_TELEMETRY=1" in last["ENV"]
