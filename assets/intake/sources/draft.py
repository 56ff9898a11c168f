"""A draft of a source file out of what a file holds: what is certain as keys, what is likely as comments.

Only headings are written, never a cell: the words of a column are for the terminal alone.
"""

import json
import re
from collections.abc import Iterator, Sequence

from assets.intake.inbox_names import display_name, is_masked
from assets.intake.sources.survey import Survey
from assets.intake.sources.unpack import unpacked_name
from assets.registers.column import Column
from assets.registers.comparable import slug
from assets.registers.contract import Register

_DIGITS = re.compile(r"\d{4,}(?:[-_.]\d{1,2}(?!\d)){0,2}|\d{1,2}[-_.]\d{1,2}[-_.]\d{4}")
"""A date, or a number that is another in the next delivery's name."""
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_KNOWN_ENOUGH = 2


def name_for(file: str) -> str:
    """A source's name out of a file's: a slug without dates and what may not be shown."""
    stem = _DIGITS.sub("", display_name(unpacked_name(file)).rsplit(".", 1)[0])
    name = "_".join(part for part in slug(stem).split("_") if part)
    return name if name[:1].isalpha() else f"kalla_{name}".rstrip("_")


def glob_for(file: str) -> str:
    """A glob that fits the file, and those that differ from it in date and number alone."""
    name = display_name(file)
    if is_masked(name) or not name.isprintable():
        return f"*.{unpacked_name(file).rsplit('.', 1)[-1]}"
    parts = _DIGITS.split(file)
    return "*".join(re.sub(r"([\[*?])", r"[\1]", part) for part in parts)


def draft(file: str, found: Survey, register: Register, organisation: str | None) -> str:
    """The text of the draft; a source file that can be used, with the lines left that a person must write."""
    return "\n".join(_lines(file, found, register, organisation)) + "\n"


def may_be_absent(column: Column) -> bool:
    """Whether a source may say of a column that it doesn't have it, as far as the contract alone tells."""
    return not (column.req or column.req_when or column.protects)


def lacking(found: Survey, register: Register) -> list[Column]:
    """The columns that no heading is sure to give."""
    return [column for column in register.columns if column.name not in found.recognised]


def absent(found: Survey, register: Register) -> list[str]:
    """The `head` columns that nothing in the file may give."""
    columns = (column for column in lacking(found, register) if column.head and may_be_absent(column))
    return [
        column.name for column in columns if not found.offered.get(column.name) and column.name not in found.twice
    ]


def _lines(file: str, found: Survey, register: Register, organisation: str | None) -> Iterator[str]:
    yield "# Utkast, skrivet av lagesbild source. Rader som börjar med # gäller inte förrän du tar bort tecknet."
    yield f"register = {quoted(register.name)}"
    yield f"files = [{quoted(glob_for(file))}]"
    if organisation:
        yield f"in = [{quoted(organisation)}]"
    if gone := absent(found, register):
        yield f"absent = {_list(gone)}  # kolumner som ingen rubrik ger"
    if ignored := [*found.personal, *found.unwanted]:
        yield "# Rubriker som ingen kolumn vill ha, personuppgifter först. Stryk en som ska användas."
        yield f"ignore = {_list(ignored)}"
    if found.nameless:
        yield f"# {found.nameless} kolumner har ingen rubrik. De heter som den till vänster med #2, och kan göras"
        yield "# till rader med en SQL-fråga i en fil med samma namn som den här, men med ändelsen .sql."
    yield from _read(found, known=len(found.recognised) + len(ignored))
    yield ""
    yield "[columns]"
    for name, heading in found.recognised.items():
        yield from _recognised(name, heading, found)
    for name, headings in found.twice.items():
        yield f"# {name}: flera rubriker passar. Välj en."
        yield from (f"# {key(name)} = {quoted(heading)}" for heading in headings)
    for column in lacking(found, register):
        if column.name not in found.twice:
            yield from _lacking(column, found)
    for name, words in found.words.items():
        yield ""
        source = f" ur {found.offered[name][0]}" if name in found.offered else ""
        yield f"# {words.height} ord läses inte i {name}{source}; lagesbild check visar dem med --words."
        yield "# En rad för varje:"
        yield f"# [values.{key(name)}]"
        spellings = register.by_name[name].values or ("Ja", "Nej")
        yield from (f'# "ordet i källan" = {quoted(value)}' for value in spellings)
    for heading in found.organisations:
        yield ""
        yield "# Filen nämner flera organisationer. Säg vems raderna är, med mappens namn till höger:"
        yield "# [organisation]"
        yield f"# column = {quoted(heading)}"
        yield '# values = { "ordet i filen*" = "mappen" }'


def _read(found: Survey, known: int) -> Iterator[str]:
    lines = []
    if found.sheets:
        lines.append(f"sheets = {_list(found.sheets)}")
    if found.heading_row and known < _KNOWN_ENOUGH:
        lines.append(f"heading_row = {found.heading_row}")
    if found.records:
        lines.append(f"records = {quoted(found.records)}")
    if lines:
        yield from ("", "[read]", *lines)


def _recognised(column: str, heading: str, found: Survey) -> Iterator[str]:
    formats = found.dates.get(column, ())
    if not formats:
        yield f"# {key(column)} = {quoted(heading)}  # läses utan rad"
        return
    if len(formats) > 1:
        yield f"# {column}: flera format passar varje cell. Välj ett."
    mark = "# " if len(formats) > 1 else ""
    yield from (
        f"{mark}{key(column)} = {{ from = {quoted(heading)}, format = {quoted(pattern)} }}" for pattern in formats
    )


def _lacking(column: Column, found: Survey) -> Iterator[str]:
    need = "varje rad måste ha ett värde" if column.req else "rubriken måste finnas" if column.head else "frivillig"
    if column.req_when:
        need += ", och vissa rader måste ha ett värde"
    yield f"# {column.name} ({need}):"
    headings = found.offered.get(column.name, ())
    for heading in headings:
        for pattern in found.dates.get(heading, ()) or ("",):
            source = f"{{ from = {quoted(heading)}, format = {quoted(pattern)} }}" if pattern else quoted(heading)
            yield f"# {key(column.name)} = {source}"
    if not headings:
        yield f'# {key(column.name)} = "rubriken i filen"'
        if column.req and not column.protects:
            yield f'# {key(column.name)} = {{ constant = "samma värde i varje rad" }}'


def key(name: str) -> str:
    """A TOML key: bare where it may be."""
    return name if _BARE_KEY.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    """A TOML string, whatever stands in it: JSON's escapes are TOML's too, but for DEL, which JSON leaves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"
