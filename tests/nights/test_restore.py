"""Restored from the backup: what can be computed anew is the same."""

import shutil
from pathlib import Path

import pytest

from tests.nights.conftest import B, K, csv_files, review_of, run_steps
from tests.nights.victim import settings_of

pytestmark = pytest.mark.long


def test_the_archive_alone_in_an_empty_folder_gives_the_same_review(first_review: Path, tmp_path: Path) -> None:
    before = csv_files(review_of(first_review))
    restored = tmp_path / "restored"
    shutil.copytree(first_review / "archive", restored / "archive")
    for organisation in (first_review / "inbox").iterdir():
        (restored / "inbox" / organisation.name).mkdir(parents=True)
    after = csv_files(run_steps(settings_of(restored), B, K))
    assert after.keys() == before.keys()
    differing = {place for place in before if after[place] != before[place]}
    assert all(place.endswith("larm.csv") for place in differing), "alerts tell what still lies in the inbox"
