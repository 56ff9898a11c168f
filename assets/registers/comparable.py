"""The forms in which names, headings and words are compared."""

import re
import unicodedata

_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """The ASCII key of a Swedish heading or name: `Anställd från` → `anstalld_fran`."""
    return re.sub(r"[^a-z0-9]+", "_", plain(text)).strip("_")


def plain(text: str) -> str:
    """Casefolded and without diacritics, so that `Registerförteckning` and `REGISTERFORTECKNING` meet."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def heading_key(text: str) -> str:
    """The form in which headings are compared: letters and digits alone, without case and diacritics."""
    folded_text = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text.casefold())
    return _NO_LETTER_OR_DIGIT.sub("", folded_text)  # no mark that is combined with a letter is one itself


def folded(text: str) -> str:
    """The form in which the words of an enum are compared: in any case, however its letters are composed."""
    return unicodedata.normalize("NFC", text).casefold()
