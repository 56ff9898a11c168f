"""Why something couldn't be fetched, in words that hold nothing of what was sent or answered.

No message of a library is passed on: it may quote an address with a key in it, or a row.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

SILENT = "servern svarar inte"
UNKNOWN_SERVER = "servernamnet är okänt"
REFUSED_LOGIN = "inloggningen nekas, eller så saknas rätten att läsa där"
NO_RIGHT = "kontot saknar rätten till det i databasen"
WRONG_HOST_KEY = "serverns nyckel är inte den som står i known_hosts"
WRONG_CERTIFICATE = "serverns certifikat går inte att lita på"
NOT_FOUND = "mappen eller filen finns inte där"
CHANGED = "filen ändrades medan den hämtades"
WRONG_SIZE = "filen är inte så stor som servern säger"
TOO_BIG = "filen är större än det som får hämtas"
TOO_MUCH = "hämtningen avbröts: den behövde för mycket minne, eller kraschade"
TOO_SLOW = "det tog längre tid än hämtningen får ta"

_BY_CLASS = {
    "HostKeyNotVerifiable": WRONG_HOST_KEY,
    "ClientConnectorCertificateError": WRONG_CERTIFICATE,
    "PermissionDenied": REFUSED_LOGIN,
    "KeyImportError": "den privata nyckeln går inte att läsa",
    "KeyEncryptionError": "den privata nyckeln går inte att öppna med passphrase",
    "ClientAuthenticationError": REFUSED_LOGIN,
    "NoCredentialsError": REFUSED_LOGIN,
    "LogonFailure": REFUSED_LOGIN,
    "SMBAuthenticationError": REFUSED_LOGIN,
    "AccessDenied": REFUSED_LOGIN,
    "ResourceNotFoundError": NOT_FOUND,
    "FileExpired": CHANGED,
    "IncompleteRead": WRONG_SIZE,
    "InsufficientPrivilege": NO_RIGHT,
    "ProgrammingError": "databasen kan inte svara på frågan",
}
"""Class of a library's exception, which needn't be installed → what it means."""

_BY_WORDS = {
    "certificate verify failed": WRONG_CERTIFICATE,
    "does not match host name": WRONG_CERTIFICATE,
    "server does not support SSL": "servern kan inte kryptera",
    "password authentication failed": REFUSED_LOGIN,
    '" does not exist': "databasen finns inte på servern",
    "permission denied": REFUSED_LOGIN,
    "Login failed": REFUSED_LOGIN,
    "ORA-01017": REFUSED_LOGIN,
    "onnection refused": SILENT,
    "timeout expired": SILENT,
}
"""What databases say in words alone → what it means. Only the meaning is passed on."""

_FOR_GOOD = {REFUSED_LOGIN, WRONG_HOST_KEY, WRONG_CERTIFICATE, NOT_FOUND}
"""Not tried again at once: it would be the same, and an account may be locked."""


class FetchFault(Exception):
    """A source, or one file of it, can't be fetched. `why`: a Swedish clause. `again`: another try may help."""

    def __init__(self, why: str, again: bool = False) -> None:
        super().__init__(why, again)
        self.why, self.again = why, again

    def __str__(self) -> str:
        return self.why


@contextmanager
def as_fetch_fault() -> Iterator[None]:
    """Around what asks another system: whatever is raised there becomes a FetchFault without its message."""
    try:
        yield
    except FetchFault:
        raise
    except Exception as fault:  # noqa: BLE001 – each library has its own, and none may stop the night
        why = _meaning(fault)
        raise FetchFault(why, again=why not in _FOR_GOOD) from None


def _meaning(fault: BaseException) -> str:
    chain = list(_chain(fault))
    for error in chain:
        if isinstance(error, ssl.SSLCertVerificationError):
            return WRONG_CERTIFICATE
        classes = [base.__name__ for base in type(error).__mro__]
        if words := [_BY_CLASS[name] for name in classes if name in _BY_CLASS]:
            return words[0]
        if _code(error) in ("416", "InvalidRange"):
            return WRONG_SIZE
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return NOT_FOUND
        if isinstance(error, PermissionError):
            return REFUSED_LOGIN
        if isinstance(error, socket.gaierror):
            return UNKNOWN_SERVER
    if any(isinstance(error, OSError | TimeoutError) for error in chain):
        return SILENT
    message = " ".join(
        str(error) for error in chain if "DatabaseError" in [base.__name__ for base in type(error).__mro__]
    )
    if meant := [meaning for words, meaning in _BY_WORDS.items() if words in message]:
        return meant[0]
    return f"servern svarar inte som den ska ({type(fault).__name__})"


def _code(fault: BaseException) -> str | None:
    """What S3 answers with a refusal."""
    answer = getattr(fault, "response", None)
    return str(answer.get("Error", {}).get("Code")) if isinstance(answer, dict) else None


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    """The fault, what it was raised from or while handling, and what it was given as the reason."""
    seen: set[int] = set()
    waiting = [fault]
    while waiting:
        error = waiting.pop(0)
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        yield error
        inner = (getattr(error, "reason", None), getattr(error, "orig", None), *error.args)
        waiting += [error.__cause__, error.__context__, *(part for part in inner if isinstance(part, BaseException))]
