"""What a contract asks, in Swedish words: for the page, the handbook and the notes of the empty workbooks."""

from collections.abc import Mapping
from dataclasses import dataclass

from assets.publication.sv import join_list, plain_number, sentence
from assets.registers.column import Column
from assets.registers.contract import CITY, Register

YES_NO = ("Ja", "Nej")

_FORMS = {
    "text": "text",
    "code": "kod eller id",
    "date": "datum, till exempel 2026-10-31",
    "datetime": "datum, gärna med klockslag, till exempel 2026-10-31 14:05",
    "int": "heltal",
    "number": "tal, till exempel 1234,5",
    "bool": "Ja eller Nej",
    "enum": "ett av orden",
    "list": "flera, med komma emellan",
}
_SPOKEN_WORDS = 12
"""So many words of an enum stand in a note; the list to choose from has them all."""


@dataclass(frozen=True)
class ColumnGuide:
    """One column in words. `need`: whether it must be there and be filled; `form`: what a cell may hold; `words`: the
    words accepted, other spellings in parentheses; `also`: other headings that do; `about`: what it is."""

    name: str
    need: str
    form: str
    words: tuple[str, ...]
    also: tuple[str, ...]
    about: str

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Name, need, what it is, form with all words, and other headings: the columns of a table."""
        form = f"{self.form}: {', '.join(self.words)}" if self.words else self.form
        return (self.name, self.need, self.about, sentence(form), ", ".join(self.also))

    @property
    def note(self) -> str:
        """Everything, as the note of a cell."""
        examples = ", ".join(self.words[:_SPOKEN_WORDS]) + " …" * (len(self.words) > _SPOKEN_WORDS)
        lines = [
            self.about,
            f"{self.need}.",
            f"{sentence(self.form)}{': ' + examples if examples else ''}.",
        ]
        if self.also:
            lines.append(f"Rubriken kan också heta {join_list(self.also, 'or')}.")
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class RegisterGuide:
    """One register in words. `place`: in whose folder of the inbox its files lie; `file`: what one is called."""

    name: str
    called: str
    holds: str
    kept_by: str
    place: str
    file: str
    delivery: str
    key: str
    columns: tuple[ColumnGuide, ...]


def guide(register: Register, registers: Mapping[str, Register]) -> RegisterGuide:
    """`registers`: all of them, for what the columns refer to."""
    return RegisterGuide(
        name=register.name,
        called=sentence(register.called),
        holds=register.holds or register.about,
        kept_by=register.kept_by,
        place=f"mappen {CITY}, en gång för hela staden" if register.level == "city" else "organisationens egen mapp",
        file=f"{register.name}_2026-10-31.xlsx",
        delivery=_DELIVERIES[register.mode],
        key=join_list(register.key) if register.key else "",
        columns=tuple(column_guide(column, registers) for column in register.columns),
    )


_DELIVERIES = {
    "snapshot": "Varje leverans är hela registret: en rad som inte längre är med räknas som borta.",
    "accumulate": "Leveranserna läggs ihop: en rad med samma nyckel ersätter den förra.",
}


def column_guide(column: Column, registers: Mapping[str, Register]) -> ColumnGuide:
    return ColumnGuide(
        name=column.name,
        need=_need(column),
        form=_form(column, registers),
        words=_words(column),
        also=column.also,
        about=column.about,
    )


def _need(column: Column) -> str:
    if column.req:
        return "Krävs i varje rad"
    if column.req_when:
        when = join_list([f"{name} är {value}" for name, value in column.req_when.items()])
        return f"Krävs när {when}" + ("; rubriken måste finnas" if column.head else "")
    return "Rubriken måste finnas, cellen får vara tom" if column.head else "Får utelämnas"


def _form(column: Column, registers: Mapping[str, Register]) -> str:
    form = _FORMS[column.type] + _bounds(column)
    if column.pattern is not None:
        form += f" på formen {column.example or column.pattern}"
    if column.targets:
        named = [registers[target].called for target in column.targets if target in registers]
        form += f"; ska finnas i {join_list(named, 'or')}"
    return form


def _bounds(column: Column) -> str:
    least, most = ("" if bound is None else plain_number(bound) for bound in (column.min, column.max))
    if least and most:
        return f" från {least} till {most}"
    return f", minst {least}" if least else f", högst {most}" if most else ""


def _words(column: Column) -> tuple[str, ...]:
    if column.type != "enum":
        return ()
    also = column.also_values
    return tuple(f"{value} ({', '.join(also[value])})" if also.get(value) else value for value in column.values)
