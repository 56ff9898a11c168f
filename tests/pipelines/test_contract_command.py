"""`lagesbild contract`: a schema on the terminal, a workbook in a file, a word where no such register is."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assets.intake.read_delivery import read_delivery
from pipelines.cli import main
from tests.intake.delivered import REGISTERS


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LAGESBILD_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["contract", *arguments])

    return run


def test_the_schema_is_all_that_is_said(contract, tmp_path: Path) -> None:
    found = contract("Registerförteckning", "--format", "table-schema")
    assert (found.exit_code, json.loads(found.stdout)["name"]) == (0, "registerforteckning")
    assert list(tmp_path.glob("*")) == []


def test_a_file_is_named_and_no_other_is_overwritten(contract, tmp_path: Path) -> None:
    assert contract("utbildning", "--format", "excel").stdout == "utbildning.xlsx\n"
    again = contract("utbildning", "--format", "excel")
    assert (again.exit_code, "--out" in again.stderr) == (2, True)
    assert contract("utbildning", "--format", "excel", "--out", "utbildning.xlsx").exit_code == 0
    assert read_delivery(tmp_path / "utbildning.xlsx", ".xlsx", REGISTERS["utbildning"])[1].read == 0
    assert contract("utbildning", "--format", "table-schema", "--out", "u.json").exit_code == 0
    assert json.loads((tmp_path / "u.json").read_text(encoding="utf-8"))["title"] == "Utbildningarna"


@pytest.mark.parametrize(
    ("name", "message"),
    [("klassningr", "Menar du klassningar?"), ("qqq", "De som finns: begaran, behandlingskatalog,")],
)
def test_a_register_that_there_is_not(contract, name: str, message: str) -> None:
    found = contract(name, "--format", "excel")
    assert (found.exit_code, message in found.stderr) == (2, True)
