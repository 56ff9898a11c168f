r"""The form of a code, as a regular expression that Polars and DuckDB read alike.

A contract's pattern is held against a cell when it is taken in (Polars) and against what has landed (DuckDB). The two
engines are kin, but differ about digits of other scripts, Swedish letters in `\w` and sets within sets. What they
would read differently is rewritten here, or refused. Importing them takes a while: it waits for a pattern.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_CLASSES = {"d": "0-9", "w": r"_\p{L}\p{M}\p{N}", "s": r"\t\n\r\f\x0b\p{Z}"}
r"""`\d` is 0 to 9, since a code's digits are; `\w` and `\s` know letters and blanks beyond ASCII."""
_PART = re.compile(
    r"\\[pP]\{\w+\}|\\x\{[0-9A-Fa-f]+\}|\[:[a-z]+:\]|\(\?[a-zA-Z<]*[:)]?|\{[0-9,]*\}?|&&|--|~~|\\.|.", re.DOTALL
)
_ESCAPE = re.compile(r"\\[pP]\{\w+\}|\\x\{[0-9A-Fa-f]+\}|\\[tnrf]|\\[^\w\s<>]", re.ASCII)
_GROUPS, _REPEATED = ("(?:", "(?i)", "(?i:"), re.compile(r"\{\d+(?:,\d*)?\}")


def anchored(pattern: str) -> str:
    """The portable pattern, to fit a whole value and no part of it."""
    return f"^(?:{portable(pattern)})$"


def full_match(text: str, pattern: str) -> bool:
    """Whether the whole text fits the pattern."""
    import polars as pl

    return bool(pl.select(pl.lit(text).str.contains(anchored(pattern))).item())


@lru_cache(maxsize=256)
def portable(pattern: str) -> str:
    """The pattern as both engines read it. Raises ValueError where one of them can't, or they would differ."""
    import duckdb
    import polars as pl

    written = "".join(_parts(pattern.removeprefix("^")))
    with duckdb.connect() as con:
        try:
            for expression in (written, f"^(?:{written})$"):
                pl.select(pl.lit("").str.contains(expression))
                con.execute("SELECT regexp_matches('', $1)", [expression])
        except (pl.exceptions.ComputeError, duckdb.Error) as fault:
            message = str(fault).partition("This error occurred")[0].strip().splitlines()[-1]
            raise ValueError(f"the pattern {pattern} can't be read: {message}") from None
    return written


def _parts(pattern: str) -> Iterator[str]:
    """The pattern's parts, classes written out. Raises ValueError at what the engines read differently."""
    in_set, before = False, ""
    parts = _PART.findall(pattern)
    if parts[-1:] == ["$"]:  # it fits whole values, so that anchors say nothing
        parts.pop()
    for part, after in zip(parts, [*parts, ""][1:], strict=True):
        if part[:1] == "\\" and part[1:].lower() in _CLASSES:
            yield _class(part, in_set, pattern)
        elif _is_foreign_in_set(part, before, after) if in_set else _is_foreign(part):
            raise _refused(pattern, part)
        else:
            yield part
        if in_set and part == "]" and before not in ("[", "[^"):
            in_set = False
        elif not in_set and part == "[":
            in_set = True
        before = "[^" if before == "[" and part == "^" else part
    if in_set:
        raise ValueError(f"the pattern {pattern} can't be read: a [ isn't closed")


def _class(part: str, in_set: bool, pattern: str) -> str:
    characters, is_negated = _CLASSES[part[1].lower()], part[1].isupper()
    if not in_set:
        return f"[{'^' * is_negated}{characters}]"
    if is_negated:
        raise _refused(pattern, part)
    return characters


def _is_foreign_in_set(part: str, before: str, after: str) -> bool:
    if part[:1] == "\\":
        return _ESCAPE.fullmatch(part) is None
    return part in ("&&", "--", "~~", "[") or (part == "-" and before[:1] == "\\" and after != "]")


def _is_foreign(part: str) -> bool:
    if part[:1] == "\\":
        return _ESCAPE.fullmatch(part) is None
    if part[:2] == "(?":
        return part not in _GROUPS
    return part in ("^", "$") or (part[:1] == "{" and _REPEATED.fullmatch(part) is None)


def _refused(pattern: str, part: str) -> ValueError:
    return ValueError(f"the pattern {pattern} can't hold {part} there: write it otherwise, or with \\ before it")
