"""Restored from the backup: what can be computed anew is the same."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from assets.settings import Settings
from tests.nights.conftest import csv_files, run_steps

pytestmark = pytest.mark.long

B, K = date(2023, 10, 31), date(2023, 11, 21)


def test_the_archive_alone_in_an_empty_folder_gives_the_same_review(settings: Settings, tmp_path: Path) -> None:
    before = csv_files(run_steps(settings, B, K))
    restored, inbox = tmp_path / "restored", tmp_path / "emptied"
    shutil.copytree(settings.archive, restored / "archive")
    for organisation in settings.inbox.iterdir():
        (inbox / organisation.name).mkdir(parents=True)
    after = csv_files(
        run_steps(settings.model_copy(update={"data": restored, "inbox": inbox, "config": restored / "config"}), B, K)
    )
    assert after.keys() == before.keys()
    differing = {place for place in before if after[place] != before[place]}
    assert all(place.endswith("larm.csv") for place in differing), "alerts tell what still lies in the inbox"
