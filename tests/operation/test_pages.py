"""The pages on operation and on promises: what they name exists."""

import re
from pathlib import Path

import pytest

from assets.alerts.queries import load_queries
from assets.alerts.vocabulary import Kind
from assets.permissions import CLOSED, FOR_MONITORS
from assets.settings import Settings
from pipelines.cli import main

ROOT = Path(__file__).parents[2]
OPERATION = (ROOT / "docs" / "drift.md").read_text(encoding="utf-8")
PROMISES = (ROOT / "docs" / "trygghet.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PROMISES)


def test_every_promise_names_its_test_and_has_a_figure() -> None:
    promises = PROMISES.partition("\n## Personnummer, skrivsätt för skrivsätt")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and not line.startswith("| Löfte")]
    assert len(rows) == len(NAMED) > 40
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 3, row
        assert all(cells), row


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_every_named_test_exists(file: str, test: str) -> None:
    assert re.search(rf"(?m)^def {test}\(", (ROOT / file).read_text(encoding="utf-8"))


def test_every_kind_of_alert_has_advice() -> None:
    table = OPERATION.partition("## Vid varje larm")[2].partition("\n## ")[0]
    advised = re.findall(r"(?m)^\| `([^`]+)` \| \S", table)
    assert sorted(advised) == sorted(Kind)
    found = {query.kind for query in load_queries(ROOT / "sql" / "alerts").values()}
    assert found | {Kind.FAILED_NIGHT} == set(advised)


def test_every_command_unit_setting_and_variable_that_is_named_exists() -> None:
    commands = set(re.findall(r"(?:`|/bin/)lagesbild ([a-z]+)", OPERATION))
    assert commands >= {"run", "purge", "status"}
    assert commands <= main.commands.keys()
    units = set(re.findall(r"lagesbild-[a-z]+\.(?:service|timer)", OPERATION))
    assert units == {path.name for path in (ROOT / "docs" / "systemd").glob("*.*") if path.is_file()}
    targets = set(re.findall(r"(?m)^([.a-z/-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert set(re.findall(r"make (?:-C \S+ )?([.a-z/]+)", OPERATION)) - {"och"} <= targets | {".venv/.ready"}
    for setting in ("published_group", "seal_to", "retention_days", "late_days"):
        assert setting in OPERATION
        assert setting in Settings.model_fields
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for variable in set(re.findall(r"LAGESBILD_[A-Z]+", OPERATION)):
        assert f"`{variable}`" in readme


def test_the_table_of_rights_names_what_there_is() -> None:
    table = OPERATION.partition("## Rättigheter")[2].partition("\n\nGruppen")[0]
    assert all(f"`{name}`" in table for name in FOR_MONITORS)
    assert "`published`" in table
    assert sorted(re.findall(r"`([a-z]+)`", table.splitlines()[4])) == sorted(CLOSED)
