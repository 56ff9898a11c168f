"""Why a whole delivery is refused. The reason is Swedish: it is what the coordinator reads in leveranser.csv."""

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


class Refused(Exception):
    """The delivery can't be used. `str(refused)` is the reason (docs/spec/interfaces.md, `Orsak`)."""
