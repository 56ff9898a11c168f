"""One expectation of a table: what must hold, what it costs where it doesn't, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """What a failed expectation costs.

    CRITICAL: the picture would be wrong, so the organisation's publication is blocked. WARNING: somebody should look,
    so there is an alert. INFO: shown on the validation page, nothing more.
    """

    CRITICAL = "kritisk"
    WARNING = "varning"
    INFO = "info"


CRITICAL, WARNING, INFO = Severity.CRITICAL, Severity.WARNING, Severity.INFO


@dataclass(frozen=True)
class Native:
    """One of Great Expectations' own, as data, so that reading a suite imports nothing heavy.

    `kind`: its class in great_expectations.expectations; `arguments`: what the class is made with.
    `table`: asked of another table than the suite's, which then has an `organisation`.
    `rows`: SQL that finds the unexpected rows, as a check in SQL does, where the query that Great Expectations gives
    for them can't be used.
    """

    kind: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    table: str = ""
    rows: str = ""


@dataclass(frozen=True)
class Expectation:
    """What is expected of a table.

    `name`: its key, an ASCII slug that stays. `explanation`: a Swedish sentence, what is wrong and how to mend it.
    `reason`: why this limit and severity, in Swedish, with its source.
    `check`: one of Great Expectations' own for what one table says of itself (keys, empty cells, value sets, ranges,
    floors); for rules across tables, SQL that yields the unexpected rows. The SQL may yield `organisation` (without
    it the fault is nobody's: it is the pipeline's), and `delivery` and `row`, or a `place` in words; never a value.
    """

    name: str
    severity: Severity
    explanation: str
    reason: str
    check: str | Native
