"""The catalogue page is what the headers say, and README's commands and names are true."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assets.warehouse.models import load_models
from pipelines.catalogue import PAGE, catalogue
from pipelines.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_page_is_as_the_headers_say() -> None:
    """Write it anew with `python -m pipelines.catalogue`."""
    assert PAGE.read_text(encoding="utf-8") == catalogue(load_models(ROOT / "sql"))


def test_readme_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"lagesbild (\w+)", README)) - {"check`"}
    assert named == set(main.commands) - {"dev"}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^)make (\w+)", README, re.MULTILINE))))
def test_readme_names_make_targets_that_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:assets|sql|tests|expectations|pipelines|docs)/[\w./]*)`", README)))
)
def test_readme_names_places_that_exist(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("command", sorted(main.commands))
def test_help_of_every_command_is_swedish_and_quick(command: str) -> None:
    lagesbild = Path(sys.executable).with_name("lagesbild")
    outcome = subprocess.run([lagesbild, command, "--help"], capture_output=True, text=True, check=True)  # noqa: S603
    assert main.commands[command].help
    assert (main.commands[command].help or "").split(".")[0] in " ".join(outcome.stdout.split())
