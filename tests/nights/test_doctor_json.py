"""Whatever stands in a JSON file of the data folder, `lagesbild doctor` names it and goes on."""

import json
from pathlib import Path

import pytest

from assets.alerts.send import HEARTBEAT
from assets.publication.manifest import MANIFEST
from assets.publication.release import release
from assets.settings import Run, Settings
from pipelines.commands.doctor import damage
from tests.nights.conftest import K

ODD = ["", "[]", "null", "5", '"text"', "{}", "{", "[" * 100_000, "9" * 5_000]


def named(settings: Settings) -> list[str]:
    return [found.what for found in damage(settings)]


@pytest.fixture
def current(empty: Settings) -> Path:
    folder = empty.published / "nightly" / "a"
    folder.mkdir(parents=True)
    (empty.published / "current").symlink_to("nightly/a")
    (folder / MANIFEST).write_text(json.dumps({"outputs": {}}), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "content",
    [*ODD, '{"outputs": []}', '{"outputs": {"a": 5}}', '{"outputs": {"../a": "x"}}', '{"outputs": {"/a": "x"}}'],
)
def test_a_manifest(empty: Settings, current: Path, content: str) -> None:
    assert named(empty) == []
    (current / MANIFEST).write_text(content, encoding="utf-8")
    assert named(empty) == ["published/current/manifest.json går inte att läsa"]


def test_a_folder_in_the_place_of_a_file(empty: Settings, current: Path) -> None:
    (current / "a").mkdir()
    (current / MANIFEST).write_text(json.dumps({"outputs": {"a": "x"}}), encoding="utf-8")
    assert named(empty) == ["published/current/a är inte det som publicerades"]


@pytest.mark.parametrize("content", [*ODD, '{"at": "i natt"}'])
def test_a_heartbeat(empty: Settings, content: str) -> None:
    empty.data.mkdir()
    (empty.data / HEARTBEAT).write_text(content, encoding="utf-8")
    [found] = damage(empty)
    assert found.what == "heartbeat.json går inte att läsa"
    assert found.repair is not None
    found.repair()
    assert named(empty) == []


@pytest.mark.parametrize("content", [odd for odd in ODD if odd != "{}"])
def test_a_status(empty: Settings, content: str) -> None:
    empty.data.mkdir()
    (empty.data / "status.json").write_text(content, encoding="utf-8")
    [found] = damage(empty)
    assert found.what.startswith(f"{empty.data / 'status.json'} ")


@pytest.mark.parametrize("content", ["[]", "{", "{}", '{"run": "../x"}'])
def test_a_night_is_shown_in_place_of_one_whose_manifest_is_damaged(empty: Settings, content: str) -> None:
    settings = empty.model_copy(update={"publish": "copy"})
    run = Run("20231121T020000-abcd1234", "nightly", K, K, K, settings.data / "runs" / "x")
    for folder, text in (("current", content), (f".draft-{run.id}", "{}")):
        (settings.published / folder).mkdir(parents=True)
        (settings.published / folder / MANIFEST).write_text(text, encoding="utf-8")
    release(settings, run)
    assert len(list((settings.published / "nightly").iterdir())) == 1
