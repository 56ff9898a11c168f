"""What is written is true: what code and pages name exists, and users are sent to no specification."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from assets.publication.queries import FOLDER, report_query
from tests.benchmarks.scale.report import RESULTS, newest, report

ROOT = Path(__file__).parents[1]
TEXT = ("*.py", "*.sql", "*.toml", "*.md", "*.html", "Makefile")
_NAMED = re.compile(
    r"(?<![\w/.-])(?:docs|sql|assets|pipelines|expectations|tests)/[\w/.-]*"
    r"\.(?:py|sql|toml|md|yaml|conf|docx|svg|txt|html)\b"
)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_FOR_USERS = ("assets/**/*.html", "assets/**/*.js", "assets/**/*.typ", "docs/samordnarens-handledning.md")


def tracked(*patterns: str) -> list[Path]:
    found = subprocess.run(  # noqa: S603
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    return [ROOT / name for name in found if name and (ROOT / name).exists()]


def test_every_file_of_the_project_that_is_named_exists() -> None:
    # examples are written with <angle brackets> or stand for a file yet to be made
    lacking = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked(*TEXT)
        if "tests" not in path.relative_to(ROOT).parts
        for name in _NAMED.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    }
    assert sorted(lacking) == []


def test_every_link_of_a_page_leads_somewhere() -> None:
    lacking = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in tracked("*.md")
        for link in _LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert lacking == []


def test_nothing_that_users_read_names_a_specification() -> None:
    pages = [path for pattern in _FOR_USERS for path in ROOT.glob(pattern)]
    assert [path for path in pages if re.search(r"docs/(spec|design)|interfaces\.md", path.read_text("utf-8"))] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_is_named_exists(page: str) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    named = set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8")))
    assert named
    assert named <= targets


def test_the_word_list_names_the_files_headings_that_pages_have_other_words_for() -> None:
    guide = (ROOT / "docs" / "samordnarens-handledning.md").read_text(encoding="utf-8")
    words = re.findall(r"(?m)^\| ([^|]+) \| ", guide.partition("## Ordlista")[2])[1:]
    assert len(words) > 20
    assert [word.casefold() for word in words] == sorted((word.casefold() for word in words), key=_swedish)
    renamed = {
        (query.header.headings[column].casefold(), plainer.casefold())
        for query in map(report_query, sorted(path.stem for path in FOLDER.glob("*.sql")))
        for column, plainer in query.header.on_sheets.items()
    }
    documented = {
        (heading.casefold(), word.casefold()) for word, heading in re.findall(r"\| ([^|(]+) \(([^)]+)\) \|", guide)
    }
    assert renamed
    assert renamed <= documented


def _swedish(word: str) -> str:
    return word.translate(str.maketrans("åäö", "{|}"))


@pytest.mark.parametrize(
    "word",
    ["Känt till och med", "är det senare nu", "gick tiden ut", "i sin ordning", "registrerade i klump", "Ålder dagar",
     "Celler åtgärdade", r"\d%", r"\b1 (?:celler|rader|brister|leveranser|dagar)\b"],
)  # fmt: skip
def test_what_people_read_has_one_word_for_a_thing(word: str) -> None:
    """The list of words is docs/samordnarens-handledning.md; headings of files (docs/spec/interfaces.md) are kept."""
    read = [*(ROOT / "assets").rglob("*.html"), *(ROOT / "assets" / "publication").rglob("*.py")]
    read += [*(ROOT / "sql" / "alerts").glob("*.sql"), *(ROOT / "assets" / "alerts").glob("*.py")]
    found = [
        path.name
        for path in read
        if re.search(word, re.sub(r"style sheet.*|width: \d+%", "", path.read_text("utf-8")))
    ]
    assert found == []


def test_the_measurements_stand_as_they_were_measured() -> None:
    """docs/prestanda.md is of docs/prestanda.json and the benchmark's own words: a next measurement loses nothing."""
    found = newest(json.loads(RESULTS.read_text(encoding="utf-8")))
    assert (ROOT / "docs" / "prestanda.md").read_text(encoding="utf-8") == report(found)
