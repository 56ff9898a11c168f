"""The seal on raw bytes: encrypted to the installation's recipient, as the tool age does it (X25519).

Who writes needs no secret. Only who reads sealed bytes anew, as when a contract has changed, needs the identity,
which is kept somewhere else.
"""

from pathlib import Path

import pyrage

_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 – how every line that holds one begins


class IdentityMissing(RuntimeError):
    """Sealed bytes have to be read and can't be; the message is a Swedish sentence that says what to give."""


def check_recipient(text: str) -> None:
    """Raises ValueError where the text is no age recipient."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as fault:
        raise ValueError("no age recipient: age1…") from fault


def seal(source: Path, target: Path, recipient: str) -> None:
    """Writes the sealed bytes of a file."""
    pyrage.encrypt_file(str(source), str(target), [pyrage.x25519.Recipient.from_str(recipient)])


def unseal(source: Path, target: Path, identity: Path) -> None:
    """Writes the bytes that were sealed. `identity`: a file as age-keygen writes it. Raises IdentityMissing where
    none of its keys fits, or there is none."""
    try:
        lines = identity.read_text(encoding="utf-8-sig").splitlines()
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.startswith(_SECRET)]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        keys = []
    if not keys:
        raise IdentityMissing("LAGESBILD_IDENTITY pekar inte på någon nyckelfil som går att läsa.")
    try:
        pyrage.decrypt_file(str(source), str(target), keys)
    except pyrage.DecryptError:
        raise IdentityMissing("Nyckeln i LAGESBILD_IDENTITY öppnar inte det förseglade arkivet.") from None
