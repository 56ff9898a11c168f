"""What `env:` and `file:` stand for, read when it is needed and kept nowhere."""

import os
from collections.abc import Mapping
from pathlib import Path

from assets.intake.fetching.definition import REFERENCE
from assets.intake.fetching.fault import FetchFault


class Credentials:
    """The values that an `auth` points at."""

    def __init__(self, auth: Mapping[str, str], environment: Mapping[str, str] = os.environ) -> None:
        self._auth, self._environment = auth, environment

    def __contains__(self, key: str) -> bool:
        return key in self._auth

    def get(self, key: str) -> str | None:
        """The value; None where `auth` has no such key. Raises FetchFault where it points at nothing."""
        return revealed(self._auth[key], self._environment) if key in self._auth else None

    def require(self, key: str) -> str:
        """The value. Raises FetchFault where there is none."""
        value = self.get(key)
        if value is None:
            raise FetchFault(f"auth.{key} saknas")
        return value

    def path(self, key: str) -> str | None:
        """The file itself, of a key whose value is one: a key, a certificate, known_hosts. `env:` holds its path."""
        reference = self._auth.get(key)
        if reference is None:
            return None
        match = REFERENCE.fullmatch(reference)
        path = match["path"] if match and match["path"] else revealed(reference, self._environment)
        if not os.access(path, os.R_OK) or not Path(path).is_file():
            raise FetchFault(f"filen som auth.{key} pekar på går inte att läsa")
        return path


def revealed(reference: str, environment: Mapping[str, str] = os.environ) -> str:
    """What a reference stands for; a text that is none stands for itself. Raises FetchFault."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        return reference
    if match["variable"]:
        value = environment.get(match["variable"])
        if not value:
            raise FetchFault(f"miljövariabeln {match['variable']} saknas")
        return value
    try:
        return Path(match["path"]).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise FetchFault("en fil som auth pekar på går inte att läsa") from None
