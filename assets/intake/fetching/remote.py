"""What every way of fetching offers: which files there are, and their bytes."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

CONNECT_SECONDS, READ_SECONDS = 15.0, 60.0
"""How long a server may be silent when it is called, and in the middle of an answer. How long a source may take in
all is the installation's (`Settings.fetching`)."""

CHUNK = 1 << 20


@dataclass(frozen=True)
class RemoteFile:
    """A file as the other system says that it is. `size` in bytes; `modified` in seconds since 1970; `tag`: an ETag
    or the like; each None where it isn't said. `place`: what its own system finds it by."""

    name: str
    place: str
    size: int | None = None
    modified: float | None = None
    tag: str | None = None

    @property
    def mark(self) -> str | None:
        """Changes when the file does: None where nothing that is said can tell."""
        if self.tag is None and self.modified is None:
            return None
        return f"{self.size} {self.modified} {self.tag}"


class Remote(Protocol):
    """One place at another system. What it raises may hold secrets: callers go through `fault.as_fetch_fault`."""

    def files(self, wanted: Callable[[str], bool]) -> Iterator[RemoteFile]:
        """The files that lie there and whose own name is wanted, folders not among them."""
        ...

    def chunks(self, file: RemoteFile) -> AbstractContextManager[Generator[bytes, None, None]]:
        """A file's bytes, in order."""
        ...

    def now(self, file: RemoteFile) -> RemoteFile:
        """The same file as it is now."""
        ...
