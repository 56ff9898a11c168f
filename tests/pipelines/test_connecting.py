"""The handbook's chapter on connecting a system: its files and commands give what it says that they give."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main

pytestmark = pytest.mark.slow

HANDBOOK = Path(__file__).parents[2] / "docs" / "samordnarens-handledning.md"
EXPORT = "inbox/farsta/progress.infosak-2026.csv"
FILES = {"csv": EXPORT, "toml": "config/sources/moodle.toml", "sql": "config/sources/moodle.sql"}


def blocks() -> list[tuple[str, str]]:
    """The kind and the text of each block of the chapter, in order."""
    page = HANDBOOK.read_text(encoding="utf-8")
    chapter = page.split("\n## Ansluta ett system\n")[1].split("\n## ")[0]
    return re.findall(r"```(\w*)\n(.*?)```", chapter, re.DOTALL)


def test_the_chapter_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAGESBILD_DATA", ".")
    for name in ("LAGESBILD_CONFIG", "LAGESBILD_INBOX"):
        monkeypatch.delenv(name, raising=False)
    commands = 0
    for kind, text in blocks():
        if kind:
            path = Path(FILES[kind])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        command, sentence = text.split("\n", 1)
        commands += 1
        found = CliRunner().invoke(main, shlex.split(command)[1:])
        assert found.output == sentence, command
    assert commands == 3
    assert found.exit_code == 0
