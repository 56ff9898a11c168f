"""Why a whole delivery is refused. The reason is Swedish: it is what the coordinator reads in leveranser.csv."""

UNREADABLE = "filen går inte att läsa"
EMPTY = "filen är tom"
NO_HEADING_ROW = "ingen rubrikrad"
UNKNOWN = "filen passar inget register"


class Refused(Exception):
    """The delivery can't be used. `str(refused)` is the reason (docs/spec/interfaces.md, `Orsak`)."""
