"""Published runs by the names that people use for them."""

from pathlib import Path

from assets.settings import Settings


class NotPublished(ValueError):
    """There is no such run; the message says in Swedish which there are."""


def published_run(settings: Settings, name: str) -> Path:
    """The folder of `current`, of a night (its folder's name) or of a review (`<B>_<K>`). Raises NotPublished."""
    places = [settings.published / "current", *_runs(settings)]
    for place in places:
        if place.name == name and place.exists():
            return place
    names = ", ".join(place.name for place in places if place.exists()) or "ingen"
    raise NotPublished(f"Körningen {name} finns inte. Publicerade körningar: {names}.")


def newest_run(settings: Settings) -> Path:
    """The current night, or where there is none the review made last. Raises NotPublished."""
    current = settings.published / "current"
    if current.exists():
        return current
    reviews = [place for place in _runs(settings) if place.parent.name == "reviews"]
    if not reviews:
        raise NotPublished("Ingenting är publicerat än.")
    return max(reviews, key=lambda place: (place / "manifest.json").stat().st_mtime)


def _runs(settings: Settings) -> list[Path]:
    """Nights and reviews, oldest first; names that begin with a dot are the machinery's own."""
    return [
        place
        for kind in ("nightly", "reviews")
        for place in sorted((settings.published / kind).glob("*"))
        if not place.name.startswith(".")
    ]
