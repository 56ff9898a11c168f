"""The release: a draft shown in one step, and old runs put away.

published/.draft-<run>/                            built here, beside what is published
published/current              → nightly/<run>     a link, replaced in one step
published/nightly/<run>/                           the last nights
published/reviews/<B>_<K>      → .kept/<B>_<K>.<run>
"""

import secrets
import shutil
from pathlib import Path

from assets.settings import Run

_DRAFT = ".draft-"


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


def shown_at(published: Path, run: Run) -> Path:
    """Where the run will show, and where its predecessor shows until then."""
    return published / ("current" if run.kind == "nightly" else f"reviews/{run.as_of}_{run.known_at}")


def release(published: Path, run: Run, keep_nights: int) -> Path:
    """Shows the run's draft, and gives the folder in which it shows. Of the nights `keep_nights` stay; a review
    replaces the earlier one of the same B and K. Raises FileNotFoundError where there is no draft."""
    draft, shown = draft_path(published, run.id), shown_at(published, run)
    if run.kind == "nightly":
        _release_night(draft, published, run.id, keep_nights)
    else:
        _release_review(draft, published, run.id, shown.name)
    return shown


def _release_night(draft: Path, published: Path, run_id: str, keep: int) -> None:
    """The draft becomes `current`; of the earlier nights the newest stay, `keep` in all."""
    nights = published / "nightly"
    nights.mkdir(exist_ok=True)
    draft.rename(nights / run_id)
    _point(published / "current", Path("nightly") / run_id)
    for old in sorted(nights.iterdir())[:-keep]:
        if old.name != run_id:
            shutil.rmtree(old)


def _release_review(draft: Path, published: Path, run_id: str, name: str) -> None:
    """The draft becomes the review `name`, in place of an earlier one of the same B and K."""
    kept = published / "reviews" / ".kept"
    kept.mkdir(parents=True, exist_ok=True)
    draft.rename(kept / f"{name}.{run_id}")
    _point(published / "reviews" / name, Path(".kept") / f"{name}.{run_id}")
    for old in kept.glob(f"{name}.*"):
        if old.name != f"{name}.{run_id}":
            shutil.rmtree(old)


def _point(link: Path, target: Path) -> None:
    """Makes the link point at the target; whoever looks sees the old one or the new one."""
    draft = link.with_name(f".{link.name}.{secrets.token_hex(4)}")
    draft.symlink_to(target)
    draft.replace(link)
