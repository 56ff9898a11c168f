"""Nothing that runs here reports to anybody."""

import os
import re
from pathlib import Path
from typing import NoReturn

import pytest
import yaml

from assets.settings import Settings
from pipelines.commands import dev
from pipelines.instance import CONFIGURATION

ROOT = Path(__file__).parents[2]


class Became(Exception):
    """The process would now be another program."""


def test_dagster_and_great_expectations_send_nothing() -> None:
    assert yaml.safe_load(CONFIGURATION)["telemetry"] == {"enabled": False}
    adapter = (ROOT / "assets" / "validation" / "gx_duckdb.py").read_text(encoding="utf-8")
    assert re.search(r"analytics_enabled=False", adapter)


def test_the_interface_is_started_without_telemetry_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def become(_program: Path, _arguments: list[str]) -> NoReturn:
        umask = os.umask(0o077)
        os.umask(umask)
        raise Became(oct(umask), os.environ["DAGSTER_DISABLE_TELEMETRY"])

    monkeypatch.setattr(dev, "clear_orphans", lambda _settings: [])
    monkeypatch.setattr(os, "execv", become)
    for name in ("DAGSTER_HOME", "DAGSTER_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "")  # so that what is set here goes again
    with pytest.raises(Became) as became:
        dev.open_ui(Settings(data=tmp_path, inbox=tmp_path, config=tmp_path), 3000)
    assert became.value.args == ("0o77", "1")
