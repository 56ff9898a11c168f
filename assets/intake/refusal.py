"""Why a whole delivery is refused. The reason is Swedish: it is what the coordinator reads in leveranser.csv."""

from collections.abc import Sequence

UNREADABLE = "filen går inte att läsa"
EMPTY = "filen är tom"
NO_HEADING_ROW = "ingen rubrikrad"
UNKNOWN = "filen passar inget register"
OPEN_QUOTE = "rubrikraden har ett citattecken som inte stängs"
MIXED_ENCODINGS = "filen blandar teckenkodningar, först på rad {row}"
TOO_MUCH_MEMORY = "filen kräver för mycket minne för att läsas"
TOO_MUCH_TIME = "filen tar för lång tid att läsa"
NO_FORM = "dokumentet saknar tabellen där besluten fylls i"
NO_REVIEW_DATE = "dokumentet säger inte vilken genomgång det hör till"
NO_DECISIONS = "inget beslut är ifyllt i dokumentet"
SEVERAL_SHEETS = "flera blad har rubrikraden: {sheets}"
SEVERAL_ORGANISATIONS = "kolumnen {column} nämner flera organisationer"
SEVERAL_SOURCES = "flera källor gör anspråk på filen: {sources}"
UNKNOWN_ORGANISATIONS = "kolumnen {column} nämner okända organisationer ({number} stycken)"
HEADING_MISSING = "rubriken {heading} saknas"
HEADING_TWICE = "två rubriker för kolumnen {column}"
SHEET_MISSING = "bladet {sheet} saknas"
TOO_MANY_MEMBERS = "filen packar fler än {most} filer"
TOO_LARGE_UNPACKED = "filen är för stor när den packas upp"
NESTED = "filen är packad i en packad fil"


class Refused(Exception):
    """The delivery can't be used. `str(refused)` is the reason (docs/spec/interfaces.md, `Orsak`)."""


class ColumnsMissing(Refused):
    """Columns that must be there aren't. The reason names the first of them; `columns`: all, by the contract's names;
    `unknown`: the headings of the file that are in no entry of the contract, as they are written."""

    def __init__(self, columns: Sequence[str], unknown: Sequence[str]) -> None:
        super().__init__(f"kolumnen {columns[0]} saknas")
        self.columns, self.unknown = tuple(columns), tuple(unknown)
