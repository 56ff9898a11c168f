"""How real exports look: the same rows, in the spelling and the frame of one source system.

`grid` turns plain rows into the cells of one file. A text that is no plain value of its column's type (a
spoiled cell) comes through as it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from assets.registers.column import Column
from assets.registers.contract import Register
from pipelines.demo.rows import Row

Cell = str | int | date | datetime

NBSP = "\N{NO-BREAK SPACE}"
EXCEL_DAY_ZERO = date(1899, 12, 30)
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True)
class Spelling:
    """How values are written.

    `dates` are taken in turn, row by row: strftime, but with Swedish months; `serial` is Excel's day number.
    `empty` stands for nothing in columns not of type text. `typed`: a workbook's real dates and numbers.
    `padding` stands around the texts of every third row. `thousands` groups digits.
    """

    dates: tuple[str, ...] = ("%Y-%m-%d",)
    clock: str = " %H:%M"
    yes: str = "Ja"
    no: str = "Nej"
    empty: str = ""
    list_mark: str = ", "
    thousands: str = ""
    padding: str = ""
    typed: bool = False


@dataclass(frozen=True)
class Frame:
    """What surrounds the values.

    `synonym`: which of a column's headings is used, from 0 (the last where it has fewer). `heading`: what is
    put around each. `without`: columns left out. `extra`: columns no contract knows, each with one value.
    `titles`: rows above the headings. `note`: below the table, given the number of rows. `again_every`: the
    headings come again after so many rows. `twice`: rows (from 0) that come again at the end.
    """

    synonym: int = 0
    heading: str = "{}"
    without: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    titles: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    again_every: int = 0
    twice: tuple[int, ...] = ()


def grid(register: Register, rows: list[Row], spelling: Spelling, frame: Frame) -> list[list[Cell]]:
    """The file's rows, from the title to the note."""
    columns = [column for column in register.columns if column.name not in frame.without]
    headings: list[Cell] = [_heading(column, frame) for column in columns]
    headings += [heading for heading, _ in frame.extra]
    body = [
        [spell(column, row.get(column.name, ""), spelling, turn) for column in columns]
        + [value for _, value in frame.extra]
        for turn, row in enumerate([*rows, *(rows[place] for place in frame.twice)])
    ]
    titles: list[list[Cell]] = [list(title) for title in frame.titles]
    note: list[list[Cell]] = [[], [frame.note.format(len(body))]] if frame.note else []
    return [*titles, headings, *_with_headings_again(body, headings, frame.again_every), *note]


def spell(column: Column, text: str, how: Spelling, turn: int) -> Cell:
    """One value in the given spelling."""
    if not text:
        return "" if column.type == "text" else how.empty
    match column.type:
        case "date" | "datetime":
            return _moment(text, how, turn)
        case "int":
            return _number(text, how)
        case "bool":
            return {"Ja": how.yes, "Nej": how.no}.get(text, text)
        case "list":
            return how.list_mark.join(text.split(", "))
        case "code" if how.typed and text.isdecimal():
            return int(text)
    return f"{how.padding}{text}{how.padding}" if turn % 3 == 0 else text


def _moment(text: str, how: Spelling, turn: int) -> Cell:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    timed = ":" in text
    if how.typed:
        return moment if timed else moment.date()
    form = how.dates[turn % len(how.dates)]
    if form == "serial" and not timed:
        return str((moment.date() - EXCEL_DAY_ZERO).days)
    month = MONTHS[moment.month - 1]
    form = form.replace("serial", "%Y-%m-%d").replace("%B", month).replace("%b", month[:3])
    return moment.strftime(form.replace("%-d", str(moment.day)) + (how.clock if timed else ""))


def _number(text: str, how: Spelling) -> Cell:
    if not text.isdecimal():
        return text
    return int(text) if how.typed else f"{int(text):,}".replace(",", how.thousands)


def _heading(column: Column, frame: Frame) -> str:
    return frame.heading.format(column.headings[min(frame.synonym, len(column.headings) - 1)])


def _with_headings_again(body: list[list[Cell]], headings: list[Cell], every: int) -> Iterator[list[Cell]]:
    for place, cells in enumerate(body):
        if every and place and place % every == 0:
            yield headings
        yield cells
