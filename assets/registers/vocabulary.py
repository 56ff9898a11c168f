"""The words that are data: values of columns that are compared, filtered on and published as they stand.

The Swedish ones stand in the published files (docs/spec/interfaces.md, Out), so they change only with the
specification. What is merely written for people, sentences and headings, doesn't belong here.
"""

from enum import StrEnum


class State(StrEnum):
    """The state of a figure, as urgent first (docs/spec/indicators.md, State of a figure)."""

    RED = "röd"
    YELLOW = "gul"
    GREEN = "grön"
    NOT_MEASURABLE = "ej mätbar"
    INFORMATION = "information"
    NOT_APPLICABLE = "ej tillämplig"
    NOT_HERE = "mäts inte här"
    """The installation has switched it off, for a reason that is shown."""
    NOT_YET = "mäts inte ännu"
    """It needs a register that the organisation doesn't deliver so far."""

    @property
    def is_measured(self) -> bool:
        """Whether a figure in this state has a value."""
        return self.is_active and self not in (State.NOT_MEASURABLE, State.NOT_APPLICABLE)

    @property
    def is_active(self) -> bool:
        """Whether the question is put at all. An inactive indicator stands in no count."""
        return self not in (State.NOT_HERE, State.NOT_YET)


INACTIVE = tuple(state for state in State if not state.is_active)
"""The states of inactive indicators, in the order in which they are listed."""


class Kind(StrEnum):
    """What an indicator's value is (docs/spec/indicators.md): a percentage, a volume, or what should be none."""

    SHARE = "share"
    COUNT = "count"
    OPEN = "open"


class IsoInput(StrEnum):
    """What a management review is to consider, by its letter in ISO/IEC 27001:2022, 9.3.2; d's parts are numbered."""

    EARLIER_ACTIONS = "a"
    CHANGES = "b"
    INTERESTED_PARTIES = "c"
    NONCONFORMITIES = "d1"
    MEASUREMENT = "d2"
    AUDITS = "d3"
    OBJECTIVES = "d4"
    FEEDBACK = "e"
    RISKS = "f"
    IMPROVEMENT = "g"

    @property
    def words(self) -> str:
        """What it is, in Swedish."""
        return _ISO_WORDS[self]


_ISO_WORDS = {
    IsoInput.EARLIER_ACTIONS: "Läget för beslut och åtgärder från tidigare genomgångar",
    IsoInput.CHANGES: "Förändringar i omvärlden och i organisationen",
    IsoInput.INTERESTED_PARTIES: "Intressenternas behov och förväntningar",
    IsoInput.NONCONFORMITIES: "Avvikelser och korrigerande åtgärder",
    IsoInput.MEASUREMENT: "Resultat av övervakning och mätning",
    IsoInput.AUDITS: "Resultat av revisioner",
    IsoInput.OBJECTIVES: "Hur målen för informationssäkerhet uppfylls",
    IsoInput.FEEDBACK: "Återkoppling från intressenter",
    IsoInput.RISKS: "Resultat av riskbedömning och läget för riskbehandlingen",
    IsoInput.IMPROVEMENT: "Möjligheter till ständig förbättring",
}


class ReasonCode(StrEnum):
    """Why a figure has no value, or why the city's lacks organisations. The words are made of it, and of its columns,
    in sql/marts/indicator_values.sql alone (docs/spec/indicators.md, State of a figure)."""

    BEFORE_FIRST_DAY = "before_first_day"
    """With the indicator's `first_day`."""
    SWITCHED_OFF = "switched_off"
    """With the indicator's `off`: the installation's own words."""
    UNUSED_REGISTERS = "unused_registers"
    """With `concerns`: the registers that aren't delivered so far."""
    MISSING_REGISTERS = "missing_registers"
    """With `concerns`: the registers."""
    SPOILED_REGISTERS = "spoiled_registers"
    """With `concerns`: the registers of which more than half the rows stand in quarantine."""
    ABSENT_COLUMNS = "absent_columns"
    """With `concerns`: the columns that a source doesn't have, as `register.Kolumn`."""
    NO_REQUIREMENT = "no_requirement"
    BULK_REGISTRATION = "bulk_registration"
    UNKNOWN_IDS = "unknown_ids"
    NOTHING_IN_SCOPE = "nothing_in_scope"
    NOTHING_MEASURED = "nothing_measured"
    ORGANISATIONS_LEFT_OUT = "organisations_left_out"
    """With `organisations` (that take part), `not_taking_part`, `not_measurable` and `blocked`."""


class DeliveryStatus(StrEnum):
    """What a delivery is for a knowledge date K (docs/spec/interfaces.md, leveranser.csv)."""

    IN_FORCE = "i kraft"
    REPLACED = "ersatt"
    REFUSED = "avvisad"
    MISSING = "saknas"
    REPEATED = "upprepad"
    UNKNOWN = "okänd"
    FUTURE = "framtida"
    NOT_USED = "används inte"
    """Of a register without any file, that its organisation doesn't deliver so far."""


class RegisterStatus(StrEnum):
    """How it stands with an organisation's register on B, as urgent first (sql/marts/register_status.sql)."""

    MISSING = "saknas"
    """No delivery is in force."""
    REFUSED = "avvisad"
    """One is in force, but the newest that came was refused."""
    LATE = "sen"
    WITH_REMARK = "i kraft med anmärkning"
    """Rows of what is in force stand in quarantine."""
    IN_FORCE = "i kraft"
    NOT_USED = "används inte"
    """The organisation doesn't deliver it so far, by its own list."""


class Severity(StrEnum):
    """How grave an alert or a failed check is (docs/spec/interfaces.md, larm.csv), the gravest first."""

    CRITICAL = "kritisk"
    WARNING = "varning"
    INFO = "info"


class AlertState(StrEnum):
    """`Tillstånd` of larm.csv."""

    NEW = "nytt"
    OPEN = "kvarstår"
    CLOSED = "stängt"


class Rule(StrEnum):
    """The contract's rule that a cell breaks (docs/spec/interfaces.md, karantan.csv)."""

    REQUIRED = "krävs"
    UNREADABLE = "oläsbar"
    OUT_OF_BOUNDS = "utanför gränser"
    CONDITION = "villkor"
    PATTERN = "mönster"


class Effect(StrEnum):
    """What a broken rule costs: the whole row, which goes to quarantine, or the cell alone."""

    ROW = "raden"
    CELL = "cellen"


class GapList(StrEnum):
    """The list in which an item that isn't in order stands: measured and not ok, or not possible to measure."""

    GAP = "brist"
    NOT_MEASURED = "ej mätt"


class Since(StrEnum):
    """The kind of earlier run that a figure is compared with (sql/marts/changes.sql)."""

    NIGHT = "natt"
    REVIEW = "genomgång"
