"""What is wrong with a text that is no TOML, as the person who wrote it can mend it."""

import re
import tomllib

NOT_UTF_8 = "filen är inte i UTF-8: spara den i den teckenkodningen"

_PLACE = re.compile(r"line (\d+), column (\d+)")
_MENDS = {
    "Unescaped '\\'": "ett mönster skrivs inom enkla citattecken, som '\\d+'",
    "Invalid statement": "namn med annat än a–z, 0–9, _ och - skrivs inom citattecken",
    "Expected '=' after": "namn med annat än a–z, 0–9, _ och - skrivs inom citattecken",
    "Invalid initial character for a key": "namn med annat än a–z, 0–9, _ och - skrivs inom citattecken, "
    "och vad som står inom { } på en och samma rad",
    "Invalid value": "en text skrivs inom citattecken",
    "Illegal character": "ett citattecken stängs inte på raden",
    "Unterminated string": "ett citattecken stängs inte",
    "Cannot overwrite": "nyckeln står två gånger",
    "Cannot declare": "tabellen står två gånger: samla dess rader under en",
    "Unclosed": "en hake eller klammer stängs inte, eller ett komma saknas",
    "Expected ']'": "haken stängs inte",
    "Expected newline": "efter värdet får bara en kommentar stå, och den börjar med #",
}
"""Of what the parser finds, the beginning, and how it is mended."""


def toml_fault(fault: tomllib.TOMLDecodeError | UnicodeDecodeError) -> str:
    """A Swedish clause with the line and the mend, never with what stands there."""
    if isinstance(fault, UnicodeDecodeError):
        return NOT_UTF_8
    message = str(fault)
    place = _PLACE.search(message)
    where = f"fel på rad {place[1]}, tecken {place[2]}" if place else "filen slutar för tidigt"
    mend = next((mend for found, mend in _MENDS.items() if message.startswith(found)), None)
    return f"{where}: {mend}" if mend else where
