"""`[fetch]` held against the rest of its source: whose the files are, and what the one file of records is called."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from assets.intake.inbox_names import is_ignored
from assets.registers.comparable import plain
from assets.registers.contract import CITY, Register

if TYPE_CHECKING:
    from assets.intake.sources.definition import Source

ENDINGS = {"rest": ".jsonl", "sql": ".csv"}


def fetch_faults(source: "Source", register: Register) -> Iterator[str]:
    """What can't be, in Swedish; nothing where the source fetches nothing."""
    if source.fetch is None:
        return
    if fetched_folder(source, register) is None:
        yield "in ska nämna den organisation som det hämtade hör till, en enda"
    if source.fetch.way in ENDINGS and file_of_records(source) is None:
        ending = ENDINGS[source.fetch.way]
        yield f"files ska passa den fil som hämtningen gör, till exempel {source.name}{ending}"


def fetched_folder(source: "Source", register: Register) -> str | None:
    """The folder of `<data>/fetched` that the source's files land in: the one that its `in` names; with none, the
    city's where the register is the city's, or the file names its organisations itself. None where neither is so."""
    if len(source.folders) == 1:
        return source.folders[0]
    may_be_citys = register.level == "city" or source.organisation is not None
    return CITY if may_be_citys and (not source.folders or CITY in source.folders) else None


def file_of_records(source: "Source") -> str | None:
    """The name under which the records of a page or a query are kept: the source's own where its globs take it, else
    a glob with the source's name for each `*`."""
    assert source.fetch is not None
    ending = ENDINGS[source.fetch.way]
    filled = [glob.replace("*", source.name) for glob in source.files]
    for name in (source.name, *(name.removesuffix(ending) for name in filled)):
        if matches_glob(name + ending, source.files) and not is_ignored(name):
            return name + ending
    return None


def matches_glob(name: str, globs: tuple[str, ...]) -> bool:
    """Whether a file's own name fits one of the globs; case and å, ä, ö don't matter."""
    return any(fnmatchcase(plain(name), plain(glob)) for glob in globs)
