"""The release: a draft shown in one step, and old runs put away.

published/.draft-<run>/                            built here, beside what is published
published/current              → nightly/<run>     a link, replaced in one step
published/nightly/<run>/                           the last nights
published/reviews/<B>_<K>      → .kept/<B>_<K>.<run>

Everything in the draft has reached the disk before it is shown. Where the file system has no links
(LAGESBILD_PUBLISH=copy) `current` and the reviews are the folders themselves: the one that is shown is renamed away
and the draft takes its name. Between the two renamings nothing is shown; a run that is killed there is made good by
the next (`restore_release`).
"""

import json
import logging
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from assets.atomic import move_folder, point, sync
from assets.publication.manifest import MANIFEST
from assets.settings import Run, Settings

_DRAFT = ".draft-"
_RUN = re.compile(r"[0-9A-Za-z_-]+")

logger = logging.getLogger("lagesbild.publication")


def draft_path(published: Path, run_id: str) -> Path:
    """Where the run builds what it will show."""
    return published / f"{_DRAFT}{run_id}"


def empty_draft(published: Path, run_id: str) -> Path:
    """An empty folder beside what is published; drafts that a killed run left behind go."""
    published.mkdir(parents=True, exist_ok=True)
    for left in published.glob(f"{_DRAFT}*"):
        shutil.rmtree(left)
    folder = draft_path(published, run_id)
    folder.mkdir()
    return folder


def release_path(published: Path, run: Run) -> Path:
    """Where the run will show, and where its predecessor shows until then."""
    return published / ("current" if run.kind == "nightly" else f"reviews/{run.as_of}_{run.known_at}")


def discard_draft(published: Path, run_id: str) -> None:
    """Removes the run's draft, where it hasn't been shown."""
    shutil.rmtree(draft_path(published, run_id), ignore_errors=True)


def release(settings: Settings, run: Run) -> Path:
    """Shows the run's draft, and gives the folder in which it shows. Of the nights `keep_nights` stay; a review
    replaces the earlier one of the same B and K. Raises FileNotFoundError where there is no draft."""
    published = settings.published
    draft, target = draft_path(published, run.id), release_path(published, run)
    show = _show_link if settings.publish == "link" else _show_folder
    if run.kind == "nightly":
        nights = published / "nightly"
        show(draft, target, nights / run.id)
        put_away = [path for path in _nights(published) if path.name != run.id]
        for old in put_away[: max(0, len(put_away) + 1 - settings.keep_nights)]:
            shutil.rmtree(old)
    else:
        kept = published / "reviews" / ".kept"
        show(draft, target, kept / f"{target.name}.{run.id}")
        for old in kept.glob(f"{target.name}.*"):
            if old.name != f"{target.name}.{run.id}":
                shutil.rmtree(old)
    return target


def restore_release(settings: Settings) -> None:
    """Shows again what a run had hidden that was killed before it showed the next. Links are never amiss."""
    published = settings.published
    if settings.publish == "link":
        return
    hidden = [(path, published / "current") for path in _nights(published)[-1:]]
    kept = published / "reviews" / ".kept"
    hidden += [(path, published / "reviews" / path.name.partition(".")[0]) for path in sorted(kept.glob("*.*"))]
    for path, target in hidden:
        if not target.exists() and not target.is_symlink():
            path.rename(target)
            sync(target.parent)
            logger.warning("En tidigare körning avbröts medan den bytte lägesbild: %s visas igen", path.name)


def point_at_newest(published: Path) -> None:
    """Makes `current` point at the newest night that there is; removes it where there is none."""
    current, nights = published / "current", _nights(published)
    if nights:
        point(current, Path("nightly") / nights[-1].name)
    else:
        current.unlink(missing_ok=True)


def _nights(published: Path) -> list[Path]:
    """The nights that are put away, oldest first. What else lies there is passed over with a word."""
    found = []
    for path in sorted((published / "nightly").glob("*")):
        if path.is_dir() and not path.is_symlink() and (path / MANIFEST).exists():
            found.append(path)
        else:
            logger.warning("published/nightly/%s är ingen natt och rörs inte", path.name)
    return found


def _show_link(draft: Path, target: Path, place: Path) -> None:
    """Puts the draft in its place and makes the link `target` point there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    move_folder(draft, place)
    point(target, place.relative_to(target.parent))


def _show_folder(draft: Path, target: Path, place: Path) -> None:
    """Gives the draft the name `target`; the folder that had it is put beside `place`, under its own run's name."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink():
        target.unlink()
    elif target.exists():
        before = _run_shown(target)
        review, dot, _ = place.name.rpartition(".")
        move_folder(target, place.with_name(f"{review}{dot}{before}"))
    move_folder(draft, target)


def _run_shown(folder: Path) -> str:
    """The run that a published folder says it is of; a name of its own where its manifest is damaged."""
    try:
        run = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["run"]
    except (ValueError, KeyError, TypeError, RecursionError):
        run = None
    return run if isinstance(run, str) and _RUN.fullmatch(run) else f"{datetime.now(UTC):%Y%m%dT%H%M%S}-okand"
