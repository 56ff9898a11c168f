"""What Dagster shows of what is published: where its files are, organisation by organisation."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

import dagster as dg

from assets.publication.output import Output
from assets.registers.contract import CITY

MAX_FILES = 40
"""So many places are listed: an event isn't the place for a city's whole list of files."""

PlaceOf = Callable[[str], dg.MetadataValue]
"""Where something of the published folder shows: a link, or a path where no link is configured."""


def files_metadata(output: Output, organisations: Iterable[str], place_of: PlaceOf) -> dict[str, dg.MetadataValue]:
    """The first file of the city, or at the top, to open; and a list of all. Of a pattern the folder is named."""
    folders = [""] if output.where == "top" else [name for name in organisations if output.is_for(city=name == CITY)]
    names = dict.fromkeys(_without_pattern(name) for name in output.files)
    places = [(PurePosixPath(folder) / name).as_posix() for folder in folders for name in names]
    if not places:
        return {}
    first = next((place for place in places if place.startswith(f"{CITY}/")), places[0])
    lines = [_line(place, place_of(place)) for place in places[:MAX_FILES]]
    more = [f"… och {len(places) - MAX_FILES} till"] if len(places) > MAX_FILES else []
    return {"open": place_of(first), "files": dg.MetadataValue.md("\n".join([*lines, *more]))}


def _without_pattern(name: str) -> str:
    return PurePosixPath(name).parent.as_posix() + "/" if "*" in name else name


def _line(place: str, value: dg.MetadataValue) -> str:
    where = value.url if isinstance(value, dg.UrlMetadataValue) else None
    return f"- [{place}]({where})" if where else f"- `{value.value}`"
