"""Which source reads a file: by the file's own name and the folder in which it lies."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePath

from assets.intake.refusal import Refused
from assets.intake.sources.definition import Source
from assets.registers.contract import plain


def claims(source: Source, name: str, folder: str) -> str | None:
    """The first of the source's globs that fits a file's own name in that inbox folder; None where none does.

    Case and å, ä, ö don't matter. `name` may be `archive.zip/member`: the member's own name counts.
    """
    if source.folders and folder not in source.folders:
        return None
    own = plain(PurePath(name).name)
    return next((pattern for pattern in source.files if fnmatchcase(own, plain(pattern))), None)


def claiming(sources: Iterable[Source], name: str, folder: str) -> list[Source]:
    """The sources that read the file, at most one for each register. Raises Refused where two of one register do."""
    found = [source for source in sources if claims(source, name, folder)]
    _refuse_rivals(found)
    return found


def _refuse_rivals(found: Sequence[Source]) -> None:
    registers = [source.register_name for source in found]
    rivals = sorted(source.name for source in found if registers.count(source.register_name) > 1)
    if rivals:
        raise Refused(f"flera källor gör anspråk på filen: {', '.join(rivals)}")
