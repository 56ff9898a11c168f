"""The installation's own key, under which what may not be shown but must be compared is hashed.

Who lacks the key can't find out by trying which person a hash stands for (docs/spec/sources.md).
"""

import hashlib
import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path

from assets.atomic import new_draft, sync
from assets.refusal import RunRefused

_LENGTH = 32
"""Bytes of the key."""

HASHED = "hash:"
"""Begins the code that stands for an e-mail address."""


class LookupKey:
    """The key in a file that only its owner may read, made at first need; without a path it is forgotten."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path

    def digest(self, text: str) -> str:
        """The keyed hash of a text, without regard to case and outer blanks."""
        return HASHED + hmac.new(self._key, text.strip().casefold().encode(), hashlib.sha256).hexdigest()

    @cached_property
    def _key(self) -> bytes:
        if self.path is None:
            return secrets.token_bytes(32)
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = new_draft(self.path)
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(_LENGTH))
            sync(draft)
            os.link(draft, self.path)  # fails where another has made it meanwhile
            sync(self.path.parent)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)
        key = self.path.read_bytes()
        if len(key) != _LENGTH:
            raise RunRefused(f"Nyckeln {self.path} är skadad: återställ den ur säkerhetskopian.")
        return key
