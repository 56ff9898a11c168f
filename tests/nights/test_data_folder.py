"""The data folder is tried before any work, and what is published is switched by links or by renaming."""

import ast
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from assets.intake.delimited import _cells
from assets.publication import release as releasing
from assets.publication.manifest import MANIFEST
from assets.publication.release import draft_path, empty_draft, release, restore_release
from assets.settings import Run, Settings
from pipelines.commands.run import FAILED, execute
from pipelines.config import read_settings
from pipelines.data_folder import UnusableDataFolder, require_data_folder


@pytest.fixture
def copying(empty: Settings) -> Settings:
    return empty.model_copy(update={"publish": "copy", "keep_nights": 2})


def published(settings: Settings, number: int, kind: str = "nightly") -> Path:
    """Shows a draft that holds the run's number."""
    run = run_of(settings, number, kind)
    draft = empty_draft(settings.published, run.id)
    (draft / MANIFEST).write_text(f'{{"run": "{run.id}"}}', encoding="utf-8")
    (draft / "number").write_text(str(number), encoding="utf-8")
    return release(settings, run)


def run_of(settings: Settings, number: int, kind: str = "nightly") -> Run:
    day = date(2026, 3, 1)
    return Run(f"20260301T00000{number}-abc", kind, day, day, day, settings.data / "runs" / "x")  # type: ignore[arg-type]


def mode(folder: Path) -> str:
    return (folder / "number").read_text("utf-8")


def test_a_good_folder_is_left_as_it_was(empty: Settings) -> None:
    require_data_folder(empty)
    assert list(empty.data.iterdir()) == []


@pytest.mark.parametrize(
    ("method", "words"),
    [("symlink_to", "göra länkar"), ("replace", "byta namn"), ("write_bytes", "skriva"), ("mkdir", "skriva")],
)
def test_what_it_cannot_do_is_said_in_one_sentence(
    empty: Settings, monkeypatch: pytest.MonkeyPatch, method: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, method, refuses)
    with pytest.raises(UnusableDataFolder, match=f"Det går inte att {words}.* i datamappen .*{empty.data.name}: "):
        require_data_folder(empty)
    assert execute(empty, None, None) == FAILED
    error = capsys.readouterr().err
    assert error.startswith("Det går inte att")
    assert len(error.splitlines()) == 1
    assert ("LAGESBILD_PUBLISH=copy" in error) == (method == "symlink_to")


def test_without_links_copying_is_enough(copying: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "symlink", None)
    require_data_folder(copying)


def test_a_current_that_is_a_folder_is_refused_with_the_mend(empty: Settings) -> None:
    (empty.published / "current").mkdir(parents=True)
    with pytest.raises(UnusableDataFolder, match=r"är en mapp och inte den länk .* \(mv .*current-undanlagd\)"):
        require_data_folder(empty)


def test_the_environment_chooses(tmp_path: Path) -> None:
    environment = {"LAGESBILD_DATA": str(tmp_path), "LAGESBILD_PUBLISH": "copy"}
    assert read_settings(environment).publish == "copy"
    with pytest.raises(ValueError, match="LAGESBILD_PUBLISH ska vara link eller copy, inte länk"):
        read_settings(environment | {"LAGESBILD_PUBLISH": "länk"})
    assert read_settings(environment).workers >= 1
    assert read_settings(environment | {"LAGESBILD_WORKERS": "7"}).workers == 7
    for none in ("0", "-1", "två"):
        with pytest.raises(ValueError, match="LAGESBILD_WORKERS ska vara ett antal, minst 1, inte"):
            read_settings(environment | {"LAGESBILD_WORKERS": none})


def test_nights_are_switched_by_renaming(copying: Settings) -> None:
    for number in range(1, 5):
        current = published(copying, number)
        assert mode(current) == str(number)
        assert not current.is_symlink()
    assert [path.name for path in (copying.published / "nightly").iterdir()] == ["20260301T000003-abc"]
    assert not list(copying.published.glob(".*"))


def test_a_review_is_switched_by_renaming(copying: Settings) -> None:
    for number in (1, 2):
        review = published(copying, number, "review")
        assert mode(review) == str(number)
        assert not review.is_symlink()
    assert [path.name for path in (copying.published / "reviews").iterdir() if not path.name.startswith(".")] == [
        "2026-03-01_2026-03-01"
    ]
    assert not list((copying.published / "reviews" / ".kept").iterdir())


@pytest.mark.parametrize("kind", ["nightly", "review"])
def test_killed_between_two_renamings_the_last_one_is_shown_again(
    copying: Settings, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    place = published(copying, 1, kind)
    moves: list[Path] = []

    def dies(source: Path, target: Path) -> None:
        if moves:
            raise KeyboardInterrupt
        moves.append(source)
        source.rename(target)

    with monkeypatch.context() as patch:
        patch.setattr(releasing, "move_folder", dies)
        with pytest.raises(KeyboardInterrupt):
            published(copying, 2, kind)
    assert not place.exists()
    restore_release(copying)
    assert mode(place) == "1"
    assert mode(published(copying, 3, kind)) == "3"


def test_from_links_to_renaming(empty: Settings, copying: Settings) -> None:
    published(empty, 1)
    assert mode(published(copying, 2)) == "2"
    assert mode(copying.published / "nightly" / "20260301T000001-abc") == "1"


def test_a_stray_file_among_the_nights_is_passed_over(empty: Settings, caplog: pytest.LogCaptureFixture) -> None:
    (empty.published / "nightly").mkdir(parents=True)
    (empty.published / "nightly" / "anteckning.txt").touch()
    for number in range(1, 4):
        published(empty.model_copy(update={"keep_nights": 1}), number)
    assert {path.name for path in (empty.published / "nightly").iterdir()} == {
        "anteckning.txt",
        "20260301T000003-abc",
    }
    assert "published/nightly/anteckning.txt är ingen natt" in caplog.text


def test_the_draft_has_reached_the_disk_before_it_is_shown(empty: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    published(empty, 1)
    assert {"number", MANIFEST, draft_path(empty.published, run_of(empty, 1).id).name} == set(synced[:3])
    assert synced[3:] == ["published", "nightly", "published"]


def test_a_full_disk_removes_the_drafts_remains(empty: Settings) -> None:
    run = run_of(empty, 1)
    draft = empty_draft(empty.published, run.id)
    (draft / "half").touch()
    releasing.discard_draft(empty.published, run.id)
    assert not draft.exists()
    shutil.rmtree(empty.published)
    releasing.discard_draft(empty.published, run.id)


@pytest.mark.parametrize("name", ["da [1]", "da*", "d?a"])
def test_a_path_that_would_be_read_as_a_pattern_is_refused_before_any_work(
    empty: Settings, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = empty.model_copy(update={"data": empty.data.parent / name})
    assert execute(settings, None, None) == FAILED
    assert f"Datamappen {settings.data} kan inte ha" in capsys.readouterr().err
    assert not settings.data.exists()


def test_a_delivery_is_read_wherever_it_lies(tmp_path: Path) -> None:
    """A path is taken as it stands: `[1]` is no pattern, and the file beside it isn't read."""
    for name in ("export [1]", "export 1"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "personal.csv").write_text("Anställnings-id;Enhet\n" + name + ";E\n", encoding="utf-8")
    found = _cells(tmp_path / "export [1]" / "personal.csv", ";", '"', ["id", "unit"])
    assert found["id"].to_list() == ["Anställnings-id", "export [1]"]


def test_no_path_is_read_as_a_pattern() -> None:
    """Every reading of Polars' says so, but those of bytes."""
    root, guilty = Path(__file__).parents[2], []
    for path in (path for wing in ("assets", "pipelines") for path in (root / wing).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _READERS:
                is_of_bytes = "read_bytes()" in ast.unparse(node.args[0])
                if not is_of_bytes and not any(word.arg == "glob" for word in node.keywords):
                    guilty.append(f"{path.relative_to(root)}:{node.lineno}")
    assert guilty == []


_READERS = {f"pl.{how}_{what}" for how in ("read", "scan") for what in ("csv", "parquet")} | {
    "pl.read_parquet_schema"
}
